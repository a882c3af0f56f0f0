import type { Interval } from './calendar-month.ts';

/** Every UTC day has so many milliseconds. */
export const dayMilliseconds = 86_400_000;

/** The UTC day of an instant: `2026-11-23`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** When a UTC day begins and ends. @throws RangeError when it is none */
export const dayInterval = (day: string): Interval => {
  const from = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  if (Number.isNaN(from)) throw new RangeError(`"${day}" is no day, expected one such as 2026-11-23`);
  return { from, to: from + dayMilliseconds };
};
