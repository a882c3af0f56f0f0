import { parseDays } from './cron-days.ts';
import { parseField, type CronField } from './cron-field.ts';

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const fields = {
  minutes: { name: 'minutes', from: 0, to: 59, names: [] },
  hours: { name: 'hours', from: 0, to: 23, names: [] },
  month: { name: 'month', from: 1, to: 12, names: months },
  year: { name: 'year', from: 1970, to: 2199, names: [] },
} as const satisfies Record<string, CronField>;

const dayMilliseconds = 86_400_000;
/** The calendar repeats after 28 years, but for centuries: what has not come by then does not come. */
const farthestDays = 28 * 366;

const sorted = (values: ReadonlySet<number>): readonly number[] => [...values].sort((left, right) => left - right);

/**
 * Reads the six fields of an AWS cron expression and answers the first due time after a given one, in UTC.
 * Throws a RangeError that says what is wrong.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export const parseCron = (text: string): ((after: number) => number | undefined) => {
  const parts = text.trim().split(/\s+/);
  const [minutesText, hoursText, dayOfMonth, monthText, dayOfWeek, yearText] = parts;
  if (!minutesText || !hoursText || !dayOfMonth || !monthText || !dayOfWeek || !yearText || parts.length > 6) {
    throw new RangeError(`cron(${text}) has ${parts.length} fields, expected 6: minutes hours day-of-month month day-of-week year`);
  }
  const minutes = sorted(parseField(minutesText, fields.minutes));
  const hours = sorted(parseField(hoursText, fields.hours));
  const monthSet = parseField(monthText, fields.month);
  const years = parseField(yearText, fields.year);
  const isDay = parseDays(dayOfMonth, dayOfWeek);

  const firstOn = (midnight: number, after: number): number | undefined => {
    for (const hour of hours) {
      for (const minute of minutes) {
        const time = midnight + (hour * 60 + minute) * 60_000;
        if (time > after) return time;
      }
    }
    return undefined;
  };

  return (after) => {
    const today = Math.floor(after / dayMilliseconds) * dayMilliseconds;
    for (let days = 0; days <= farthestDays; days += 1) {
      const midnight = today + days * dayMilliseconds;
      const date = new Date(midnight);
      if (!years.has(date.getUTCFullYear()) || !monthSet.has(date.getUTCMonth() + 1) || !isDay(date)) continue;
      const due = firstOn(midnight, after);
      if (due !== undefined) return due;
    }
    return undefined;
  };
};
