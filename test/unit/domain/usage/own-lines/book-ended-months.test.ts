import { bookEndedMonths, dueMonths } from '../../../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { bookProfile } from '../../../../support/usage/book-profile.ts';
import { aLineThatAdds, aMeasuredProfile, aBreakoutOwner } from '../../../../support/usage/a-profile.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';
import { memoryUsageStore } from '../../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps } from '../../../../support/usage/own-lines.ts';

const terms = [somePriceTerms({ accountId: 'acc_a', monthlyMinimumUsd: '7', effectiveFrom: '2026-01-01T00:00:00.000Z' })];

const monthsOf = (...due: ReturnType<typeof dueMonths>) => due.map(({ month }) => month);

/** An account that used something in a month, at an instant whose clock can be moved. */
const aMonthOfUse = (month: string) => {
  const usage = memoryUsageStore();
  const clock = { now: Date.parse('2026-12-02T12:00:00.000Z') };
  const deps = { ...ownLinesDeps({ usage, accountIds: ['acc_a'], terms, now: () => clock.now }), usage };
  const use = (chargeNanoUsd: bigint) =>
    bookProfile({ usage, now: () => new Date(clock.now) })(
      aMeasuredProfile({ owner: aBreakoutOwner({ accountId: 'acc_a' }), month, stage: 'FINAL', lines: [aLineThatAdds({ streamingChargeNanoUsd: chargeNanoUsd }, { month })] }),
    );
  return { usage, clock, deps, use, minimum: async () => (await usage.accountUsage('acc_a', month)).measures.minimumChargeNanoUsd };
};

describe('dueMonths', () => {
  it.each([
    ['2026-12-02T01:59:59.999Z', ['2026-08', '2026-09', '2026-10']],
    ['2026-12-02T02:00:00.000Z', ['2026-09', '2026-10', '2026-11']],
    ['2027-01-31T00:00:00.000Z', ['2026-10', '2026-11', '2026-12']],
  ])('are at %s the last three that have settled, where nothing is known', (at, months) => {
    expect(monthsOf(...dueMonths([], Date.parse(at)))).toEqual(months);
  });

  it('are those in which something was booked since, of any age, and those without own lines', () => {
    const known = [
      { month: '2025-11', bookings: 4n, followed: 4n },
      { month: '2025-12', bookings: 5n, followed: 4n },
      ...['01', '02', '03', '04', '05', '06', '07', '08', '10'].map((month) => ({ month: `2026-${month}`, bookings: 0n, followed: 0n })),
      { month: '2026-11', bookings: 9n },
      { month: '2026-12', bookings: 3n },
    ];

    expect(monthsOf(...dueMonths(known, Date.parse('2026-12-24T00:00:00.000Z')))).toEqual(['2025-12', '2026-09', '2026-11']);
  });
});

describe('bookEndedMonths', () => {
  it('books the own lines of each, and then has nothing to do', async () => {
    const usage = memoryUsageStore();
    const deps = { ...ownLinesDeps({ usage, accountIds: ['acc_a'], terms }), usage };

    expect(await bookEndedMonths(deps)()).toEqual([]);
    const booked = usage.moves.map(({ head, difference }) => [head.month, difference.minimumChargeNanoUsd]);
    const metered = () => Promise.reject(new Error('nothing is looked at'));

    expect(booked).toEqual(['2026-09', '2026-10', '2026-11'].map((month) => [month, 7_000_000_000n]));
    expect(await bookEndedMonths({ ...deps, usage: { ...usage, metered } })()).toEqual([]);
  });

  it('renews a month in which something was booked, however long ago it was', async () => {
    const { deps, use, clock, minimum } = aMonthOfUse('2026-03');
    await use(1_000_000_000n);
    await bookEndedMonths(deps)();
    clock.now = Date.parse('2027-11-20T00:00:00.000Z');
    await use(3_000_000_000n);

    expect(await minimum()).toBe(6_000_000_000n);
    await bookEndedMonths(deps)();

    expect(await minimum()).toBe(4_000_000_000n);
  });

  it('renews a month whose booking came while its own lines were booked, or whose renewer died', async () => {
    const { usage, deps, use, minimum } = aMonthOfUse('2026-11');
    let isUsed = false;
    const meanwhile = async (...parameters: Parameters<typeof usage.accountUsage>) => {
      const level = await usage.accountUsage(...parameters);
      if (parameters[1] === '2026-11' && !isUsed) {
        isUsed = true;
        await use(2_000_000_000n);
      }
      return level;
    };
    await bookEndedMonths({ ...deps, usage: { ...usage, accountUsage: meanwhile } })();
    expect(await minimum()).toBe(7_000_000_000n);

    const followed = () => Promise.reject(new Error('died'));
    expect(await bookEndedMonths({ ...deps, usage: { ...usage, followed } })()).toHaveLength(1);
    expect((await usage.ownLineMonths()).at(-1)).toEqual({ month: '2026-11', bookings: 1n, followed: 0n });
    await bookEndedMonths(deps)();

    expect(await minimum()).toBe(5_000_000_000n);
    expect((await usage.ownLineMonths()).at(-1)).toEqual({ month: '2026-11', bookings: 1n, followed: 1n });
  });

  it('goes on when a month cannot be booked, and says which', async () => {
    const usage = memoryUsageStore();
    const metered = async (_accountId: string | undefined, month: string) => {
      if (month === '2026-10') throw new Error('throttled');
      return {};
    };

    const failed = await bookEndedMonths({ ...ownLinesDeps({ usage, accountIds: ['acc_a'], terms }), usage: { ...usage, metered } })();

    expect(failed).toMatchObject([{ what: 'own lines of 2026-10, at 2026-12-02T12:00:00.000Z', error: { message: 'throttled' } }]);
    expect(usage.moves.map(({ head }) => head.month)).toEqual(['2026-09', '2026-11']);
  });
});
