import { accountBodySchema } from '../../lambda/contract/api/accounts.ts';
import { breakoutBodySchema, ingestBodySchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { eventBodySchema } from '../../lambda/contract/api/events.ts';
import { playbackBodySchema } from '../../lambda/contract/api/playback.ts';
import { startEncoder } from '../../scripts/demo/encoder.ts';
import { waitUntil } from '../../scripts/demo/wait-until.ts';
import { producerSubject, type PlatformProcess } from '../platform/platform-process.ts';
import { watchPlaylist, type PlaylistWatcher } from './playlist-watcher.ts';

/** What is shown, and where. */
export interface LiveShowOptions {
  readonly platform: PlatformProcess;
  readonly pipelineId: 'pl_main' | 'pl_small';
  /** Of the test card. */
  readonly height: number;
  readonly signal: AbortSignal;
}

/** A show that is on air, with an encoder and a viewer. */
export interface LiveShow {
  readonly platform: PlatformProcess;
  readonly eventId: string;
  readonly breakoutId: string;
  /** When the encoder's process was started, by `performance.now()`. */
  readonly pushedAt: number;
  readonly viewer: PlaylistWatcher;
  /** Ends stream and show; answers the breakout once its channel is idle. */
  stop(): Promise<BreakoutBody>;
  /** Ends encoder and viewer, whatever became of the show. */
  abandon(): Promise<void>;
}

const hour = 3600_000;

const schedule = async ({ operator, producer }: PlatformProcess, pipelineId: string): Promise<BreakoutBody> => {
  accountBodySchema.parse(await operator.post('/accounts', { name: 'Bench Productions', members: [{ subject: producerSubject, role: 'OWNER' }] }));
  const now = Date.now();
  const times = { startsAt: new Date(now).toISOString(), endsAt: new Date(now + hour).toISOString() };
  const { eventId } = eventBodySchema.parse(await producer.post('/events', { name: 'Bench Days', ...times }));
  return breakoutBodySchema.parse(await producer.post(`/events/${eventId}/breakouts`, { title: 'Bench show', pipelineId, wantsMp4: true, ...times }));
};

const waitForStatus = ({ platform: { producer }, signal }: LiveShowOptions, breakoutId: string, wanted: BreakoutBody['status']): Promise<BreakoutBody> =>
  waitUntil({ what: `breakout ${breakoutId} becoming ${wanted}`, timeoutSeconds: 180, signal, pollMilliseconds: 100 }, async () => {
    const breakout = breakoutBodySchema.parse(await producer.get(`/breakouts/${breakoutId}`));
    if (breakout.status === 'FAILED') throw new Error(`the show failed: ${breakout.failure?.message ?? 'no reason given'}`);
    return breakout.status === wanted ? breakout : undefined;
  });

/** Brings a show on air: resolves when its channel runs and the encoder has been started. */
export const startLiveShow = async (options: LiveShowOptions): Promise<LiveShow> => {
  const { platform, pipelineId, height } = options;
  const { producer } = platform;
  const { breakoutId, eventId } = await schedule(platform, pipelineId);
  const ingest = ingestBodySchema.parse(await producer.get(`/breakouts/${breakoutId}/ingest`));
  await producer.post(`/breakouts/${breakoutId}/start`);
  await waitForStatus(options, breakoutId, 'RUNNING');
  const playback = playbackBodySchema.parse(await producer.post(`/breakouts/${breakoutId}/playback`, { viewerId: 'bench-viewer' }));
  const playbackUrl = playback.endpoints.find(({ format }) => format === 'HLS')?.url;
  if (playbackUrl === undefined) throw new Error('the API gave no HLS URL');
  const pushedAt = performance.now();
  const encoder = startEncoder({ urls: ingest.endpoints.map(({ url }) => url), height });
  const viewer = watchPlaylist(playbackUrl);
  const abandon = async (): Promise<void> => {
    await Promise.all([encoder.stop(), viewer.leave()]);
  };
  return {
    platform,
    ...{ eventId, breakoutId, pushedAt, viewer, abandon },
    stop: async () => {
      await encoder.stop();
      await producer.post(`/breakouts/${breakoutId}/stop`);
      const stopped = await waitForStatus(options, breakoutId, 'COMPLETED');
      await viewer.leave();
      return stopped;
    },
  };
};
