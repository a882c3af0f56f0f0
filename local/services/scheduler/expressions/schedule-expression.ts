import { parseCron } from './cron.ts';

/** When something is due. */
export type Schedule =
  | { readonly kind: 'at'; readonly at: number }
  | { readonly kind: 'rate'; readonly everyMilliseconds: number }
  /** `next` is the first due time after the given one; undefined when there is none left. */
  | { readonly kind: 'cron'; next(after: number): number | undefined };

const unitMilliseconds = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

const parseRate = (text: string, expression: string): Schedule => {
  const [, value, unit, plural] = /^([1-9]\d*) (minute|hour|day)(s?)$/.exec(text) ?? [];
  if (value === undefined || (value === '1') !== (plural === '')) {
    throw new RangeError(`${expression} is not a rate: expected rate(1 minute|hour|day) or rate(<n> minutes|hours|days) with n of at least 2`);
  }
  const each = unit === 'day' ? unitMilliseconds.day : unit === 'hour' ? unitMilliseconds.hour : unitMilliseconds.minute;
  return { kind: 'rate', everyMilliseconds: Number(value) * each };
};

const parseAt = (text: string, expression: string): Schedule => {
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (Number.isNaN(at)) throw new RangeError(`${expression} is not a time: expected at(yyyy-mm-ddThh:mm:ss)`);
  return { kind: 'at', at };
};

/** Reads `at(…)`, `rate(…)` or `cron(…)`, in UTC. Throws a RangeError that says what is wrong. */
export const parseSchedule = (expression: string): Schedule => {
  const [, kind, text] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate' && text !== undefined) return parseRate(text, expression);
  if (kind === 'at' && text !== undefined) return parseAt(text, expression);
  if (kind === 'cron' && text !== undefined) return { kind, next: parseCron(text) };
  throw new RangeError(`${expression} is not a schedule: expected at(…), rate(…) or cron(…)`);
};

/** The first time after `after` at which the schedule is due, counting rates from `anchor`; undefined when there is none left. */
export const nextDue = (schedule: Schedule, anchor: number, after: number): number | undefined => {
  switch (schedule.kind) {
    case 'at':
      return schedule.at > after ? schedule.at : undefined;
    case 'rate':
      return after < anchor ? anchor : anchor + (Math.floor((after - anchor) / schedule.everyMilliseconds) + 1) * schedule.everyMilliseconds;
    case 'cron':
      return schedule.next(after);
  }
};
