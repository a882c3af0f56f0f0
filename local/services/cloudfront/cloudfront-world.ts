import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { CloudFrontState } from './cloudfront-state.ts';

/** The edge locations, as the control plane sees them. */
export interface EdgeNetwork {
  /** Opens the distribution's listener and answers its domain name (`127.0.0.1:<port>`), the known one again where its port is free. */
  open(distributionId: string, knownDomainName?: string): Promise<string>;
  /** Stops serving the distribution. Its last access logs are delivered. */
  close(distributionId: string): Promise<void>;
}

/** What the control plane's operations work with. */
export interface CloudFrontWorld {
  readonly state: CloudFrontState;
  readonly clock: Clock;
  readonly timeScale: TimeScale;
  readonly edge: EdgeNetwork;
  readonly accountId: string;
  /** A new identifier of `length` capital letters and digits. */
  newId(length: number): string;
}

/** ARNs of the account's CloudFront resources. They name no Region. */
export const cloudFrontArn = (accountId: string, resource: string): string => `arn:aws:cloudfront::${accountId}:${resource}`;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Random identifiers as CloudFront's: capital letters and digits. */
export const randomId = (length: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % alphabet.length]).join('');
