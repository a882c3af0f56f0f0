/** The longest forward step in a stream that is taken as its own; anything beyond is a broken clock. */
const largestStepMilliseconds = 10_000;
/** Audio and video interleave: a stream may step back by this much without having begun anew. */
const largestBackstepMilliseconds = 1000;
const stepMilliseconds = 33;

/** One timeline out of several publishers' timelines: each continues where the one before it ended. */
export class Timeline {
  #offset: number | undefined;
  #last = -stepMilliseconds;
  #lastSource = 0;

  /** The next tag begins a publisher's stream: its time becomes the next free one. */
  rejoin(): void {
    this.#offset = undefined;
  }

  /** The common time of a tag, in milliseconds from 0. */
  place(timestamp: number): number {
    const step = timestamp - this.#lastSource;
    const isBroken = step > largestStepMilliseconds || step < -largestBackstepMilliseconds;
    if (this.#offset === undefined || isBroken) this.#offset = this.#last + stepMilliseconds - timestamp;
    this.#lastSource = timestamp;
    const placed = Math.max(0, timestamp + this.#offset);
    this.#last = Math.max(this.#last, placed);
    return placed;
  }
}
