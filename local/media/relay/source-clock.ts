/** A longer forward step of a stream's own time is a broken clock, and so is a step back beyond interleaving. */
const brokenSteps = { forwardMilliseconds: 10_000, backMilliseconds: 1000 } as const;
/** Pictures are late by chance, never early: the least delay of this long is the stream's true place. */
const windowMilliseconds = 2500;
/** Later than this, too many pictures would be left out while frame after frame is made up for. */
const jumpMilliseconds = 200;
/** Half a frame is what the grid of frames takes; a little more keeps it from swinging. */
const correctedFrames = 0.75;

/**
 * Places a publisher's timestamps on the run's timeline, where a picture belongs at the time it arrives. Places keep to the
 * grid of frames, so that a steady stream loses no picture to rounding, and to the stream's own rhythm, whatever the network does.
 */
export class SourceClock {
  readonly #frameMilliseconds: number;
  #offset: number | undefined;
  #anchor = 0;
  #lastTimestamp = 0;
  #window = { since: 0, least: Infinity, before: Infinity };

  /** @param frameMilliseconds of the encode. */
  constructor(frameMilliseconds: number) {
    this.#frameMilliseconds = frameMilliseconds;
  }

  /** Another stream begins. */
  restart(): void {
    this.#offset = undefined;
    this.forgetDelays();
  }

  /** What arrived before says nothing any more, as after a stall. */
  forgetDelays(): void {
    this.#window = { since: 0, least: Infinity, before: Infinity };
  }

  /** A picture with this timestamp arrives at a time of the run's timeline. Answers whether the stream's own time begins anew with it. */
  observe(timestamp: number, arrival: number): boolean {
    const step = timestamp - this.#lastTimestamp;
    if (step > brokenSteps.forwardMilliseconds || step < -brokenSteps.backMilliseconds) this.restart();
    this.#lastTimestamp = timestamp;
    this.#note(arrival - timestamp, arrival);
    if (this.#offset !== undefined) return false;
    this.#anchor = timestamp;
    this.#settleOn(arrival - timestamp);
    return true;
  }

  /** The time on the run's timeline, in milliseconds. */
  place(timestamp: number): number {
    return timestamp + (this.#offset ?? 0);
  }

  /** Follows what was observed at once: for a stream that is not on air. */
  settle(): void {
    if (this.#offset !== undefined && Math.abs(this.#error()) > this.#frameMilliseconds * correctedFrames) this.#settleOn(this.#least());
  }

  /**
   * Follows what was observed, for a stream on air at a key frame: at once where pictures came earlier than their places allow,
   * or have become late for good; else by a frame, for lateness may pass.
   */
  correct(): void {
    const error = this.#error();
    if (this.#offset === undefined || Math.abs(error) < this.#frameMilliseconds * correctedFrames) return;
    if (error < 0) this.#settleOn(this.#least());
    // Lateness is known only after a while.
    else if (this.#window.before === Infinity) return;
    else if (error > jumpMilliseconds) this.#settleOn(this.#least());
    else this.#offset += this.#frameMilliseconds;
  }

  #least(): number {
    return Math.min(this.#window.least, this.#window.before);
  }

  #error(): number {
    const least = this.#least();
    return this.#offset === undefined || least === Infinity ? 0 : least - this.#offset;
  }

  #note(delay: number, arrival: number): void {
    const { since, least } = this.#window;
    if (least === Infinity) this.#window = { ...this.#window, since: arrival, least: delay };
    else if (arrival - since >= windowMilliseconds) this.#window = { since: arrival, least: delay, before: least };
    else this.#window.least = Math.min(least, delay);
  }

  #settleOn(delay: number): void {
    const frame = Math.round((this.#anchor + delay) / this.#frameMilliseconds);
    this.#offset = frame * this.#frameMilliseconds - this.#anchor;
  }
}
