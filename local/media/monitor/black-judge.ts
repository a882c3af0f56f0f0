import { probePicture } from './monitor-arguments.ts';

const pictureBytes = probePicture.width * probePicture.height;
/** Luma of black and of white in video. */
const black = 16;
const white = 235;

/** Tells from small grey pictures how long an input has been black: no pixel brighter than a part of white. */
export class BlackJudge {
  readonly #brightest: number;
  #pending = Buffer.alloc(0);
  #since: number | undefined;
  #until = 0;

  /** @param threshold 0 to 1 of white. */
  constructor(threshold: number) {
    this.#brightest = black + threshold * (white - black);
  }

  /** From the first to the last picture of the current row of black ones. */
  get milliseconds(): number {
    return this.#since === undefined ? 0 : this.#until - this.#since;
  }

  take(bytes: Buffer, now: number): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (; this.#pending.length >= pictureBytes; this.#pending = this.#pending.subarray(pictureBytes)) {
      const isBlack = this.#pending.subarray(0, pictureBytes).every((luma) => luma <= this.#brightest);
      this.#since = isBlack ? (this.#since ?? now) : undefined;
      this.#until = now;
    }
  }

  forget(): void {
    this.#since = undefined;
    this.#pending = Buffer.alloc(0);
  }
}
