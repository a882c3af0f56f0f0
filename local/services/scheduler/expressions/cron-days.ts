import { parseField, type CronField } from './cron-field.ts';

/** Whether a day (its midnight, UTC) is meant. */
export type DayMatcher = (date: Date) => boolean;

const dayOfMonthField: CronField = { name: 'day-of-month', from: 1, to: 31, names: [] };
const dayOfWeekField: CronField = { name: 'day-of-week', from: 1, to: 7, names: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] };

const lastDay = (date: Date): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();

const isWeekend = (weekday: number): boolean => weekday === 0 || weekday === 6;

/** The weekday nearest to a day of the month, within the month. */
const nearestWeekday = (date: Date, day: number): number => {
  const weekdayOf = (candidate: number): number => new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), candidate)).getUTCDay();
  const last = lastDay(date);
  const wanted = Math.min(day, last);
  if (!isWeekend(weekdayOf(wanted))) return wanted;
  const saturday = weekdayOf(wanted) === 6;
  if (saturday) return wanted > 1 ? wanted - 1 : wanted + 2;
  return wanted < last ? wanted + 1 : wanted - 2;
};

const parseDayOfMonth = (text: string): DayMatcher => {
  if (text === 'L') return (date) => date.getUTCDate() === lastDay(date);
  if (text === 'LW') return (date) => date.getUTCDate() === nearestWeekday(date, lastDay(date));
  if (text.endsWith('W')) {
    const [day = 1] = parseField(text.slice(0, -1), dayOfMonthField);
    return (date) => date.getUTCDate() === nearestWeekday(date, day);
  }
  const days = parseField(text, dayOfMonthField);
  return (date) => days.has(date.getUTCDate());
};

const weekdayOf = (date: Date): number => date.getUTCDay() + 1;

const parseDayOfWeek = (text: string): DayMatcher => {
  if (text === 'L') return (date) => weekdayOf(date) === 7;
  if (/.L$/.test(text)) {
    const weekdays = parseField(text.slice(0, -1), dayOfWeekField);
    return (date) => weekdays.has(weekdayOf(date)) && date.getUTCDate() > lastDay(date) - 7;
  }
  const [weekdayText = '', ordinal] = text.split('#');
  const weekdays = parseField(weekdayText, dayOfWeekField);
  if (ordinal === undefined) return (date) => weekdays.has(weekdayOf(date));
  if (!/^[1-5]$/.test(ordinal)) throw new RangeError(`${text} asks for weekday number ${ordinal} of the month, expected 1 to 5`);
  return (date) => weekdays.has(weekdayOf(date)) && Math.ceil(date.getUTCDate() / 7) === Number(ordinal);
};

/** The days that day-of-month and day-of-week name; exactly one of them must be `?`. Throws a RangeError. */
export const parseDays = (dayOfMonth: string, dayOfWeek: string): DayMatcher => {
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw new RangeError(`day-of-month is ${dayOfMonth} and day-of-week is ${dayOfWeek}: exactly one of them must be ?`);
  }
  return dayOfWeek === '?' ? parseDayOfMonth(dayOfMonth) : parseDayOfWeek(dayOfWeek);
};
