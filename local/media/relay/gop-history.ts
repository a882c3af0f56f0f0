import { isKeyFrame, type FlvTag } from '../flv/flv-tag.ts';
import type { StreamConfiguration } from './stream-configuration.ts';

/** A tag with what a decoder needs to know first. */
export interface ConfiguredTag {
  readonly tag: FlvTag;
  readonly configuration: StreamConfiguration;
}

interface Group {
  readonly timestamp: number;
  readonly tags: ConfiguredTag[];
  bytes: number;
}

/** A stream that sends no key frame for this much is not worth keeping. */
const mostBytes = 32_000_000;

/** The last groups of pictures of a stream, each from a key frame on, with the sound in between. */
export class GopHistory {
  readonly #keepMilliseconds: number;
  #groups: Group[] = [];

  /** @param keepMilliseconds what is kept at least, of what came. */
  constructor(keepMilliseconds: number) {
    this.#keepMilliseconds = keepMilliseconds;
  }

  clear(): void {
    this.#groups = [];
  }

  /** Whether there is a key frame to begin with. */
  get isEmpty(): boolean {
    return this.#groups.length === 0;
  }

  add(entry: ConfiguredTag): void {
    const { tag } = entry;
    if (isKeyFrame(tag)) this.#groups.push({ timestamp: tag.timestamp, tags: [], bytes: 0 });
    const group = this.#groups.at(-1);
    if (group === undefined) return;
    group.tags.push(entry);
    group.bytes += tag.data.length;
    this.#forget(tag.timestamp);
  }

  /** What came from the last key frame on that is not after a time of the stream; the oldest there is where all are after it. */
  since(timestamp: number): readonly ConfiguredTag[] {
    const from = this.#groups.findLastIndex((group) => group.timestamp <= timestamp);
    return this.#groups.slice(Math.max(0, from)).flatMap(({ tags }) => tags);
  }

  #forget(newest: number): void {
    while (this.#groups.length > 1 && (this.#groups[1]?.timestamp ?? Infinity) <= newest - this.#keepMilliseconds) this.#groups.shift();
    if (this.#groups.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) this.clear();
  }
}
