import type { Clock } from '../../runtime/clock.ts';
import type { LiveEncoder } from '../encoder/live-encoder.ts';
import type { ExitReport } from '../processes/child-process.ts';

/** What keeps an encode going needs. */
export interface EncodeKeeperOptions {
  startEncoder(startMilliseconds: number): LiveEncoder;
  readonly clock: Clock;
  /** The encode ended by itself. */
  onCrash(report: ExitReport): void;
  onDropped(frames: number): void;
  readonly flushMilliseconds: number;
}

/** FLV bytes on their way to the encoder. */
export interface Parcel {
  readonly bytes: Buffer;
  /** On the run's timeline. */
  readonly at: number;
  readonly content: 'key frame' | 'picture' | 'other';
}

const backoff = { first: 1000, most: 30_000, forgivenAfter: 60_000 } as const;
/** An encoder that is this far behind does not catch up any more. */
const mostBehindMilliseconds = 10_000;

/** Runs one encode after the other: starts anew after a crash, not before its backoff, and leaves pictures out when one does not keep up. */
export class EncodeKeeper {
  readonly #options: EncodeKeeperOptions;
  #encoder: LiveEncoder | undefined;
  #startedAt = 0;
  #crashes = 0;
  #notBefore = 0;
  #waiting: Parcel[] = [];
  #isFull = false;
  #needsKeyFrame = false;
  #dropped = 0;
  #hasEnded = false;

  constructor(options: EncodeKeeperOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#encoder !== undefined;
  }

  /** Whether an encode may be started now. */
  get canStart(): boolean {
    return !this.isRunning && !this.#hasEnded && this.#options.clock.now() >= this.#notBefore;
  }

  get droppedFrames(): number {
    return this.#dropped;
  }

  start(startMilliseconds: number): void {
    const encoder = this.#options.startEncoder(startMilliseconds);
    this.#encoder = encoder;
    this.#startedAt = this.#options.clock.now();
    this.#waiting = [];
    this.#isFull = false;
    this.#needsKeyFrame = false;
    void encoder.exit.then((report) => this.#exited(encoder, report));
  }

  write(parcel: Parcel): void {
    const encoder = this.#encoder;
    if (encoder === undefined) return;
    if (this.#needsKeyFrame && parcel.content === 'picture') {
      this.#drop(1);
      return;
    }
    if (parcel.content === 'key frame') this.#needsKeyFrame = false;
    this.#waiting.push(parcel);
    if (this.#isFull) this.#shed(parcel.at);
    else this.#flow(encoder);
  }

  /** Flushes: every chunk has been reported when it resolves. Nothing starts any more. */
  async finish(): Promise<void> {
    this.#hasEnded = true;
    const encoder = this.#encoder;
    if (encoder === undefined) return;
    this.#encoder = undefined;
    for (const { bytes } of this.#waiting) encoder.write(bytes);
    encoder.finish();
    const overdue = setTimeout(() => encoder.kill(), this.#options.flushMilliseconds);
    await encoder.exit;
    clearTimeout(overdue);
  }

  /** Ends at once. */
  kill(): void {
    this.#hasEnded = true;
    this.#encoder?.kill();
    this.#encoder = undefined;
  }

  #flow(encoder: LiveEncoder): void {
    const [next] = this.#waiting;
    if (next === undefined) return;
    this.#waiting.shift();
    if (encoder.write(next.bytes)) {
      this.#flow(encoder);
      return;
    }
    this.#isFull = true;
    encoder.drained(() => {
      if (this.#encoder !== encoder) return;
      this.#isFull = false;
      this.#flow(encoder);
    });
  }

  /** Leaves out all pictures that wait, but for the last group; or all until the next key frame. */
  #shed(newest: number): void {
    if (newest - (this.#waiting[0]?.at ?? newest) < mostBehindMilliseconds) return;
    const last = this.#waiting.findLastIndex(({ content }) => content === 'key frame');
    const kept = this.#waiting.filter(({ content }, index) => content === 'other' || (last > 0 && index >= last));
    this.#needsKeyFrame = last <= 0;
    this.#drop(this.#waiting.length - kept.length);
    // Sound that is as old is left out with them.
    this.#waiting = kept.filter(({ at, content }) => content !== 'other' || newest - at < mostBehindMilliseconds / 2);
  }

  #drop(frames: number): void {
    if (frames === 0) return;
    this.#dropped += frames;
    this.#options.onDropped(frames);
  }

  #exited(encoder: LiveEncoder, report: ExitReport): void {
    if (this.#encoder !== encoder) return;
    this.#encoder = undefined;
    const now = this.#options.clock.now();
    if (now - this.#startedAt > backoff.forgivenAfter) this.#crashes = 0;
    this.#notBefore = now + Math.min(backoff.most, backoff.first * 2 ** this.#crashes);
    this.#crashes += 1;
    this.#options.onCrash(report);
  }
}
