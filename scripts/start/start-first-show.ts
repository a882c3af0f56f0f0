import { breakoutBodySchema, type IngestBody } from '../../lambda/contract/api/breakouts.ts';
import { playbackBodySchema, type PlaybackBody } from '../../lambda/contract/api/playback.ts';
import type { Progress } from '../demo/progress.ts';
import type { RestClient } from '../demo/rest-client.ts';
import { waitUntil } from '../demo/wait-until.ts';
import { bookFirstShow } from '../first-show.ts';
import { localIngest } from '../local-ingest.ts';

/** A show that is on air, and how to feed and watch it. */
export interface ShowOnAir {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  /** Where encoders push to, the primary input first. */
  readonly ingest: IngestBody['endpoints'];
  /** A viewer's URL in each format, and until when playback can begin with it. */
  readonly playback: Pick<PlaybackBody, 'kind' | 'endpoints' | 'expiresAt'>;
}

interface FirstShowOptions {
  readonly operator: RestClient;
  readonly producer: RestClient;
  readonly producerSubject: string;
  readonly pipelineId: string;
  readonly progress: Progress;
}

const bookedSeconds = 4 * 3600;
const startTimeoutSeconds = 120;

/** Books a show, starts it and waits until it runs. @throws Error when it fails to start */
export const startFirstShow = async (options: FirstShowOptions): Promise<ShowOnAir> => {
  const { producer, progress } = options;
  const { breakoutId, eventId, accountId } = await bookFirstShow({ ...options, accountName: 'Local Productions', bookedSeconds });
  await producer.post(`/breakouts/${breakoutId}/start`);
  await waitUntil({ what: 'the start of the show', timeoutSeconds: startTimeoutSeconds, signal: new AbortController().signal }, async () => {
    const { status, failure } = breakoutBodySchema.parse(await producer.get(`/breakouts/${breakoutId}`));
    if (status === 'FAILED') throw new Error(`the show failed to start: ${failure?.message ?? 'no reason given'}`);
    progress.status(`the show is ${status}`);
    return status === 'RUNNING' ? true : undefined;
  });
  progress.step('a show is on air');
  const ingest = await localIngest(producer, breakoutId);
  const playback = playbackBodySchema.parse(await producer.post(`/breakouts/${breakoutId}/playback`));
  return { breakoutId, eventId, accountId, ingest, playback };
};
