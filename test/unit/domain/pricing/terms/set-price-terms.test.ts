import fc from 'fast-check';
import type { Agreement } from '../../../../../lambda/domain/pricing/terms/price-terms.ts';
import { termsInForce } from '../../../../../lambda/domain/pricing/terms/price-terms.ts';
import { readPriceTerms } from '../../../../../lambda/domain/pricing/terms/read-price-terms.ts';
import { setPriceTerms } from '../../../../../lambda/domain/pricing/terms/set-price-terms.ts';
import { aCaller, anAccount } from '../../../../support/shows/a-plan.ts';
import { memoryPriceTerms, somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';

const account = anAccount();
const { accountId } = account;
const operator = aCaller({ accountId: 'PLATFORM', subject: 'operator' });
const nothing: Agreement = { markUpPercent: {}, flatUsd: {} };

const setUp = () => {
  const terms = memoryPriceTerms();
  const world = { now: Date.parse('2026-11-23T10:00:00Z') };
  const deps = { accounts: { get: async () => account }, terms, now: () => world.now };
  const set = (agreement: Partial<Agreement>, more: { effectiveFrom?: string; expectedRevision?: number } = {}) =>
    setPriceTerms(deps)({ caller: operator, accountId, agreement: { ...nothing, ...agreement }, ...more });
  return { world, deps, terms, set, read: () => readPriceTerms(deps)(operator, accountId) };
};

describe('setPriceTerms', () => {
  it('keeps each agreement as a version of its own', async () => {
    const { set, read, world } = setUp();

    const first = await set({ markUpPercent: { delivery: '15' } });
    world.now += 60_000;
    const second = await set({ flatUsd: { delivery: '0.05' } }, { effectiveFrom: '2026-12-01T00:00:00.000Z', expectedRevision: 1 });

    expect(first).toMatchObject({ termsId: `${accountId}@1`, effectiveFrom: '2026-11-23T10:00:00.000Z', setBy: 'operator' });
    expect(second).toMatchObject({ version: 2, setAt: '2026-11-23T10:01:00.000Z' });
    expect(await read()).toEqual({ accountId, inForce: first.termsId, versions: [first, second] });
    world.now = Date.parse('2026-12-01T00:00:00Z');
    expect(await read()).toMatchObject({ inForce: second.termsId });
  });

  it('rejects terms for what has been used already', async () => {
    await expect(setUp().set({}, { effectiveFrom: '2026-11-23T09:59:59.999Z' })).rejects.toMatchObject({ code: 'terms-in-past', fields: [{ field: '/effectiveFrom' }] });
  });

  it('rejects a change that was decided on another version', async () => {
    await expect(setUp().set({}, { expectedRevision: 1 })).rejects.toMatchObject({ code: 'revision-mismatch' });
  });

  it.each([
    [{ markUpPercent: { delivery: '-100.1' } }, '/markUpPercent/delivery'],
    [{ markUpPercent: { storage: 'NaN' } }, '/markUpPercent/storage'],
    [{ markUpPercent: { storage: '1e3' } }, '/markUpPercent/storage'],
    [{ flatUsd: { streaming: '-1' } }, '/flatUsd/streaming'],
    [{ flatUsd: { streaming: '1234567890' } }, '/flatUsd/streaming'],
    [{ flatUsd: { streaming: '1' }, markUpPercent: { streaming: '1' } }, '/flatUsd/streaming'],
    [{ monthlyMinimumUsd: 'free' }, '/monthlyMinimumUsd'],
    [{ pipelineHourUsd: '' }, '/pipelineHourUsd'],
    [{ viewerHourUsd: '-0.1' }, '/viewerHourUsd'],
  ])('rejects %j', async (agreement, field) => {
    await expect(setUp().set(agreement)).rejects.toMatchObject({ code: 'invalid-price-terms', fields: [{ field }] });
  });

  it('numbers versions one by one when several are set at once', async () => {
    const { set, read } = setUp();

    await Promise.all(['1', '2', '3', '4'].map((delivery) => set({ markUpPercent: { delivery } })));

    expect((await read()).versions.map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('never touches what was in force before it was set', () => {
    const day = (offset: number): string => new Date(Date.UTC(2026, 10, 1 + offset)).toISOString();
    const versions = fc.array(fc.record({ wait: fc.nat(5), ahead: fc.nat(20) }), { maxLength: 6 });

    fc.assert(
      fc.property(versions, fc.nat(60), (plans, asked) => {
        let setDay = 0;
        const all = plans.map(({ wait, ahead }, index) => {
          setDay += wait;
          return somePriceTerms({ version: index + 1, termsId: `t${index}`, setAt: day(setDay), effectiveFrom: day(setDay + ahead) });
        });
        const known = all.filter(({ setAt }) => setAt <= day(asked));
        expect(termsInForce(all, day(asked))).toEqual(termsInForce(known, day(asked)));
      }),
    );
  });
});
