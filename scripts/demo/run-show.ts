import { setTimeout as sleep } from 'node:timers/promises';
import { breakoutBodySchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import { playbackBodySchema } from '../../lambda/contract/api/playback.ts';
import { bookFirstShow } from '../first-show.ts';
import { localIngest } from '../local-ingest.ts';
import { type ShownAudience, watchAudience } from './cam/watch-audience.ts';
import type { ChannelWatch } from './channel-watch.ts';
import { countingClient } from './counting-client.ts';
import { startEncoder, type EncoderOptions } from './encoder.ts';
import { rehearseFailover } from './failover.ts';
import type { Progress } from './progress.ts';
import type { RestClient } from './rest-client.ts';
import { startViewer, type Viewing } from './viewer.ts';
import { waitUntil } from './wait-until.ts';

/** What a show is run with. */
export interface ShowOptions {
  readonly operator: RestClient;
  /** The producer's client, once the account with the producer in it exists. */
  readonly producer: RestClient;
  /** The producer's subject: becomes the account's owner. */
  readonly producerSubject: string;
  readonly pipelineId: string;
  readonly seconds: number;
  readonly source: string | undefined;
  readonly picture: Pick<EncoderOptions, 'height' | 'kilobitsPerSecond'>;
  /** Whether the primary input is lost in mid-show. */
  readonly withFailover: boolean;
  /** Where the watched segments are kept. */
  readonly watchedFile: string;
  /** Of a Pro show; absent = of a Cam show, whose streaming time is its encoder's. */
  readonly channel: ChannelWatch | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A show that was run, with what its witnesses counted. */
export interface ShownShow {
  readonly accountId: string;
  readonly eventId: string;
  readonly breakout: BreakoutBody;
  readonly viewing: Viewing;
  /** Bytes of a request that names no breakout: the platform bears them. */
  readonly strayBytes: number;
  /** Seconds that the channel was seen running, by looking at it all the time. Of a Cam show, seconds that the encoder pushed. */
  readonly ranSeconds: number;
  /** From the channel's idleness to the first booked usage. */
  readonly idleToProvisionalSeconds: number;
  readonly pushToFirstSegmentSeconds: number;
  /** Of a Cam show: who watched it while it was on, as the platform told then. */
  readonly audience?: ShownAudience;
}

const bookedSeconds = 3600;

const waitForStatus = ({ producer, progress, signal }: ShowOptions, breakoutId: string, wanted: BreakoutBody['status'], timeoutSeconds: number): Promise<BreakoutBody> =>
  waitUntil({ what: `breakout ${breakoutId} becoming ${wanted}`, timeoutSeconds, signal }, async () => {
    const breakout = breakoutBodySchema.parse(await producer.get(`/breakouts/${breakoutId}`));
    if (breakout.status === 'FAILED') throw new Error(`the show failed: ${breakout.failure?.message ?? 'no reason given'}`);
    progress.status(`the show is ${breakout.status}`);
    return breakout.status === wanted ? breakout : undefined;
  });

/** One request whose path names no breakout, as scanners and browsers send them. */
const stray = async (playbackUrl: string): Promise<number> => {
  const client = countingClient();
  const { socketBytes } = await client.get(new URL('/favicon.ico', playbackUrl).href);
  client.close();
  return socketBytes;
};

/** When usage was first booked, in milliseconds since the epoch; estimates of a show that is on the air are not. */
const firstBookedUsage = ({ producer, signal }: ShowOptions, breakoutId: string): Promise<number> =>
  waitUntil({ what: 'provisional usage', timeoutSeconds: 180, signal, pollMilliseconds: 200 }, async () => {
    const { status } = breakoutUsageSchema.parse(await producer.get(`/breakouts/${breakoutId}/usage`));
    return status === 'NONE' || status === 'ESTIMATED' ? undefined : Date.now();
  });

/** Viewers are counted by whole minutes that begin while the show has the pipeline: what has hardly begun may have no count. */
const secondsToCount = 10;
const isInNextMinute = (from: number, to: number): boolean => to >= Math.ceil(from / 60_000) * 60_000 + secondsToCount * 1000;

const watch = async (options: ShowOptions, breakoutId: string, ingestUrls: readonly string[], playbackUrl: string) => {
  const { seconds, source, picture, withFailover, watchedFile, progress, signal, producer } = options;
  const pushedAt = Date.now();
  const encoder = startEncoder({ urls: ingestUrls, ...picture, ...(source !== undefined && { source }) });
  const viewer = startViewer(playbackUrl, watchedFile);
  const isOver = new AbortController();
  const audience = options.channel === undefined ? watchAudience(producer, breakoutId, AbortSignal.any([signal, isOver.signal])) : undefined;
  const rehearsal = withFailover ? rehearseFailover(encoder, progress, AbortSignal.any([signal, isOver.signal])) : undefined;
  try {
    const strayBytes = options.channel === undefined ? 0 : await stray(playbackUrl);
    while (Date.now() - pushedAt < seconds * 1000) {
      const { segments, receivedBytes } = viewer.viewing;
      const live = Math.round((Date.now() - pushedAt) / 1000);
      progress.status(`on air for ${live} of ${seconds} s: the viewer has ${segments} segments, ${(receivedBytes / 1e6).toFixed(1)} MB`);
      await sleep(500, undefined, { signal });
    }
    await producer.post(`/breakouts/${breakoutId}/stop`);
    progress.step('asked for the stop');
    await encoder.stop();
    const pushedSeconds = (Date.now() - pushedAt) / 1000;
    const isCounted = isInNextMinute(pushedAt, Date.now());
    const [breakout, provisionalAt] = await Promise.all([waitForStatus(options, breakoutId, 'COMPLETED', 180), firstBookedUsage(options, breakoutId)]);
    progress.step('the show is COMPLETED: its channel is idle; the viewer plays the rest');
    const viewing = await viewer.finish();
    if (audience && !isCounted) progress.step('viewers are counted by whole minutes, of which the show had none: the count is not compared');
    const told = isCounted ? await audience?.end() : undefined;
    const pushToFirstSegmentSeconds = ((viewer.firstSegmentAt ?? Number.NaN) - pushedAt) / 1000;
    return { breakout, viewing, strayBytes, pushToFirstSegmentSeconds, provisionalAt, pushedSeconds, ...(told && { audience: told }) };
  } finally {
    isOver.abort();
    await Promise.all([rehearsal, encoder.stop(), viewer.leave(), audience?.leave()]);
  }
};

/**
 * Runs one show over the REST API, as a producer, an encoder and a viewer do, until its channel is idle again.
 * @throws Error when the show fails or a step takes too long.
 */
export const runShow = async (options: ShowOptions): Promise<ShownShow> => {
  const { producer, progress } = options;
  const { breakoutId, eventId, accountId } = await bookFirstShow({ ...options, accountName: 'Demo Productions', bookedSeconds });
  progress.step(`created account ${accountId}, event ${eventId}, breakout ${breakoutId}`);
  await producer.post(`/breakouts/${breakoutId}/start`);
  await waitForStatus(options, breakoutId, 'RUNNING', 120);
  const ingest = await localIngest(producer, breakoutId);
  progress.step('the show is RUNNING: pushing a stream to every input and watching it');
  const playback = playbackBodySchema.parse(await producer.post(`/breakouts/${breakoutId}/playback`, { viewerId: 'demo-viewer' }));
  const playbackUrl = playback.endpoints.find(({ format }) => format === 'HLS')?.url;
  if (playbackUrl === undefined) throw new Error('the API gave no HLS URL');
  const { provisionalAt, pushedSeconds, ...watched } = await watch(options, breakoutId, ingest.map(({ url }) => url), playbackUrl);
  await options.channel?.stop();
  const idleToProvisionalSeconds = (provisionalAt - Date.parse(watched.breakout.stoppedAt ?? '')) / 1000;
  return { accountId, eventId, ranSeconds: options.channel?.ranSeconds() ?? pushedSeconds, idleToProvisionalSeconds, ...watched };
};
