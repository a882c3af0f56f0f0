import * as sdk from '@aws-sdk/client-ivs';
import { join } from 'node:path';
import { defineService } from '../../gateway/define-service.ts';
import type { LocalService } from '../../gateway/service.ts';
import { startRtmpIngest, type RtmpIngest } from '../../media/rtmp/ingest-server.ts';
import type { PublishAuthority } from '../../media/rtmp/publishing.ts';
import type { Clock, TimeScale } from '../../runtime/clock.ts';
import type { ClientSettings, EventSink, MetricSink, SystemTagging } from '../../runtime/ports.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { channelOperations } from './channels/channel-operations.ts';
import { streamKeyOperations } from './channels/stream-key-operations.ts';
import type { ControlPlane } from './control-plane.ts';
import { keyPairOperations } from './playback/key-pair-operations.ts';
import { startPlaybackServer, type PlaybackServer } from './playback/playback-server.ts';
import { revocationOperations } from './playback/revocation-operations.ts';
import { Views } from './playback/views.ts';
import { configurationOperations } from './recording/configuration-operations.ts';
import { Recordings } from './recording/recordings.ts';
import { openRecords } from './records.ts';
import { SessionBook } from './streams/session-book.ts';
import { StreamMetrics } from './streams/stream-metrics.ts';
import { streamOperations } from './streams/stream-operations.ts';
import { StreamRegistry } from './streams/stream-registry.ts';
import { ffmpegTranscoders, type TranscoderFactory } from './streams/transcoder.ts';
import { systemTagging, tagOperations } from './tag-operations.ts';

/** What IVS is built from. */
export interface IvsDependencies {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly owner: ResourceOwner;
  /** What recordings are written with: the service-linked role's credentials. */
  readonly clientSettings: () => ClientSettings;
  readonly ffmpegPath: string;
  /** For segments that can be watched. Its part of it is emptied at the start. */
  readonly mediaFolder: string;
  /** @default 0 each, a free port */
  readonly ports?: { readonly ingest: number; readonly playback: number };
  /** Country of all viewers, whose addresses say none on this machine. @default US */
  readonly viewerCountry?: string;
  /** Time without data after which an encoder counts as gone. @default 30 000 */
  readonly stallMilliseconds?: number;
  /** @default real media */
  readonly createTranscoder?: TranscoderFactory;
  /** Told why encoders were refused; never names a stream key. */
  readonly log?: (message: string) => void;
}

/** IVS with its listeners and its streams. */
export interface Ivs {
  readonly service: LocalService;
  /** Says who may publish: what the ingest listener asks. */
  readonly authority: PublishAuthority;
  /** Tags of AWS's own, which no operation takes. */
  readonly tagAsAws: SystemTagging;
  /** Listens, and ends the sessions that an earlier process left. */
  start(): Promise<{ readonly ingestPort: number; readonly playbackPort: number }>;
  /** Disconnects every encoder and completes the recordings (the gateway must still answer), then ends every child process. */
  close(): Promise<void>;
}

const sampleMilliseconds = 1000;

/** Creates IVS. */
export const createIvsService = (dependencies: IvsDependencies): Ivs => {
  const { state, clock, scale, owner, clientSettings, ffmpegPath, mediaFolder, viewerCountry = 'US', stallMilliseconds = 30_000, log } = dependencies;
  const records = openRecords(state);
  const metrics = new StreamMetrics(dependencies.metrics);
  const book = new SessionBook({ ...dependencies, records });
  const recordings = new Recordings({ records, owner, clock, scale, book, metrics, clientSettings });
  const views = new Views(clock);
  const streams = new StreamRegistry({ records, book, clock, metrics, recordings, views, transcoders: dependencies.createTranscoder ?? ffmpegTranscoders(ffmpegPath), folder: join(mediaFolder, 'ivs') });
  const listening: { ingest?: RtmpIngest; playback?: PlaybackServer } = {};
  const addressOf = (listener: { readonly port: number } | undefined): string => {
    if (listener === undefined) throw new Error('IVS has no endpoints before it is started');
    return `127.0.0.1:${listener.port}`;
  };
  const plane: ControlPlane = {
    records, streams, clock, scale, owner, clientSettings,
    ingestEndpoint: () => addressOf(listening.ingest), playbackUrl: () => `http://${addressOf(listening.playback)}`,
  };
  const closing = new AbortController();
  const sampleNowAndThen = async (): Promise<void> => {
    for (;;) {
      await clock.sleep(sampleMilliseconds, closing.signal);
      if (closing.signal.aborted) return;
      streams.sample();
    }
  };

  return {
    authority: streams,
    tagAsAws: systemTagging(records),
    service: defineService('ivs', sdk, {
      ...channelOperations(plane), ...streamKeyOperations(plane), ...keyPairOperations(plane), ...revocationOperations(plane),
      ...configurationOperations(plane), ...streamOperations(plane), ...tagOperations(plane),
    }),
    start: async () => {
      const { ingest: ingestPort = 0, playback: playbackPort = 0 } = dependencies.ports ?? {};
      for (const { id, endedAt } of [...records.sessions.values()]) if (endedAt === undefined) book.end(id);
      const ingest = await startRtmpIngest({ authority: streams, port: ingestPort, stallMilliseconds, ...(log === undefined ? {} : { log }) });
      const playback = await startPlaybackServer({ records, owner, clock, views, metrics, viewerCountry, live: (id) => streams.live(id), stream: (id) => streams.stream(id) }, playbackPort);
      Object.assign(listening, { ingest, playback });
      void sampleNowAndThen();
      return { ingestPort: ingest.port, playbackPort: playback.port };
    },
    close: async () => {
      closing.abort();
      await streams.close();
      await recordings.close();
      await listening.playback?.close();
      await listening.ingest?.close();
    },
  };
};
