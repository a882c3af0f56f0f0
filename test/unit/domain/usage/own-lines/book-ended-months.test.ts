import { bookEndedMonths, monthsWithOwnLines } from '../../../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';
import { memoryUsageStore } from '../../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps } from '../../../../support/usage/own-lines.ts';

const terms = [somePriceTerms({ accountId: 'acc_a', monthlyMinimumUsd: '7', effectiveFrom: '2026-10-01T00:00:00.000Z' })];

describe('monthsWithOwnLines', () => {
  it.each([
    ['2026-12-02T01:59:59.999Z', ['2026-08', '2026-09', '2026-10']],
    ['2026-12-02T02:00:00.000Z', ['2026-09', '2026-10', '2026-11']],
    ['2027-01-31T00:00:00.000Z', ['2026-10', '2026-11', '2026-12']],
  ])('are at %s the last three that have settled', (at, months) => {
    expect(monthsWithOwnLines(Date.parse(at))).toEqual(months);
  });
});

describe('bookEndedMonths', () => {
  it('books the own lines of each', async () => {
    const usage = memoryUsageStore();

    expect(await bookEndedMonths(ownLinesDeps({ usage, accountIds: ['acc_a'], terms }))()).toEqual([]);

    expect(usage.moves.map(({ head, difference }) => [head.month, difference.minimumChargeNanoUsd])).toEqual([['2026-10', 7_000_000_000n], ['2026-11', 7_000_000_000n]]);
  });

  it('goes on when a month cannot be booked, and says which', async () => {
    const usage = memoryUsageStore();
    const deps = ownLinesDeps({ usage, accountIds: ['acc_a'], terms });
    const metered = async (_accountId: string | undefined, month: string) => {
      if (month === '2026-10') throw new Error('throttled');
      return {};
    };

    const failed = await bookEndedMonths({ ...deps, usage: { ...deps.usage, metered } })();

    expect(failed).toMatchObject([{ what: 'own lines of 2026-10, at 2026-12-02T12:00:00.000Z', error: { message: 'throttled' } }]);
    expect(usage.moves.map(({ head }) => head.month)).toEqual(['2026-11']);
  });
});
