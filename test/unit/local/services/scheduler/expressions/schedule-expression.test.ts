import fc from 'fast-check';
import { nextDue, parseSchedule } from '../../../../../../local/services/scheduler/expressions/schedule-expression.ts';

const next = (expression: string, after: string, anchor = after): string | undefined => {
  const due = nextDue(parseSchedule(expression), Date.parse(anchor), Date.parse(after));
  return due === undefined ? undefined : new Date(due).toISOString().slice(0, 16);
};

describe('a schedule', () => {
  it.each([
    ['at(2026-11-23T10:00:00)', '2026-11-23T09:00:00Z', '2026-11-23T10:00'],
    ['at(2026-11-23T10:00:00)', '2026-11-23T10:00:00Z', undefined],
    ['rate(5 minutes)', '2026-11-23T10:00:00Z', '2026-11-23T10:05'],
    ['rate(1 day)', '2026-11-23T10:00:00Z', '2026-11-24T10:00'],
    ['cron(15 10 * * ? *)', '2026-11-23T10:15:00Z', '2026-11-24T10:15'],
    ['cron(0/15 * * * ? *)', '2026-11-23T10:16:00Z', '2026-11-23T10:30'],
    ['cron(0 18 ? * MON-FRI *)', '2026-11-20T18:00:00Z', '2026-11-23T18:00'],
    ['cron(0 8 1 * ? *)', '2026-11-23T00:00:00Z', '2026-12-01T08:00'],
    ['cron(0 0 L * ? *)', '2028-02-01T00:00:00Z', '2028-02-29T00:00'],
    ['cron(0 0 1W * ? *)', '2026-08-01T00:00:00Z', '2026-08-03T00:00'],
    ['cron(0 0 LW * ? *)', '2026-10-01T00:00:00Z', '2026-10-30T00:00'],
    ['cron(0 0 ? * 3#2 *)', '2026-11-01T00:00:00Z', '2026-11-10T00:00'],
    ['cron(0 0 ? * 6L *)', '2026-11-01T00:00:00Z', '2026-11-27T00:00'],
    ['cron(0 0 ? * FRI-MON *)', '2026-11-24T00:00:00Z', '2026-11-27T00:00'],
    ['cron(0 0 1 JAN,JUL ? 2027)', '2026-11-24T00:00:00Z', '2027-01-01T00:00'],
    ['cron(0 0 1 1 ? 2026)', '2026-11-24T00:00:00Z', undefined],
  ])('%s after %s is due %s', (expression, after, due) => {
    expect(next(expression, after)).toBe(due);
  });

  it('counts rates from its beginning', () => {
    expect(next('rate(10 minutes)', '2026-11-23T10:25:00Z', '2026-11-23T10:01:00Z')).toBe('2026-11-23T10:31');
  });

  it('is never due at or before the time it is asked after', () => {
    const minute = fc.integer({ min: 0, max: 59 });
    fc.assert(
      fc.property(minute, fc.integer({ min: 0, max: 23 }), fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (m, h, after) => {
        const due = nextDue(parseSchedule(`cron(${m} ${h} * * ? *)`), 0, after.getTime());

        expect(due).toBeGreaterThan(after.getTime());
        expect(due).toBeLessThanOrEqual(after.getTime() + 86_400_000);
      }),
    );
  });

  it.each([
    ['every(5 minutes)', /is not a schedule/],
    ['rate(1 minutes)', /is not a rate/],
    ['rate(5 minute)', /is not a rate/],
    ['rate(0 minutes)', /is not a rate/],
    ['at(2026-11-23)', /is not a time/],
    ['at(2026-13-23T00:00:00)', /is not a time/],
    ['cron(0 10 * * ?)', /has 5 fields, expected 6/],
    ['cron(0 10 * * * *)', /exactly one of them must be \?/],
    ['cron(60 10 * * ? *)', /60 is not a value of the minutes/],
    ['cron(0 0 ? * 3#6 *)', /weekday number 6/],
    ['cron(0/0 0 * * ? *)', /has a step of 0/],
  ])('rejects %s', (expression, message) => {
    expect(() => parseSchedule(expression)).toThrow(message);
  });
});
