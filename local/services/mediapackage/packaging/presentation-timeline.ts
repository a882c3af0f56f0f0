import type { TickRange } from '../../../media/mp4/source/chunk-timing.ts';
import { ticksPerSecond, unwrap } from '../../../media/mp4/source/elementary-streams.ts';
import type { IngestedChunk } from './ingest-stream.ts';

/** Ticks of the presentation a millisecond. */
export const ticksPerMillisecond = ticksPerSecond / 1000;

/** Where a chunk lies in the presentation. */
export interface Placement {
  readonly range: TickRange;
  /** What the chunk's own timestamps lack to the presentation's. */
  readonly shift: number;
}

/** How far an encoder's timestamps may leave its wall clock before they count as another time line. */
const toleranceTicks = ticksPerSecond / 2;

/** The one time line of a show, in 90 kHz ticks. It follows the wall clock from the show's first chunk on, whatever encoder a chunk is from. */
export class PresentationTimeline {
  #anchor: { readonly at: number; readonly ticks: number } | undefined;

  /** Where the show's first chunk begins. 0 before there is one. */
  get firstTick(): number {
    return this.#anchor?.ticks ?? 0;
  }

  /** The wall-clock time at which the presentation's time is 0, in milliseconds since the epoch. */
  get zeroAt(): number {
    return this.#anchor === undefined ? 0 : this.#anchor.at - this.#anchor.ticks / ticksPerMillisecond;
  }

  /** Places a chunk. `previousShift` is that of the chunk before it from the same encoder. */
  place(chunk: IngestedChunk, previousShift: number | undefined): Placement {
    const own = chunk.timing?.video.from;
    this.#anchor ??= { at: chunk.programDateTime, ticks: own ?? 0 };
    const expected = this.#anchor.ticks + Math.round((chunk.programDateTime - this.#anchor.at) * ticksPerMillisecond);
    const candidate = unwrap((own ?? expected) + (previousShift ?? 0), expected);
    const isElsewhere = Math.abs(candidate - expected) > toleranceTicks && (previousShift === undefined || chunk.isDiscontinuous);
    const from = isElsewhere ? expected : candidate;
    return { range: { from, to: from + lengthOf(chunk) }, shift: from - (own ?? expected) };
  }
}

const lengthOf = ({ timing, durationMilliseconds }: IngestedChunk): number =>
  timing === undefined ? durationMilliseconds * ticksPerMillisecond : timing.video.to - timing.video.from;
