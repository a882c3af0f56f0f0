import fc from 'fast-check';
import { functionInvocationCriteria, transferCriteria } from '../../../../../lambda/domain/pricing/delivery-rates.ts';
import { ingestCriteria } from '../../../../../lambda/domain/pricing/packaging-rates.ts';
import type { PriceBook } from '../../../../../lambda/domain/pricing/price-book.ts';
import type { Rate } from '../../../../../lambda/domain/pricing/rate.ts';
import { storageCriteria } from '../../../../../lambda/domain/pricing/storage-rates.ts';
import type { PriceTerms } from '../../../../../lambda/domain/pricing/terms/price-terms.ts';
import { chargedLines } from '../../../../../lambda/domain/usage/charges/charged-lines.ts';
import { sumMeasures } from '../../../../../lambda/domain/usage/measures.ts';
import { rerated } from '../../../../../lambda/domain/usage/price-line.ts';
import { comparedLines } from '../../../../../lambda/domain/usage/rerating/compared-line.ts';
import { addReratings, reratingSum, type ReratingSum } from '../../../../../lambda/domain/usage/rerating/rerating-sum.ts';
import type { UsageLine } from '../../../../../lambda/domain/usage/usage-line.ts';
import { chargeOf, costOf } from '../../../../../lambda/domain/usage/usage-view.ts';
import { aPriceBook, someRates } from '../../../../support/usage/a-price-book.ts';
import { aLine } from '../../../../support/usage/a-profile.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';

const kinds = [
  { category: 'packaging', criteria: ingestCriteria('us-east-1'), perUnit: 1n << 30n, measure: 'packagingIngressBytes' },
  { category: 'delivery', criteria: transferCriteria('US'), perUnit: 1n << 30n, measure: 'deliveryAttributedBytes' },
  { category: 'delivery', criteria: functionInvocationCriteria, perUnit: 1n, measure: 'deliveryRequests' },
  { category: 'storage', criteria: storageCriteria('us-east-1'), perUnit: (1n << 30n) * 2_592_000_000n, measure: 'storageNanoGigabyteMonths' },
] as const;

const quantity = fc.record({ kind: fc.constantFrom(...kinds), base: fc.bigInt({ min: 0n, max: 1n << 70n }), isPlatforms: fc.boolean() });

const linesOf = (quantities: readonly { kind: (typeof kinds)[number]; base: bigint; isPlatforms: boolean }[]): readonly UsageLine[] =>
  quantities.map(({ kind: { category, criteria, perUnit, measure }, base, isPlatforms }, index) =>
    aLine({ key: `line/${index}`, category, owner: isPlatforms ? 'PLATFORM' : 'BREAKOUT', adds: { [measure]: base }, basis: { criteria, base, perUnit } }),
  );

const price = fc.integer({ min: 0, max: 9_999_999 }).map((digits) => `0.${String(digits).padStart(10, '0')}`);

/** Any book: each rate at another price, or not in it. */
const book: fc.Arbitrary<PriceBook> = fc
  .array(fc.option(price, { nil: undefined }), { minLength: someRates.length, maxLength: someRates.length })
  .map((prices) => aPriceBook({ rates: someRates.flatMap((rate, index): readonly Rate[] => (prices[index] === undefined ? [] : [{ ...rate, tiers: [{ from: '0', usdPerUnit: prices[index], rateCode: 'one' }] }])) }));

const terms: fc.Arbitrary<PriceTerms | undefined> = fc.option(
  fc.record({ markUp: fc.integer({ min: -100, max: 500 }), isFlat: fc.boolean() }).map(({ markUp, isFlat }) => somePriceTerms({ markUpPercent: { packaging: String(markUp) }, flatUsd: isFlat ? { delivery: '0.2' } : {} })),
  { nil: undefined },
);

const booked = (quantities: readonly { kind: (typeof kinds)[number]; base: bigint; isPlatforms: boolean }[], first: PriceBook, agreed: PriceTerms | undefined): readonly UsageLine[] =>
  chargedLines(linesOf(quantities).map((line) => rerated(line, first)), agreed);

const own = (lines: readonly UsageLine[]) => sumMeasures(lines.filter(({ owner }) => owner === 'BREAKOUT').map(({ adds }) => adds));

describe('rating again', () => {
  it('with what is booked says the same of every line', () => {
    fc.assert(
      fc.property(fc.array(quantity, { maxLength: 12 }), book, terms, (quantities, first, agreed) => {
        const lines = booked(quantities, first, agreed);

        for (const { was, is } of comparedLines(lines, { book: first, terms: agreed })) expect(is).toEqual(was);
      }),
      { numRuns: 300 },
    );
  });

  it('sums to what is booked, and to what the other book would have booked', () => {
    fc.assert(
      fc.property(fc.array(quantity, { maxLength: 12 }), book, book, terms, terms, (quantities, first, other, agreed, others) => {
        const lines = booked(quantities, first, agreed);
        const sum = reratingSum(comparedLines(lines, { book: other, terms: others }), 'BREAKOUT');
        const directly = booked(quantities, other, others);

        expect(sum.was).toEqual({ nanoUsd: costOf(own(lines)), chargeNanoUsd: chargeOf(own(lines)) });
        expect(sum.is).toEqual({ nanoUsd: costOf(own(directly)), chargeNanoUsd: chargeOf(own(directly)) });
        for (const name of ['nanoUsd', 'chargeNanoUsd'] as const) {
          expect(sum.is[name] - sum.was[name]).toBe(sum.difference[name] + sum.notCompared.is[name] - sum.notCompared.was[name]);
        }
        expect(sum.unpricedLines).toBe(directly.filter(({ owner, unpriced }) => owner === 'BREAKOUT' && unpriced !== undefined).length);
      }),
      { numRuns: 300 },
    );
  });

  it('of parts sums to that of the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.array(quantity, { maxLength: 5 }), { maxLength: 5 }), book, book, (shows, first, other) => {
        const compared = shows.map((quantities) => comparedLines(booked(quantities, first, undefined), { book: other, terms: undefined }));
        const sums: readonly ReratingSum[] = compared.map((lines) => reratingSum(lines, 'BREAKOUT'));

        expect(addReratings(sums)).toEqual(reratingSum(compared.flat(), 'BREAKOUT'));
      }),
      { numRuns: 100 },
    );
  });
});
