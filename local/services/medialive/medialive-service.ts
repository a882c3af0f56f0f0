import * as sdk from '@aws-sdk/client-medialive';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import { LiveInputRelay } from '../../media/relay/live-input-relay.ts';
import { startRtmpIngest, type RtmpIngest } from '../../media/rtmp/ingest-server.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { EventSink, MetricSink, RoleSessions } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { ChannelLifecycle } from './channels/channel-lifecycle.ts';
import { channelOperations } from './channels/channel-operations.ts';
import { pipelineOperations } from './channels/pipeline-operations.ts';
import { scheduleOperations } from './channels/schedule-operations.ts';
import { randomId, type ControlPlane } from './control-plane.ts';
import { Engine } from './engine.ts';
import { inputOperations } from './inputs/input-operations.ts';
import { inputSources, type InputSources } from './inputs/input-sources.ts';
import { RtpEndpoints } from './inputs/rtp-endpoints.ts';
import { securityGroupOperations } from './inputs/security-group-operations.ts';
import { streamAuthority } from './inputs/stream-authority.ts';
import { quotaGate, type MediaLiveQuotas } from './quotas.ts';
import { attachmentNameOf, openRecords, type MediaLiveRecords } from './records.ts';
import type { RelayFactory } from './run/pipeline-run.ts';
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
  /** Where RTMP encoders are taken. @default 0, a free port */
  readonly port?: number;
  /** @default 500 */
  readonly shortestTransitionMilliseconds?: number;
  /** Time without data after which an RTMP encoder counts as gone. @default 30 000 */
  readonly stallMilliseconds?: number;
  /** @default none: as many as the machine holds */
  readonly quotas?: MediaLiveQuotas;
  /** @default real media */
  readonly createRelay?: RelayFactory;
  readonly newId?: () => string;
  /** Told why encoders were refused; never names a stream name. */
  readonly log?: (message: string) => void;
}

/** MediaLive with its listeners and its encoders. */
export interface MediaLive {
  readonly service: LocalService;
  /** Listens, and brings channels that an earlier process left running to IDLE. */
  start(): Promise<{ readonly rtmpPort: number }>;
  /** Stops running channels in order (the gateway must still answer: archives are uploaded), then ends every child process. */
  close(): Promise<void>;
}

/** Creates MediaLive. */
export const createMediaLiveService = (dependencies: MediaLiveDependencies): MediaLive => {
  const { roles, newId = randomId, quotas, port = 0, stallMilliseconds = 30_000, log } = dependencies;
  const { records, engine, lifecycle, sources, endpoints } = createMedia(dependencies);
  let ingest: RtmpIngest | undefined;
  const ingestPort = (): number => {
    if (ingest === undefined) throw new Error('MediaLive has no ingest port before it is started');
    return ingest.port;
  };
  const controlPlane: ControlPlane = { records, lifecycle, engine, endpoints, quotas: quotaGate(quotas), roles, newId, ingestPort };

  return {
    service: defineService('medialive', sdk, {
      ...securityGroupOperations(controlPlane), ...inputOperations(controlPlane), ...channelOperations(controlPlane),
      ...scheduleOperations(controlPlane), ...pipelineOperations(controlPlane), ...tagOperations(controlPlane),
    }),
    start: async () => {
      ingest = await startRtmpIngest({ authority: streamAuthority(records, sources), port, stallMilliseconds, ...(log === undefined ? {} : { log }) });
      engine.start();
      await endpoints.restore();
      lifecycle.restore();
      return { rtmpPort: ingest.port };
    },
    close: async () => {
      await lifecycle.close();
      await Promise.all([ingest?.close(), endpoints.close()]);
      await engine.close();
    },
  };
};

const liveRelay: RelayFactory = (options) => new LiveInputRelay(options);

/** What takes and makes media. */
interface Media {
  readonly records: MediaLiveRecords;
  readonly engine: Engine;
  readonly lifecycle: ChannelLifecycle;
  readonly sources: InputSources;
  readonly endpoints: RtpEndpoints;
}

const createMedia = (dependencies: MediaLiveDependencies): Media => {
  const { state, clock, ffmpegPath, log, shortestTransitionMilliseconds = 500, createRelay = liveRelay } = dependencies;
  const records = openRecords(state);
  const engine = new Engine({ ...dependencies, records, createRelay, rtpCounters: (inputId, source) => endpoints.counters(inputId, source) });
  const sources = inputSources(records, engine);
  const endpoints = new RtpEndpoints({
    records, sources, clock, ffmpegPath, ...(log === undefined ? {} : { log }),
    onUnsupported: (input, source, reason) => {
      const channel = sources.channel(input);
      if (channel !== undefined) engine.run(channel.id)?.undecodable(attachmentNameOf(channel.declaration, input.id), source, reason);
    },
  });
  const lifecycle = new ChannelLifecycle({ ...dependencies, records, engine, shortestTransitionMilliseconds });
  return { records, engine, lifecycle, sources, endpoints };
};
