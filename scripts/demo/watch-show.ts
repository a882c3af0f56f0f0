import { setTimeout as sleep } from 'node:timers/promises';
import { healthBodySchema } from '../../lambda/contract/api/health.ts';
import { type AudienceWatch, type ShownAudience, watchAudience } from './cam/watch-audience.ts';
import { startEncoder } from './encoder.ts';
import { rehearseFailover } from './failover.ts';
import { latencySeconds } from './latency.ts';
import { askWithoutRight, type RefusedViewer } from './refusals.ts';
import type { ShowOptions } from './run-show.ts';
import { startViewer, type Viewer, type Viewing } from './viewer.ts';

/** What was seen of a show while it was on, and of its end. */
export interface Watched {
  readonly viewing: Viewing;
  readonly refusedViewer: RefusedViewer;
  /** That the encoder sent. */
  readonly pushedSeconds: number;
  /** From the encoder's start to the viewer's first segment. */
  readonly pushToFirstSegmentSeconds: number;
  readonly latencySeconds: number;
  /** Of a Cam show: who watched it while it was on, as the platform told then; absent where that was not counted. */
  readonly audience?: ShownAudience;
}

/** Where a show is pushed to and watched, and how its end is asked for and waited for. */
export interface WatchedShow<Ended> {
  readonly breakoutId: string;
  readonly ingestUrls: readonly string[];
  readonly playbackUrl: string;
  readonly stop: () => Promise<void>;
  readonly whenEnded: () => Promise<Ended>;
}

/** Viewers are counted by whole minutes that begin while the show has the pipeline: what has hardly begun may have no count. */
const secondsToCount = 10;
const isInNextMinute = (from: number, to: number): boolean => to >= Math.ceil(from / 60_000) * 60_000 + secondsToCount * 1000;

const onAir = async ({ seconds, progress, signal }: ShowOptions, viewer: Viewer, pushedAt: number): Promise<void> => {
  let isFirst = true;
  while (Date.now() - pushedAt < seconds * 1000) {
    const { viewing: { segments, receivedBytes }, firstSegmentAt } = viewer;
    if (isFirst && firstSegmentAt !== undefined) {
      progress.step(`the viewer has its first segment, ${((firstSegmentAt - pushedAt) / 1000).toFixed(1)} s after the encoder began`);
      isFirst = false;
    }
    const live = Math.round((Date.now() - pushedAt) / 1000);
    progress.status(`on air for ${live} of ${seconds} s: the viewer has ${segments} segment${segments === 1 ? '' : 's'}, ${(receivedBytes / 1e6).toFixed(1)} MB`);
    await sleep(500, undefined, { signal });
  }
};

/** IVS's count where it can be asked for. @throws Error when it did not come in time */
const countedAudience = async ({ progress, isProvisional }: ShowOptions, watch: AudienceWatch | undefined, pushed: { readonly from: number; readonly to: number }): Promise<ShownAudience | undefined> => {
  if (watch === undefined) return undefined;
  const isCounted = isInNextMinute(pushed.from, pushed.to);
  if (isCounted && !isProvisional) {
    progress.status('IVS counts viewers by whole minutes: the count of the last one is waited for');
    return watch.end();
  }
  progress.step(`IVS counts viewers by whole minutes${isCounted ? ', which is not waited for' : ', of which the show had none'}: its count is not compared`);
  return undefined;
};

/** @throws Error with what the platform says of a show that nobody could watch */
const checkWatched = async ({ producer }: ShowOptions, breakoutId: string, { segments, failedResponses }: Viewing): Promise<void> => {
  if (segments > 0) return;
  const { verdict } = healthBodySchema.parse(await producer.get(`/breakouts/${breakoutId}/health`));
  throw new Error(`the viewer got no segment, and ${failedResponses} answers that were none. The platform says of the show: ${[verdict.level, ...verdict.reasons].join('; ')}`);
};

/**
 * Pushes to a show that runs, and watches it, until it is over.
 * @throws Error when nothing could be watched, or a step takes too long
 */
export const watchShow = async <Ended>(options: ShowOptions, { breakoutId, ingestUrls, playbackUrl, stop, whenEnded }: WatchedShow<Ended>): Promise<Watched & { readonly ended: Ended }> => {
  const { pipeline: { kind, picture }, source, withFailover, watchedFile, progress, signal, producer } = options;
  const pushedAt = Date.now();
  const encoder = startEncoder({ urls: ingestUrls, ...picture, ...(source !== undefined && { source }) });
  const viewer = startViewer(playbackUrl, watchedFile);
  const isOver = new AbortController();
  const whileOn = AbortSignal.any([signal, isOver.signal]);
  const audience = kind === 'CAM' ? watchAudience(producer, breakoutId, whileOn) : undefined;
  const rehearsal = withFailover ? rehearseFailover(encoder, progress, whileOn) : undefined;
  try {
    await onAir(options, viewer, pushedAt);
    const refusedViewer = await askWithoutRight(kind, playbackUrl);
    await stop();
    await encoder.stop();
    const pushed = { from: pushedAt, to: Date.now() };
    const ended = await whenEnded();
    const viewing = await viewer.finish();
    await checkWatched(options, breakoutId, viewing);
    const told = await countedAudience(options, audience, pushed);
    const sendsSince = encoder.sendsSince ?? pushedAt;
    return {
      ended,
      viewing,
      refusedViewer,
      pushedSeconds: (pushed.to - sendsSince) / 1000,
      pushToFirstSegmentSeconds: ((viewer.firstSegmentAt ?? Number.NaN) - pushedAt) / 1000,
      latencySeconds: latencySeconds(viewer.arrivals, sendsSince),
      ...(told && { audience: told }),
    };
  } finally {
    isOver.abort();
    await Promise.all([rehearsal, encoder.stop(), viewer.leave(), audience?.leave()]);
  }
};
