import { CodecError } from './codec-error.ts';
import type { Shape } from './sdk-schema.ts';

/** How a timestamp is written: `date-time` (RFC 3339), `http-date` (RFC 7231) or `epoch-seconds`. */
export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds';

// The schema's own values for the formats; 4 leaves the choice to the protocol. https://smithy.io/2.0/spec/protocol-traits.html#timestampformat-trait
const formats: ReadonlyMap<unknown, TimestampFormat> = new Map([
  [5, 'date-time'],
  [6, 'http-date'],
  [7, 'epoch-seconds'],
] as const);

/** The format of a timestamp member: its own, else what its place in the message has by default. */
export const timestampFormat = (shape: Shape, byDefault: TimestampFormat): TimestampFormat => formats.get(shape.getSchema()) ?? byDefault;

/** Writes a time. Epoch seconds keep their milliseconds as a fraction. */
export const writeTimestamp = (time: Date, format: TimestampFormat): string | number => {
  if (format === 'epoch-seconds') return time.getTime() / 1000;
  return format === 'http-date' ? time.toUTCString() : time.toISOString().replace('.000Z', 'Z');
};

/** Reads a time in any of the formats. Throws `CodecError` when it is none. */
export const readTimestamp = (value: string | number, path: string): Date => {
  const seconds = typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  const time = seconds === undefined ? new Date(value) : new Date(Math.round(seconds * 1000));
  if (Number.isNaN(time.getTime())) throw new CodecError(`${path}: expected a timestamp, got "${value}"`);
  return time;
};
