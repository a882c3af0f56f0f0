import { isKeyFrame, isPicture, type FlvTag } from '../../../media/flv/flv-tag.ts';

/** What came from one sample to the next. */
export interface IngestSample {
  readonly seconds: number;
  readonly videoBitsPerSecond: number;
  readonly audioBitsPerSecond: number;
  readonly framesPerSecond: number;
  /** The last distance of two key frames; absent before there were two. */
  readonly keyframeIntervalSeconds?: number;
}

/** The bit rate that is held against the limit is a mean over this time: AWS does not tell its own. */
const rateWindowMilliseconds = 5000;

/** Measures what an encoder sends. */
export class IngestMeter {
  #sampledAt: number;
  #videoBytes = 0;
  #audioBytes = 0;
  #pictures = 0;
  #keyFrameAt: number | undefined;
  #intervalSeconds: number | undefined;
  #samples: { readonly at: number; readonly bits: number }[];
  /** When anything came last. */
  lastAt: number;

  constructor(now: number) {
    this.#sampledAt = now;
    this.lastAt = now;
    this.#samples = [{ at: now, bits: 0 }];
  }

  count(tag: FlvTag, now: number): void {
    this.lastAt = now;
    if (tag.kind === 'audio') this.#audioBytes += tag.data.length;
    if (tag.kind !== 'video') return;
    this.#videoBytes += tag.data.length;
    if (isPicture(tag)) this.#pictures += 1;
    if (!isKeyFrame(tag)) return;
    if (this.#keyFrameAt !== undefined) this.#intervalSeconds = (tag.timestamp - this.#keyFrameAt) / 1000;
    this.#keyFrameAt = tag.timestamp;
  }

  /** What came since the last sample; `undefined` where no time has passed. */
  sample(now: number): IngestSample | undefined {
    const seconds = (now - this.#sampledAt) / 1000;
    if (seconds <= 0) return undefined;
    const [video, audio] = [this.#videoBytes * 8, this.#audioBytes * 8];
    const sample = { seconds, videoBitsPerSecond: video / seconds, audioBitsPerSecond: audio / seconds, framesPerSecond: this.#pictures / seconds };
    this.#sampledAt = now;
    this.#videoBytes = 0;
    this.#audioBytes = 0;
    this.#pictures = 0;
    this.#samples = [...this.#samples.filter(({ at }) => at >= now - rateWindowMilliseconds), { at: now, bits: video + audio }];
    return this.#intervalSeconds === undefined ? sample : { ...sample, keyframeIntervalSeconds: this.#intervalSeconds };
  }

  /** The mean of the last samples, in bits per second; 0 before they are long enough for one. */
  meanBitsPerSecond(now: number): number {
    const [first, ...others] = this.#samples;
    if (first === undefined || now - first.at < rateWindowMilliseconds * 0.8) return 0;
    return others.reduce((sum, { bits }) => sum + bits, 0) / ((now - first.at) / 1000);
  }
}
