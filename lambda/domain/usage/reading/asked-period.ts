import { InvalidInputError } from '../../shared/errors.ts';
import { monthOf } from '../calendar-month.ts';
import { allMonths, type UsagePeriod } from '../usage-store.ts';

const monthPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

const refused = (code: string, field: string, message: string): InvalidInputError => new InvalidInputError({ code, message: `${field} ${message}`, fields: [{ field, message }] });

/** A UTC month that has begun, or `TOTAL`. @throws InvalidInputError */
export const askedPeriod = (period: UsagePeriod, now: number, field = 'period'): UsagePeriod => {
  const newest = monthOf(now);
  if (period === allMonths) return period;
  if (!monthPattern.test(period)) throw refused('invalid-period', field, `"${period}" is not known, expected ${allMonths} or a UTC month such as ${newest}`);
  if (period > newest) throw refused('period-in-future', field, `${period} has not begun, expected a UTC month up to ${newest}: nothing can have been used in it`);
  return period;
};

/** A UTC month that has begun. @throws InvalidInputError */
export const askedMonth = (month: string, now: number, field = 'month'): string => {
  if (month === allMonths) throw refused('invalid-period', field, `"${month}" is no month, expected a UTC month such as ${monthOf(now)}`);
  return askedPeriod(month, now, field);
};

/** A moment that is not after now. @throws InvalidInputError */
export const askedMoment = (at: string, now: number): string => {
  if (Date.parse(at) <= now) return at;
  throw refused('moment-in-future', 'at', `${at} is not past: what will be known then is not known now, leave \`at\` out for what is known now`);
};
