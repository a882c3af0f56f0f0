import fc from 'fast-check';
import { fraction, roundHalfEven } from '../../../../../lambda/domain/pricing/fraction.ts';
import { camInputCriteria, camOutputCriteria } from '../../../../../lambda/domain/pricing/cam-rates.ts';
import { ingestCriteria } from '../../../../../lambda/domain/pricing/packaging-rates.ts';
import type { RateCriteria } from '../../../../../lambda/domain/pricing/rate-criteria.ts';
import { chargedLines } from '../../../../../lambda/domain/usage/charges/charged-lines.ts';
import { sumMeasures, usageCategories } from '../../../../../lambda/domain/usage/measures.ts';
import { rerated } from '../../../../../lambda/domain/usage/price-line.ts';
import { costOf, chargeOf } from '../../../../../lambda/domain/usage/usage-view.ts';
import type { UsageLine } from '../../../../../lambda/domain/usage/usage-line.ts';
import { aPriceBook } from '../../../../support/usage/a-price-book.ts';
import { aLine, aLineThatAdds } from '../../../../support/usage/a-profile.ts';
import { somePriceTerms } from '../../../../support/usage/memory-price-terms.ts';

const gigabyte = 1n << 30n;
/** Ingest at 0.03 USD a GB. */
const ingress = (bytes: bigint, overrides: Partial<UsageLine> = {}): UsageLine =>
  rerated(aLine({ adds: { packagingIngressBytes: bytes }, basis: { criteria: ingestCriteria('us-east-1'), base: bytes, perUnit: gigabyte }, ...overrides }), aPriceBook());
const running = (milliseconds: bigint): UsageLine => aLineThatAdds({ streamingRunMilliseconds: milliseconds }, { key: 'streaming/run-1/time', category: 'streaming' });
/** An hour of input of a STANDARD Cam channel at 2 USD, and so many hours of viewers in North America, in Full HD, at 0.15 USD. */
const camLines = (viewerHours: bigint): readonly UsageLine[] => {
  const camLine = (key: string, milliseconds: bigint, adds: UsageLine['adds'], criteria: RateCriteria): UsageLine =>
    rerated(aLine({ key: `streaming/${key}`, category: 'streaming', service: 'IVS', adds, basis: { criteria, base: milliseconds, perUnit: 3_600_000n } }), aPriceBook());
  const viewed = viewerHours * 3_600_000n;
  return [
    aLineThatAdds({ streamingRunMilliseconds: 3_600_000n }, { key: 'streaming/session-st-1/time', category: 'streaming', service: 'IVS' }),
    camLine('input', 3_600_000n, { streamingInputMilliseconds: 3_600_000n }, camInputCriteria('us-east-1', 'STANDARD')),
    camLine('output/NA', viewed, { streamingDeliveredMilliseconds: viewed }, camOutputCriteria('us-east-1', 'NA', 'FULL_HD')),
  ];
};
const chargesByKey = (lines: readonly UsageLine[]) => Object.fromEntries(lines.flatMap(({ key, chargeNanoUsd }) => (chargeNanoUsd === undefined ? [] : [[key, chargeNanoUsd]])));
const totals = (lines: readonly UsageLine[]) => sumMeasures(lines.map(({ adds }) => adds));

describe('chargedLines', () => {
  it('charges what it costs without terms', () => {
    const [line] = chargedLines([ingress(2n * gigabyte)], undefined);

    expect(line).toMatchObject({ nanoUsd: 60_000_000n, chargeNanoUsd: 60_000_000n, adds: { packagingChargeNanoUsd: 60_000_000n } });
    expect(line?.chargedBy).toBeUndefined();
  });

  it('puts a mark-up on the exact cost and rounds once', () => {
    // 13 bytes cost 0.36 nano-dollars, and with 50 % on top 0.54.
    const [line] = chargedLines([ingress(13n)], somePriceTerms({ markUpPercent: { packaging: '50' } }));

    expect(line).toMatchObject({ nanoUsd: 0n, chargeNanoUsd: 1n });
    expect(line?.chargedBy).toMatch(/^price terms acc_.*@1: cost and 50 %, half-even to 9 decimals from 0\.000000000544/);
  });

  it('takes a discount off to nothing at -100 %', () => {
    expect(chargedLines([ingress(gigabyte)], somePriceTerms({ markUpPercent: { packaging: '-100' } }))[0]).toMatchObject({ nanoUsd: 30_000_000n, chargeNanoUsd: 0n });
  });

  it('charges a flat rate in a line of its own, instead of the cost lines', () => {
    const lines = chargedLines([ingress(gigabyte), ingress(gigabyte / 2n, { key: 'packaging/run-2/ingress' })], somePriceTerms({ flatUsd: { packaging: '0.10' } }));

    expect(lines.map(({ key, nanoUsd, chargeNanoUsd }) => [key, nanoUsd, chargeNanoUsd])).toEqual([
      ['packaging/ingress', 30_000_000n, undefined],
      ['packaging/run-2/ingress', 15_000_000n, undefined],
      ['charge/flat/packaging', undefined, 150_000_000n],
    ]);
    expect(lines[2]).toMatchObject({
      service: 'price terms', quantity: { amount: gigabyte + gigabyte / 2n, unit: 'bytes' }, billable: { unit: 'GB' }, adds: { packagingChargeNanoUsd: 150_000_000n },
      chargedBy: expect.stringContaining('0.10 USD a GB, half-even to 9 decimals from 0.15'),
    });
  });

  it('charges a flat rate also where the list has no price', () => {
    const unpriced = rerated(ingress(gigabyte), aPriceBook({ rates: [] }));

    const lines = chargedLines([unpriced], somePriceTerms({ flatUsd: { packaging: '0.10' } }));

    expect(lines[0]?.unpriced).toMatch(/no SKU/);
    expect(lines[1]).toMatchObject({ chargeNanoUsd: 100_000_000n });
  });

  it('sells what goes on by itself apart from what is settled', () => {
    const lines = chargedLines([ingress(gigabyte), ingress(gigabyte, { key: 'later', accrues: true })], somePriceTerms({ flatUsd: { packaging: '1' } }));

    expect(lines.slice(2).map(({ key, accrues, chargeNanoUsd }) => [key, accrues, chargeNanoUsd])).toEqual([
      ['charge/flat/packaging', undefined, 1_000_000_000n],
      ['charge/flat/packaging/accruing', true, 1_000_000_000n],
    ]);
  });

  it("sells hours of streaming flat without giving Cam viewers' hours away", () => {
    const lines = chargedLines(camLines(6_000n), somePriceTerms({ flatUsd: { streaming: '5', delivery: '0.09' } }));

    expect(chargesByKey(lines)).toEqual({ 'streaming/output/NA': 900_000_000_000n, 'charge/flat/streaming': 5_000_000_000n });
    expect([costOf(totals(lines)), chargeOf(totals(lines))]).toEqual([902_000_000_000n, 905_000_000_000n]);
  });

  it("sells Cam viewers' hours flat, with their volume tiers, apart from hours of streaming", () => {
    const tiers = aLine({ key: 'tier/SKU1', owner: 'ACCOUNT', category: 'streaming', service: 'IVS', nanoUsd: -1_000n, chargeNanoUsd: -1_000n, adds: { streamingNanoUsd: -1_000n, streamingChargeNanoUsd: -1_000n } });

    const [flat, both] = [{}, { streaming: '5' }].map((flatUsd) => chargesByKey(chargedLines([...camLines(6_000n), tiers], somePriceTerms({ flatUsd, viewerHourUsd: '0.2' }))));
    const atCost = chargesByKey(chargedLines([tiers], somePriceTerms({ flatUsd: { streaming: '5' } })));

    expect(flat).toEqual({ 'streaming/input': 2_000_000_000n, 'charge/flat/viewer-hours': 1_200_000_000_000n });
    expect(both).toEqual({ 'charge/flat/streaming': 5_000_000_000n, 'charge/flat/viewer-hours': 1_200_000_000_000n });
    expect(atCost).toEqual({ 'tier/SKU1': -1_000n });
  });

  it("sells a Pro show's hours flat, whatever a viewer's hour is sold at", () => {
    const run = aLine({ key: 'streaming/run-1/input', category: 'streaming', service: 'MediaLive', nanoUsd: 7n, adds: { streamingNanoUsd: 7n } });

    expect(chargesByKey(chargedLines([running(3_600_000n), run], somePriceTerms({ flatUsd: { streaming: '5' }, viewerHourUsd: '0.2' })))).toEqual({ 'charge/flat/streaming': 5_000_000_000n });
  });

  it('charges a fee for pipeline hours beside the usage', () => {
    const [, fee] = chargedLines([running(5_400_000n)], somePriceTerms({ pipelineHourUsd: '2' }));

    expect(fee).toMatchObject({ key: 'charge/pipeline-hours', category: 'streaming', chargeNanoUsd: 3_000_000_000n, adds: { streamingChargeNanoUsd: 3_000_000_000n } });
    expect(fee?.nanoUsd).toBeUndefined();
  });

  it('charges nobody for what the platform bears', () => {
    const lines = chargedLines([ingress(gigabyte, { owner: 'PLATFORM' })], somePriceTerms({ flatUsd: { packaging: '1' }, pipelineHourUsd: '1' }));

    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ nanoUsd: 30_000_000n, adds: { packagingIngressBytes: gigabyte, packagingNanoUsd: 30_000_000n } });
    expect(chargeOf(totals(lines))).toBe(0n);
  });

  const percent = fc.constantFrom(undefined, '0', '15', '-2.5', '33.333333');
  const flat = fc.constantFrom(undefined, '0', '0.07', '12.3456789012');
  const someTerms = fc.record({ packaging: fc.oneof(percent.map((value) => ({ value, isFlat: false })), flat.map((value) => ({ value, isFlat: true }))), fee: flat }).map(({ packaging: { value, isFlat }, fee }) =>
    somePriceTerms({
      ...(value === undefined ? {} : { [isFlat ? 'flatUsd' : 'markUpPercent']: { packaging: value } }),
      ...(fee === undefined ? {} : { pipelineHourUsd: fee }),
    }),
  );
  const someLines = fc.array(fc.bigInt(0n, 10n ** 15n), { maxLength: 5 }).map((bytes) => [...bytes.map((one, index) => ingress(one, { key: `packaging/${index}` })), running(3_600_001n)]);

  it('says the same whatever was charged before', () => {
    fc.assert(
      fc.property(someLines, fc.option(someTerms, { nil: undefined }), someTerms, (lines, before, terms) => {
        expect(chargedLines(chargedLines(lines, before), terms)).toEqual(chargedLines(lines, terms));
      }),
    );
  });

  it('never changes what it costs', () => {
    fc.assert(
      fc.property(someLines, someTerms, (lines, terms) => {
        expect(costOf(totals(chargedLines(lines, terms)))).toBe(costOf(totals(lines)));
      }),
    );
  });

  it('sums its lines in the measures of every category', () => {
    fc.assert(
      fc.property(someLines, someTerms, (lines, terms) => {
        const charged = chargedLines(lines, terms);
        const sum = totals(charged);
        for (const category of usageCategories) {
          const own = charged.filter((line) => line.category === category).reduce((all, { chargeNanoUsd = 0n }) => all + chargeNanoUsd, 0n);
          expect(sum[`${category}ChargeNanoUsd`] ?? 0n).toBe(own);
        }
      }),
    );
  });

  it('rounds a flat charge once, half-even', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 16n), fc.nat(10 ** 9), (bytes, nanos) => {
        const usd = `${Math.floor(nanos / 1e9)}.${String(nanos % 1e9).padStart(9, '0')}`;
        const flatLine = chargedLines([ingress(bytes)], somePriceTerms({ flatUsd: { packaging: usd } })).at(-1);
        expect(flatLine?.chargeNanoUsd).toBe(roundHalfEven(fraction(bytes * BigInt(nanos), gigabyte)));
      }),
    );
  });
});
