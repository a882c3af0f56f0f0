import { CodecError } from './codec-error.ts';
import type { Shape } from './sdk-schema.ts';
import { readTimestamp, timestampFormat, type TimestampFormat, writeTimestamp } from './timestamp.ts';

/** The value that a text in a header, path, query or form holds. Throws `CodecError` when it is not of the shape's type. */
export const readText = (shape: Shape, text: string, path: string): unknown => {
  if (shape.isBooleanSchema()) {
    if (text !== 'true' && text !== 'false') throw new CodecError(`${path}: expected true or false, got "${text}"`);
    return text === 'true';
  }
  if (shape.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() === '' || Number.isNaN(number)) throw new CodecError(`${path}: expected a number, got "${text}"`);
    return number;
  }
  if (shape.isTimestampSchema()) return readTimestamp(text, path);
  return shape.isBlobSchema() ? new Uint8Array(Buffer.from(text, 'base64')) : text;
};

/** A scalar as text for a header. */
export const writeText = (shape: Shape, value: unknown, timestamps: TimestampFormat): string => {
  if (value instanceof Date) return String(writeTimestamp(value, timestampFormat(shape, timestamps)));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  return String(value);
};
