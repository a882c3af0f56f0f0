import { bookProfile } from '../../../support/usage/book-profile.ts';
import { closeMonth } from '../../../../lambda/domain/usage/close-month.ts';
import { anAccount, aBreakout, aCaller } from '../../../support/shows/a-plan.ts';
import { memoryPlans } from '../../../support/shows/memory-plans.ts';
import { aBreakoutOwner, aLineThatAdds, aMeasuredProfile } from '../../../support/usage/a-profile.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { somePriceTerms } from '../../../support/usage/memory-price-terms.ts';
import { memoryUsageStore } from '../../../support/usage/memory-usage-store.ts';
import { ownLinesDeps } from '../../../support/usage/own-lines.ts';
import type { PriceTerms } from '../../../../lambda/domain/pricing/terms/price-terms.ts';

const account = anAccount({ accountId: itemIds.account });
const caller = aCaller({ accountId: itemIds.account });

const anOffice = (at = '2026-12-03T00:00:00.000Z', ...terms: PriceTerms[]) => {
  const usage = memoryUsageStore();
  const { breakouts } = memoryPlans();
  const now = (): number => Date.parse(at);
  const own = ownLinesDeps({ usage, accountIds: [itemIds.account], terms, now });
  const deps = { ...own, accounts: { ...own.accounts, get: async () => account }, breakouts, usage };
  const close = (month = '2026-11') => closeMonth(deps)({ caller, accountId: itemIds.account, month });
  return { usage, deps, close, breakouts, book: bookProfile({ usage, now: () => new Date(at) }) };
};

const ofBreakout = (index: number, overrides: Parameters<typeof aMeasuredProfile>[0] = {}) =>
  aMeasuredProfile({ owner: aBreakoutOwner({ breakoutId: `bko_${index}` }), ...overrides });

describe('closeMonth', () => {
  it('freezes a month whose profiles are final', async () => {
    const { close, book, usage } = anOffice();
    await book(ofBreakout(1, { stage: 'FINAL' }));

    const closed = await close();
    await book(ofBreakout(1, { stage: 'FINAL', lines: [aLineThatAdds({ packagingIngressBytes: 1n })] }));

    expect(closed).toMatchObject({ month: '2026-11', closedAt: '2026-12-03T00:00:00.000Z', measures: { packagingIngressBytes: 1000n } });
    expect(await close()).toEqual(closed);
    expect((await usage.billing(itemIds.account, '2026-12')).measures).toMatchObject({ packagingIngressBytes: -999n });
  });

  it('books what the account bears itself before, and nothing of others', async () => {
    const { close, book, usage } = anOffice('2026-12-01T03:00:00.000Z', somePriceTerms({ monthlyMinimumUsd: '10' }), somePriceTerms({ accountId: 'acc_other', monthlyMinimumUsd: '10' }));
    await book(ofBreakout(1, { stage: 'FINAL', lines: [aLineThatAdds({ deliveryChargeNanoUsd: 1n }, { metered: { sku: 'RUNS', base: 1_000_000n, perUnit: 1n } })] }));

    const { measures } = await close();

    // A million runs of edge functions were rated at 0.10 USD and are free.
    expect(measures).toMatchObject({ deliveryChargeNanoUsd: -99_999_999n, minimumChargeNanoUsd: 10_099_999_999n, finalProfiles: 3n });
    expect((await usage.billing('acc_other', '2026-11')).measures).toEqual({});
  });

  it.each([
    ['2026-12', 'month 2026-12 is not over, expected one that has ended: close it after 2027-01-01T00:00:00.000Z'],
    ['2027-02', 'month 2027-02 has not begun'],
  ])('rejects %s, which is not over', async (month, message) => {
    await expect(anOffice().close(month)).rejects.toMatchObject({ name: 'Conflict', code: 'month-not-over', message: expect.stringContaining(message) as unknown });
  });

  it('rejects what is no month, and months of others', async () => {
    const { close, deps } = anOffice();
    const foreign = closeMonth(deps);

    await expect(close('November')).rejects.toMatchObject({ name: 'InvalidInput', code: 'invalid-month' });
    await expect(foreign({ caller: aCaller({ accountId: 'acc_other' }), accountId: itemIds.account, month: '2026-11' })).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('rejects a month with profiles that are not final, and names five', async () => {
    const { close, book } = anOffice();
    for (let index = 0; index < 7; index += 1) await book(ofBreakout(index));

    await expect(close()).rejects.toMatchObject({
      code: 'month-not-final',
      message: expect.stringContaining('7 profiles are not final in 2026-11 (bko_0, bko_1, bko_2, bko_3, bko_4 …), expected none') as unknown,
      details: { count: '7', first: ['bko_0', 'bko_1', 'bko_2', 'bko_3', 'bko_4'] },
    });
  });

  it('rejects a month in which something still accrues', async () => {
    const { close, book } = anOffice();
    await book(ofBreakout(1, { stage: 'FINAL', accrual: 'OPEN' }));

    await expect(close()).rejects.toMatchObject({ code: 'month-not-final', details: { count: '1', first: ['bko_1'] } });
  });

  it('rejects a month in which a show was started that is not settled', async () => {
    const { close, breakouts } = anOffice();
    const show = aBreakout({ accountId: itemIds.account, status: 'RUNNING', startRequestedAt: '2026-11-30T23:59:00.000Z' });
    await breakouts.save(show);
    await breakouts.save(aBreakout({ accountId: itemIds.account, status: 'RUNNING', startRequestedAt: '2026-12-01T00:00:00.000Z' }));

    await expect(close()).rejects.toMatchObject({ code: 'month-not-final', message: expect.stringContaining(`1 show is not final in 2026-11 (${show.breakoutId})`) as unknown });
    await breakouts.save({ ...show, finalisedAt: '2026-12-01T12:00:00.000Z', revision: 2 });
    expect((await close()).closedAt).toBeDefined();
  });

  it('loses no booking that comes while it closes', async () => {
    const { usage, deps, book } = anOffice();
    const closing = closeMonth({
      ...deps,
      usage: {
        ...usage,
        closeBilling: async (...parameters) => {
          await book(ofBreakout(1));
          return usage.closeBilling(...parameters);
        },
      },
    });

    await expect(closing({ caller, accountId: itemIds.account, month: '2026-11' })).rejects.toMatchObject({ code: 'month-not-final' });

    expect((await usage.billing(itemIds.account, '2026-11')).measures).toMatchObject({ provisionalProfiles: 1n });
  });
});
