import type { FlvTag } from './flv-tag.ts';

const fileHeadBytes = 9 + 4;
const tagHeadBytes = 11;
const tagTailBytes = 4;
const kinds = new Map<number, FlvTag['kind']>([[8, 'audio'], [9, 'video'], [18, 'script']]);

/** Cuts an FLV stream, as a program writes it, into its tags. Tags of unknown kinds are left out. */
export class FlvReader {
  #pending: Buffer = Buffer.alloc(0);
  #toSkip = fileHeadBytes;

  /** Yields the tags that these bytes complete. */
  *read(bytes: Buffer): Generator<FlvTag> {
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes]);
    for (;;) {
      if (this.#pending.length < this.#toSkip + tagHeadBytes) break;
      const head = this.#pending.subarray(this.#toSkip);
      const end = tagHeadBytes + head.readUIntBE(1, 3);
      if (head.length < end + tagTailBytes) break;
      this.#pending = head.subarray(end + tagTailBytes);
      this.#toSkip = 0;
      const kind = kinds.get(head.readUInt8(0) & 0x1f);
      const timestamp = head.readUIntBE(4, 3) + head.readUInt8(7) * 0x1000000;
      // A copy of its own: a tag that is kept must not keep a larger buffer alive.
      if (kind !== undefined) yield { kind, timestamp, data: Buffer.from(head.subarray(tagHeadBytes, end)) };
    }
    this.#pending = Buffer.from(this.#pending);
  }
}
