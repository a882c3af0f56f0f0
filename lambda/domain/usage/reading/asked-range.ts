import { InvalidInputError } from '../../shared/errors.ts';
import { isoTime, monthInterval, type Interval } from '../calendar-month.ts';
import { askedMonth } from './asked-period.ts';
import type { SeriesStep } from './spread-line.ts';

/** What a series is asked for. */
export interface AskedSeries {
  readonly by: SeriesStep;
  /** A UTC month; absent = as `from` and `to` say. */
  readonly month?: string;
  readonly from?: string;
  readonly to?: string;
}

const mostDays = { hour: 31, day: 366, month: 3660 } as const;

const refused = (code: string, field: string, message: string): InvalidInputError => new InvalidInputError({ code, message: `${field} ${message}`, fields: [{ field, message }] });

const checkedRange = ({ from, to }: Interval, by: SeriesStep, now: number): Interval => {
  if (from >= to) throw refused('invalid-range', 'to', `${isoTime(to)} is not after from ${isoTime(from)}: expected a half-open range`);
  if (from > now) throw refused('range-in-future', 'from', `${isoTime(from)} is not past, expected a time before ${isoTime(now)}: nothing can have been used since`);
  const days = (to - from) / 86_400_000;
  if (days <= mostDays[by]) return { from, to };
  throw refused('range-too-wide', 'to', `is ${Math.ceil(days)} days after from, by=${by} allows up to ${mostDays[by]}: ask for less, or in longer steps`);
};

/** The range that a series is asked for, `month` unless its ends are told; undefined when nothing is told. @throws InvalidInputError */
export const askedRange = ({ by, month, from, to }: AskedSeries, now: number): Interval | undefined => {
  if (month !== undefined) {
    if (from !== undefined || to !== undefined) throw refused('invalid-range', 'month', 'stands beside from or to: expected the one or the others');
    return monthInterval(askedMonth(month, now));
  }
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) throw refused('invalid-range', from === undefined ? 'from' : 'to', 'is missing: a range has both ends');
  return checkedRange({ from: Date.parse(from), to: Date.parse(to) }, by, now);
};
