import type { Clock } from '../../../runtime/clock.ts';
import type { RenditionWindow, StreamPlace } from '../streams/rendition-window.ts';

/** How long a player is let wait, in target durations; then something is wrong (draft-pantos-hls-rfc8216bis, section 6.2.5.2). */
const mostTargetDurations = 3;

/** Waits until a place of a rendition is there, or its stream has ended. `false` when it has not come in time, or the player has left. */
export const untilThere = async (window: RenditionWindow, place: StreamPlace, clock: Clock, gone: AbortSignal): Promise<boolean> => {
  const until = clock.now() + mostTargetDurations * window.targetMilliseconds;
  const waited = new AbortController();
  const signal = AbortSignal.any([gone, waited.signal]);
  const late = clock.sleep(until - clock.now(), signal);
  try {
    while (!window.has(place) && !gone.aborted && clock.now() < until) await Promise.race([window.changed(), late]);
    return window.has(place);
  } finally {
    waited.abort();
  }
};
