import { LogFault } from './log-fault.ts';
import { mostFields } from './log-fields.ts';

/** A line of a log, valid during the call that is given it: its buffer is used again. */
export interface LogLine {
  bytes: Uint8Array;
  /** Where each field starts, and where a field after the last would: field i is [starts[i], starts[i + 1] - 1). */
  readonly starts: Int32Array;
  fieldCount: number;
  /** From 1. */
  number: number;
}

/** Who is told what a log consists of. */
export interface LogListener {
  /** A line that begins with `#`. */
  directive(text: string): void;
  line(line: LogLine): void;
}

/** Cuts a log into lines and fields as its bytes arrive. */
export interface LineScanner {
  push(chunk: Uint8Array): void;
  /** Tells the last line, if it has no line end. */
  end(): void;
}

const tab = 9;
const lineEnd = 10;
const hash = 35;

/**
 * The high bits of those of a word's four bytes that are line end or smaller; a byte after one may be marked too. Four words
 * of five have none. Source: https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord
 */
const smallBytes = (word: number): number => (word - 0x0b0b0b0b) & ~word & 0x80808080;

/** Which byte of a word its lowest mark is of: 0 to 3. */
const lowestByte = (marks: number): number => (31 - Math.clz32(marks & -marks)) >>> 3;

/** CloudFront logs no request with a URL over 8 KB or headers over 20 KB; encoded, these are three times as long. */
const longestLineBytes = 262_144;

const words = (bytes: Uint8Array, from: number, count: number): Int32Array => new Int32Array(bytes.buffer, bytes.byteOffset + from, count);

/** Makes no string and no object a line: chunks are read where they are, but for the lines that two of them share. */
export const lineScanner = (listener: LogListener): LineScanner => {
  const starts = new Int32Array(mostFields + 1);
  const line: LogLine = { bytes: new Uint8Array(0), starts, fieldCount: 0, number: 0 };
  let work = Buffer.alloc(1024);
  /** Bytes at the beginning of `work` that are not told yet. */
  let kept = 0;

  const tell = (bytes: Uint8Array, fieldCount: number, from: number, to: number): void => {
    line.number += 1;
    if (to === from) return;
    if (bytes[from] === hash) {
      listener.directive(Buffer.from(bytes.subarray(from, to)).toString('latin1'));
      return;
    }
    line.bytes = bytes;
    line.fieldCount = fieldCount;
    listener.line(line);
  };
  /** Tells all whole lines of the first `length` bytes, by words of which the first begins at `first`; answers where the rest begins. */
  const scan = (bytes: Uint8Array, fours: Int32Array, first: number, length: number): number => {
    let from = 0;
    let fields = 0;
    starts[0] = 0;
    for (let index = 0; index < fours.length; index += 1) {
      for (let marks = smallBytes(fours[index] ?? 0); marks !== 0; marks &= marks - 1) {
        const at = first + index * 4 + lowestByte(marks);
        if (at < 0 || at >= length) continue;
        const byte = bytes[at] ?? 0;
        if (byte > lineEnd || byte < tab) continue;
        fields += 1;
        if (fields <= mostFields) starts[fields] = at + 1;
        if (byte === tab) continue;
        tell(bytes, fields, from, at);
        from = at + 1;
        fields = 0;
        starts[0] = from;
      }
    }
    return from;
  };
  const keep = (bytes: Uint8Array): void => {
    const length = kept + bytes.length;
    if (work.length < length) {
      const larger = Buffer.alloc(Math.ceil(length / 2) * 4);
      larger.set(work.subarray(0, kept));
      work = larger;
    }
    work.set(bytes, kept);
    kept = length;
  };
  /** Tells what is kept, as far as its lines are whole. */
  const finish = (): void => {
    const rest = scan(work, words(work, 0, Math.ceil(kept / 4)), 0, kept);
    work.copyWithin(0, rest, kept);
    kept -= rest;
  };
  /** Keeps what belongs to a line that has begun before; answers the rest, where the next one begins. */
  const continued = (chunk: Uint8Array): Uint8Array => {
    if (kept === 0) return chunk;
    const end = chunk.indexOf(lineEnd);
    keep(end < 0 ? chunk : chunk.subarray(0, end + 1));
    finish();
    return end < 0 ? chunk.subarray(chunk.length) : chunk.subarray(end + 1);
  };
  return {
    push: (chunk) => {
      const rest = continued(chunk);
      // Words begin at multiples of four in memory; bytes of the last one that are not all there are kept.
      const skew = rest.byteOffset % 4;
      const count = Math.floor((skew + rest.length) / 4);
      keep(rest.subarray(scan(rest, words(rest, -skew, count), -skew, rest.length)));
      if (kept > longestLineBytes) throw new LogFault('line-too-long', `line ${line.number + 1} has more than ${longestLineBytes} bytes: no request that CloudFront logs is that long`);
    },
    end: () => {
      keep(Uint8Array.of(lineEnd));
      finish();
    },
  };
};
