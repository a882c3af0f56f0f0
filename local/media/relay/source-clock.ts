/** A longer forward step of a stream's own time is a broken clock, and so is a step back beyond interleaving. */
const brokenSteps = { forwardMilliseconds: 10_000, backMilliseconds: 1000 } as const;
/** Pictures are late by chance, never early: the least delay of this long is the stream's true place. */
const windowMilliseconds = 1000;
/** Pictures that are later than this would be left out for too long, frame by frame. */
const jumpMilliseconds = 200;

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
  #correctedAt = 0;

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
    this.#settleOn(arrival - timestamp, arrival);
    return true;
  }

  /** The time on the run's timeline, in milliseconds. */
  place(timestamp: number): number {
    return timestamp + (this.#offset ?? 0);
  }

  /** Follows what was observed at once: for a stream that is not on air. */
  settle(): void {
    if (this.#offset !== undefined && Math.abs(this.#error()) > this.#frameMilliseconds) this.#settleOn(this.#least(), this.#correctedAt);
  }

  /** Follows what was observed without tearing a stream that is on air: a frame a second, at once where it has become late. */
  correct(arrival: number): void {
    const error = this.#error();
    if (this.#offset === undefined || Math.abs(error) < this.#frameMilliseconds * 1.5 || arrival - this.#correctedAt < 1000 || this.#window.before === Infinity) return;
    if (error > jumpMilliseconds) this.#settleOn(this.#least(), arrival);
    else {
      this.#offset += Math.sign(error) * this.#frameMilliseconds;
      this.#correctedAt = arrival;
    }
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

  #settleOn(delay: number, arrival: number): void {
    const frame = Math.round((this.#anchor + delay) / this.#frameMilliseconds);
    this.#offset = frame * this.#frameMilliseconds - this.#anchor;
    this.#correctedAt = arrival;
  }
}
