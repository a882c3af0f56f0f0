const minuteMilliseconds = 60_000;

/** Milliseconds since the epoch, now. */
export type Now = () => number;

/** ISO 8601 UTC with milliseconds: how the domain writes times, which therefore sort as strings. */
export const timestamp = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** Milliseconds since the epoch of a timestamp. */
export const millisecondsOf = (time: string): number => Date.parse(time);

/** A timestamp some seconds later. */
export const secondsAfter = (time: string, seconds: number): string => timestamp(millisecondsOf(time) + seconds * 1000);

/** The first whole minute at or after a timestamp. */
export const ceilMinute = (time: string): string => timestamp(Math.ceil(millisecondsOf(time) / minuteMilliseconds) * minuteMilliseconds);

/** A time without its milliseconds: as precise as the events of services are. */
export const wholeSecond = (time: string): string => timestamp(Math.floor(millisecondsOf(time) / 1000) * 1000);

/** The later of two timestamps. */
export const later = (one: string, other: string): string => (one > other ? one : other);

/** The earlier of two timestamps. */
export const earlier = (one: string, other: string): string => (one < other ? one : other);
