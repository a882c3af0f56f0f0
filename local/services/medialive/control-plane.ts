import { randomInt } from 'node:crypto';
import type { RoleSessions } from '../../runtime/ports.ts';
import type { ChannelLifecycle } from './channels/channel-lifecycle.ts';
import type { Engine } from './engine.ts';
import type { RtpEndpoints } from './inputs/rtp-endpoints.ts';
import type { QuotaGate } from './quotas.ts';
import type { MediaLiveRecords } from './records.ts';

/** What the operations work on. */
export interface ControlPlane {
  readonly records: MediaLiveRecords;
  readonly lifecycle: ChannelLifecycle;
  readonly engine: Engine;
  readonly endpoints: RtpEndpoints;
  readonly quotas: QuotaGate;
  readonly roles: RoleSessions;
  /** Seven digits, as MediaLive numbers its resources. */
  readonly newId: () => string;
  /** The port on which RTMP encoders are taken. */
  readonly ingestPort: () => number;
}

/** Ids that are most likely new. */
export const randomId = (): string => String(randomInt(1_000_000, 10_000_000));
