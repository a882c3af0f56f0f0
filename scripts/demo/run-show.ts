import { breakoutBodySchema, type BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import { playbackBodySchema } from '../../lambda/contract/api/playback.ts';
import { breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import { bookFirstShow } from '../first-show.ts';
import { localIngest } from '../local-ingest.ts';
import type { DemoOptions } from './arguments.ts';
import type { ChannelWatch } from './channel-watch.ts';
import type { Progress } from './progress.ts';
import { pushAgain } from './refusals.ts';
import type { RestClient } from './rest-client.ts';
import { showWords } from './show-words.ts';
import { waitUntil } from './wait-until.ts';
import { type Watched, watchShow } from './watch-show.ts';

/** What a show is run with. */
export interface ShowOptions extends Pick<DemoOptions, 'pipeline' | 'seconds' | 'source' | 'withFailover' | 'isProvisional'> {
  readonly operator: RestClient;
  /** The producer's client, once the account with the producer in it exists. */
  readonly producer: RestClient;
  /** The producer's subject: becomes the account's owner. */
  readonly producerSubject: string;
  /** Where the watched segments are kept. */
  readonly watchedFile: string;
  /** Of a Pro show; absent = of a Cam show, which has no channel that runs. */
  readonly channel: ChannelWatch | undefined;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A show that was run, with what its witnesses counted. */
export interface ShownShow extends Watched {
  readonly accountId: string;
  readonly eventId: string;
  readonly breakout: BreakoutBody;
  /** That the channel of a Pro show was seen running, by looking at it all the time. */
  readonly ranSeconds: number | undefined;
  /** What became of an encoder that pushed as before when the show was over. */
  readonly pushAfterStop: 'refused' | 'taken';
  /** From the channel's idleness to the first booked usage. */
  readonly idleToProvisionalSeconds: number;
}

const bookedSeconds = 3600;

const waitForStatus = ({ producer, progress, signal }: ShowOptions, breakoutId: string, wanted: BreakoutBody['status'], timeoutSeconds: number): Promise<BreakoutBody> =>
  waitUntil({ what: `breakout ${breakoutId} becoming ${wanted}`, timeoutSeconds, signal }, async () => {
    const breakout = breakoutBodySchema.parse(await producer.get(`/breakouts/${breakoutId}`));
    if (breakout.status === 'FAILED') throw new Error(`the show failed: ${breakout.failure?.message ?? 'no reason given'}`);
    if (breakout.status === wanted) return breakout;
    progress.status(`the show is ${breakout.status}`);
    return undefined;
  });

/** When usage was first booked, in milliseconds since the epoch; estimates of a show that is on the air are not. */
const firstBookedUsage = ({ producer, signal }: ShowOptions, breakoutId: string): Promise<number> =>
  waitUntil({ what: 'provisional usage', timeoutSeconds: 180, signal, pollMilliseconds: 200 }, async () => {
    const { status } = breakoutUsageSchema.parse(await producer.get(`/breakouts/${breakoutId}/usage`));
    return status === 'NONE' || status === 'ESTIMATED' ? undefined : Date.now();
  });

/** Waits until a show is over and its first usage is booked. */
const untilOver = async (options: ShowOptions, breakoutId: string, ingestUrl: string) => {
  const { progress, pipeline: { kind } } = options;
  const [breakout, provisionalAt] = await Promise.all([waitForStatus(options, breakoutId, 'COMPLETED', 180), firstBookedUsage(options, breakoutId)]);
  const idleToProvisionalSeconds = (provisionalAt - Date.parse(breakout.stoppedAt ?? '')) / 1000;
  progress.step(`the show is COMPLETED: ${showWords[kind].completed}`);
  progress.step(`the first usage is booked, ${idleToProvisionalSeconds.toFixed(1)} s after ${showWords[kind].ended}; the viewer plays the rest`);
  const pushAfterStop = await pushAgain(ingestUrl);
  progress.step(`an encoder that pushes as before is ${pushAfterStop}`);
  return { breakout, idleToProvisionalSeconds, pushAfterStop };
};

/**
 * Runs one show over the REST API, as a producer, an encoder and a viewer do, until its channel is idle again.
 * @throws Error when the show fails or a step takes too long.
 */
export const runShow = async (options: ShowOptions): Promise<ShownShow> => {
  const { producer, progress, pipeline: { kind, pipelineId } } = options;
  const { breakoutId, eventId, accountId } = await bookFirstShow({ ...options, pipelineId, accountName: 'Demo Productions', bookedSeconds });
  progress.step(`created account ${accountId}, event ${eventId}, breakout ${breakoutId}`);
  await producer.post(`/breakouts/${breakoutId}/start`);
  await waitForStatus(options, breakoutId, 'RUNNING', 120);
  const ingestUrls = (await localIngest(producer, breakoutId)).map(({ url }) => url);
  progress.step(`the show is RUNNING: ${showWords[kind].pushing}`);
  const playback = playbackBodySchema.parse(await producer.post(`/breakouts/${breakoutId}/playback`, { viewerId: 'demo-viewer' }));
  const playbackUrl = playback.endpoints.find(({ format }) => format === 'HLS')?.url;
  if (playbackUrl === undefined || ingestUrls[0] === undefined) throw new Error('the API gave no HLS URL, or no ingest URL');
  const [ingestUrl] = ingestUrls;
  const { ended, ...watched } = await watchShow(options, {
    breakoutId,
    ingestUrls,
    playbackUrl,
    stop: async () => {
      await producer.post(`/breakouts/${breakoutId}/stop`);
      progress.step('asked for the stop');
    },
    whenEnded: () => untilOver(options, breakoutId, ingestUrl),
  });
  await options.channel?.stop();
  return { accountId, eventId, ranSeconds: options.channel?.ranSeconds(), ...watched, ...ended };
};
