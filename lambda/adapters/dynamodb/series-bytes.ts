import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';

/** Values by period of time, null where there is none; what else is known of a series goes along with them. */
export interface ValueSeries {
  readonly values: readonly (bigint | null)[];
}

/** A series as it comes out of its bytes: what went along with its values is as trustworthy as the item. */
export type UnpackedSeries = ValueSeries & Readonly<Record<string, unknown>>;

const headsSchema = z.array(z.looseObject({ count: z.int().nonnegative() }));

const headBytes = 4;

/** Whole numbers of any sign as those from 0 on, small ones first: 0, -1, 1, -2, 2, … */
const unsigned = (value: bigint): bigint => (value < 0n ? -value * 2n - 1n : value * 2n);

const signed = (value: bigint): bigint => (value & 1n ? -(value + 1n) / 2n : value / 2n);

/** Seven bits a byte, the lowest first; the eighth says that there are more. */
const pushNumber = (bytes: number[], value: bigint): void => {
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  bytes.push(Number(rest));
};

const pushValues = (bytes: number[], values: readonly (bigint | null)[]): void => {
  let last = 0n;
  for (const value of values) {
    pushNumber(bytes, value === null ? 0n : unsigned(value - last) + 1n);
    last = value ?? last;
  }
};

const cutShort = (): RangeError => new RangeError('the bytes of a series end before its values do');

/** Takes numbers off bytes, one after the other. */
const numbersOf = (bytes: Uint8Array, start: number): (() => bigint) => {
  let at = start;
  return () => {
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = bytes[at];
      if (byte === undefined) throw cutShort();
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
      shift += 7n;
    }
  };
};

/**
 * Series as bytes: each value as its difference to the one before, in as few bytes as it needs, all deflated. A minute of a
 * metric is 3 to 4 bytes so, where its digits are 9. What goes along with the values has to be JSON.
 */
export const packSeries = (series: readonly ValueSeries[]): Uint8Array => {
  const heads = Buffer.from(JSON.stringify(series.map(({ values, ...head }) => ({ ...head, count: values.length }))));
  const length = Buffer.alloc(headBytes);
  length.writeUInt32BE(heads.length);
  const bytes: number[] = [];
  for (const { values } of series) pushValues(bytes, values);
  return deflateRawSync(Buffer.concat([length, heads, Buffer.from(bytes)]));
};

/** The series that were packed. @throws Error when the bytes are cut short or not of series */
export const unpackSeries = (packed: Uint8Array): readonly UnpackedSeries[] => {
  const bytes = inflateRawSync(packed);
  const valuesAt = headBytes + bytes.readUInt32BE();
  const next = numbersOf(bytes, valuesAt);
  return headsSchema.parse(JSON.parse(bytes.toString('utf8', headBytes, valuesAt))).map(({ count, ...head }) => {
    let last = 0n;
    const values = Array.from({ length: count }, () => {
      const told = next();
      if (told === 0n) return null;
      last += signed(told - 1n);
      return last;
    });
    return { ...head, values };
  });
};
