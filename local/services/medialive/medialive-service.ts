import * as sdk from '@aws-sdk/client-medialive';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import { startRtmpIngest, type RtmpIngest } from '../../media/rtmp/ingest-server.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { ChannelLifecycle } from './channel-lifecycle.ts';
import { channelOperations } from './channel-operations.ts';
import { randomId } from './control-plane.ts';
import { Engine } from './engine.ts';
import { inputOperations } from './input-operations.ts';
import { openRecords } from './records.ts';
import { securityGroupOperations } from './security-group-operations.ts';
import { streamAuthority } from './stream-authority.ts';
import { tagOperations } from './tag-operations.ts';

/** What MediaLive is built from. */
export interface MediaLiveDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly roles: RoleSessions;
  readonly owner: ResourceOwner;
  readonly ffmpegPath: string;
  /** For chunks on their way and archive objects that are not uploaded yet: keep it with the state. */
  readonly mediaFolder: string;
  /** Where encoders are taken. @default 0, a free port */
  readonly port?: number;
  /** @default 500 */
  readonly shortestTransitionMilliseconds?: number;
  /** Time without data after which an encoder counts as gone. @default 30 000 */
  readonly stallMilliseconds?: number;
  readonly newId?: () => string;
  /** Told why encoders were refused; never names a stream name. */
  readonly log?: (message: string) => void;
}

/** MediaLive with its RTMP listener and its encoders. */
export interface MediaLive {
  readonly service: LocalService;
  /** Listens, and brings channels that an earlier process left running to IDLE. */
  start(): Promise<{ readonly rtmpPort: number }>;
  /** Stops running channels in order (the gateway must still answer: archives are uploaded), then ends every child process. */
  close(): Promise<void>;
}

/** Creates MediaLive. */
export const createMediaLiveService = (dependencies: MediaLiveDependencies): MediaLive => {
  const { state, clock, scale, events, roles, owner } = dependencies;
  const records = openRecords(state);
  const engine = new Engine({ ...dependencies, records });
  const lifecycle = new ChannelLifecycle({ records, owner, engine, clock, scale, events, shortestTransitionMilliseconds: dependencies.shortestTransitionMilliseconds ?? 500 });
  let ingest: RtmpIngest | undefined;
  const ingestPort = (): number => {
    if (ingest === undefined) throw new Error('MediaLive has no ingest port before it is started');
    return ingest.port;
  };
  const controlPlane = { records, lifecycle, roles, newId: dependencies.newId ?? randomId, ingestPort };

  return {
    service: defineService('medialive', sdk, {
      ...securityGroupOperations(controlPlane), ...inputOperations(controlPlane), ...channelOperations(controlPlane), ...tagOperations(controlPlane),
    }),
    start: async () => {
      ingest = await startRtmpIngest({
        authority: streamAuthority(records, engine), port: dependencies.port ?? 0, stallMilliseconds: dependencies.stallMilliseconds ?? 30_000,
        ...(dependencies.log === undefined ? {} : { log: dependencies.log }),
      });
      engine.start();
      lifecycle.restore();
      return { rtmpPort: ingest.port };
    },
    close: async () => {
      await lifecycle.close();
      await ingest?.close();
      await engine.close();
    },
  };
};
