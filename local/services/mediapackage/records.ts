import { randomBytes, randomUUID } from 'node:crypto';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';
import type { ChannelRecord } from './channel-record.ts';
import type { EndpointRecord } from './endpoint-record.ts';

/** What MediaPackage remembers. */
export interface MediaPackageRecords {
  readonly channels: Collection<ChannelRecord>;
  readonly endpoints: Collection<EndpointRecord>;
  endpointsOf(channelId: string): readonly EndpointRecord[];
}

/** Names that the service chooses. */
export interface NameSource {
  /** 32 hexadecimal digits. */
  guid(): string;
  secret(): string;
}

export const randomNames: NameSource = {
  guid: () => randomUUID().replaceAll('-', ''),
  secret: () => randomBytes(18).toString('base64url'),
};

/** Opens the records. */
export const openRecords = (state: StateStore): MediaPackageRecords => {
  const endpoints = state.collection<EndpointRecord>('mediapackage/origin-endpoints');
  return {
    channels: state.collection<ChannelRecord>('mediapackage/channels'),
    endpoints,
    endpointsOf: (channelId) => [...endpoints.values()].filter((endpoint) => endpoint.channelId === channelId),
  };
};
