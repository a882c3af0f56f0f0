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

/** CloudFront logs no request with a URL over 8 KB or headers over 20 KB; encoded, these are three times as long. */
const longestLineBytes = 262_144;

/** Makes no string and no object a line: a million lines are one buffer, used again for each chunk. */
export const lineScanner = (listener: LogListener): LineScanner => {
  const starts = new Int32Array(mostFields + 1);
  const line: LogLine = { bytes: new Uint8Array(0), starts, fieldCount: 0, number: 0 };
  let work = Buffer.alloc(1024);
  /** Bytes at the beginning of `work` that belong to a line whose end has not arrived. */
  let kept = 0;

  const tell = (fieldCount: number, from: number, to: number): void => {
    line.number += 1;
    if (to === from) return;
    if (work[from] === hash) {
      listener.directive(work.toString('latin1', from, to));
      return;
    }
    line.bytes = work;
    line.fieldCount = fieldCount;
    listener.line(line);
  };
  /** Tells all whole lines of the first `length` bytes; answers where the rest begins. */
  const scan = (length: number): number => {
    const bytes = work;
    let from = 0;
    let fields = 0;
    starts[0] = 0;
    for (let at = 0; at < length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte > lineEnd || byte < tab) continue;
      fields += 1;
      if (fields <= mostFields) starts[fields] = at + 1;
      if (byte === tab) continue;
      tell(fields, from, at);
      from = at + 1;
      fields = 0;
      starts[0] = from;
    }
    return from;
  };
  const hold = (chunk: Uint8Array): number => {
    const length = kept + chunk.length;
    if (work.length < length) {
      const larger = Buffer.alloc(length * 2);
      larger.set(work.subarray(0, kept));
      work = larger;
    }
    work.set(chunk, kept);
    return length;
  };
  const consume = (chunk: Uint8Array): void => {
    const length = hold(chunk);
    const rest = scan(length);
    if (length - rest > longestLineBytes) throw new LogFault('line-too-long', `line ${line.number + 1} has more than ${longestLineBytes} bytes: no request that CloudFront logs is that long`);
    work.copyWithin(0, rest, length);
    kept = length - rest;
  };
  return {
    push: consume,
    end: () => {
      if (kept > 0) consume(Uint8Array.of(lineEnd));
    },
  };
};
