import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { ClientSettings } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { idOf, kindOf, type ResourceKind } from './arns.ts';
import { invalid, notFound } from './faults.ts';
import type { IvsRecords } from './records.ts';

/** The streams that run, as the operations see them. */
export interface LiveStreams {
  /** Disconnects the encoder of a channel's stream. `false` where there is none. */
  stop(channelId: string): boolean;
  health(channelId: string): 'HEALTHY' | 'STARVING' | 'UNKNOWN';
  viewerCount(channelId: string): number;
}

/** What the operations work on. */
export interface ControlPlane {
  readonly records: IvsRecords;
  readonly streams: LiveStreams;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly owner: ResourceOwner;
  /** Where encoders connect: `127.0.0.1:40123`. */
  readonly ingestEndpoint: () => string;
  /** Where players connect: `http://127.0.0.1:40124`. */
  readonly playbackUrl: () => string;
  /** Settings of IVS's own client, in the place of its service-linked role. */
  readonly clientSettings: () => ClientSettings;
}

interface Found<Item> {
  get(key: string): Item | undefined;
}

/** The resource of an ARN. @throws ValidationException where it is no ARN of this kind, ResourceNotFoundException where there is none */
export const resourceOf = <Item>(collection: Found<Item>, kind: ResourceKind, arn: string): Item => {
  if (kindOf(arn) !== kind) throw invalid(`${arn}: expected an ARN such as arn:aws:ivs:us-east-1:123456789012:${kind}/AbCdef1G2hij`);
  const found = collection.get(idOf(arn));
  if (found === undefined) throw notFound(arn);
  return found;
};

/** The permission of an operation on the resource whose ARN its input has. */
export const onResource = (action: string) => ({ arn }: { readonly arn: string }) => [{ action: `ivs:${action}`, resources: [arn] }];

/** The permission of an operation on the channel that its input names. */
export const onChannel = (action: string) => ({ channelArn }: { readonly channelArn: string }) => [{ action: `ivs:${action}`, resources: [channelArn] }];
