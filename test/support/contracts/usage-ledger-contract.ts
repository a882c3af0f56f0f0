import { bookProfile } from '../usage/book-profile.ts';
import { sumMeasures } from '../../../lambda/domain/usage/measures.ts';
import type { UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { aBreakoutOwner, aLineThatAdds, aMeasuredProfile } from '../usage/a-profile.ts';

let accounts = 0;

/** A breakout of an account that no other test uses, and what books its usage a minute after the time before. */
const anAccount = (usage: UsageStore) => {
  const accountId = `acc_ledger_${(accounts += 1)}`;
  let at = Date.parse('2026-12-02T10:00:00.000Z');
  const now = (): Date => new Date((at += 60_000));
  const measured = (amount: bigint, overrides: Parameters<typeof aMeasuredProfile>[0] = {}) =>
    aMeasuredProfile({ owner: aBreakoutOwner({ accountId, breakoutId: `bko_${accountId}` }), stage: 'FINAL', lines: [aLineThatAdds({ packagingNanoUsd: amount })], ...overrides });
  return { accountId, measured, book: bookProfile({ usage, now }) };
};

const describeClosing = (open: () => UsageStore): void => {
  it('books in the charge period while that is open', async () => {
    const usage = open();
    const { accountId, measured, book } = anAccount(usage);

    await book(measured(7n));

    expect(await usage.billing(accountId, '2026-11')).toEqual({ month: '2026-11', measures: { packagingNanoUsd: 7n, finalProfiles: 1n }, asOf: measured(7n).asOf });
    expect(await usage.billing(accountId, '2026-10')).toEqual({ month: '2026-10', measures: {} });
  });

  it('closes once, and not while profiles are open in it', async () => {
    const usage = open();
    const { accountId, measured, book } = anAccount(usage);
    const close = () => usage.closeBilling(accountId, '2026-11', '2026-12-02T12:00:00.000Z');
    const { owner } = measured(1n);

    await book(measured(1n, { stage: 'PROVISIONAL' }));
    expect([await close(), await usage.openProfiles(accountId, '2026-11', 5)]).toEqual([false, [{ owner, month: '2026-11', status: 'PROVISIONAL' }]]);
    await book(measured(1n, { accrual: 'OPEN' }));
    expect([await close(), await usage.openProfiles(accountId, '2026-11', 5)]).toEqual([false, [{ owner, month: '2026-11', status: 'FINAL' }]]);
    await book(measured(1n, { accrual: 'CLOSED' }));

    expect([await usage.openProfiles(accountId, '2026-11', 5), await close(), await close()]).toEqual([[], true, false]);
    expect(await usage.billing(accountId, '2026-11')).toMatchObject({ closedAt: '2026-12-02T12:00:00.000Z', measures: { packagingNanoUsd: 1n } });
  });

  it('closes a month in which nothing was booked', async () => {
    const usage = open();
    const { accountId } = anAccount(usage);

    expect(await usage.closeBilling(accountId, '2026-11', '2026-12-02T12:00:00.000Z')).toBe(true);
    expect(await usage.billingMonths(accountId, '2026-11')).toEqual([{ month: '2026-11', measures: {}, closedAt: '2026-12-02T12:00:00.000Z' }]);
    expect(await usage.billingMonths(accountId, '2026-12')).toEqual([]);
  });
};

const describeCorrections = (open: () => UsageStore): void => {
  it('books what changes later in the first month that is open, with its charge period', async () => {
    const usage = open();
    const { accountId, measured, book } = anAccount(usage);
    await book(measured(7n));
    for (const month of ['2026-11', '2026-12']) await usage.closeBilling(accountId, month, '2027-01-02T12:00:00.000Z');

    await book(measured(9n));
    await book(measured(4n));

    expect((await usage.billing(accountId, '2026-11')).measures).toEqual({ packagingNanoUsd: 7n, finalProfiles: 1n });
    expect(await usage.billing(accountId, '2027-01')).toMatchObject({ measures: { packagingNanoUsd: -3n, finalProfiles: -1n, correctedProfiles: 1n } });
    expect((await usage.accountUsage(accountId, '2026-11')).measures.packagingNanoUsd).toBe(4n);
    const first = await usage.corrections(accountId, '2027-01', { limit: 1 });
    const second = await usage.corrections(accountId, '2027-01', { limit: 1, after: first.next! });
    expect([...first.items, ...second.items].map(({ month, billingMonth, version, difference }) => [month, billingMonth, version, difference.packagingNanoUsd])).toEqual([
      ['2026-11', '2027-01', 2, 2n],
      ['2026-11', '2027-01', 3, -5n],
    ]);
    expect([second.next, (await usage.corrections(accountId, '2026-11', { limit: 5 })).items]).toEqual([undefined, []]);
  });

  it('refuses a move into a month that was closed meanwhile', async () => {
    const usage = open();
    const { accountId, measured, book } = anAccount(usage);
    const head = (await book(measured(7n)))!;
    await usage.closeBilling(accountId, '2026-11', '2026-12-02T12:00:00.000Z');

    const move = { head: { ...head, version: 2 }, series: [], difference: {}, platformDifference: {}, meteredDifference: {}, platformMeteredDifference: {}, bookedAt: '2026-12-02T12:00:01.000Z' };

    expect(await usage.move({ ...move, billingMonth: '2026-11' })).toBe(false);
    expect(await usage.move({ ...move, billingMonth: '2026-12' })).toBe(true);
  });
};

/** What every keeper of the books does. */
export const describeUsageLedger = (open: () => UsageStore): void => {
  describeClosing(open);
  describeCorrections(open);

  it('keeps every move for good', async () => {
    const usage = open();
    const { accountId, measured, book } = anAccount(usage);
    for (const amount of [5n, 2n, 2n, 8n]) await book(measured(amount, { priceBookId: 'book-1', priceTermsId: 'terms-1' }));

    const all = await usage.entriesAfter(accountId, '2026-12-01T00:00:00.000Z', 10);
    const later = await usage.entriesAfter(accountId, all[0]!.bookedAt, 1);

    expect(all.map(({ version, status, difference }) => [version, status, difference.packagingNanoUsd])).toEqual([[1, 'FINAL', 5n], [2, 'CORRECTED', -3n], [3, 'CORRECTED', 6n]]);
    expect(all[0]).toMatchObject({ owner: measured(0n).owner, month: '2026-11', billingMonth: '2026-11', priceBookId: 'book-1', priceTermsId: 'terms-1', platformDifference: {}, meteredDifference: {} });
    expect(later).toEqual([all[1]]);
    expect(sumMeasures(all.map(({ difference }) => difference))).toEqual((await usage.accountUsage(accountId, '2026-11')).measures);
  });

  it('keeps the overheads of the platform, which nobody is billed', async () => {
    const usage = open();
    const { measured, book } = anAccount(usage);
    const owner = { kind: 'PLATFORM' as const, purpose: `pipeline/${accounts}` };

    const head = await book({ ...measured(0n), owner, lines: [aLineThatAdds({ streamingNanoUsd: 3n }, { owner: 'PLATFORM' })] });

    expect(head).toMatchObject({ owner, totals: { streamingNanoUsd: 3n }, platformTotals: {} });
    expect(await usage.entriesAfter(undefined, '2026-12-01T00:00:00.000Z', 100)).toContainEqual(expect.objectContaining({ owner, difference: { streamingNanoUsd: 3n, finalProfiles: 1n } }));
  });
};
