import fc from 'fast-check';
import { rateCriteriaSchema } from '../../../../lambda/adapters/dynamodb/rate-criteria-schema.ts';
import { conversionCriteria } from '../../../../lambda/domain/pricing/conversion-rates.ts';
import { functionInvocationCriteria, priceGeographies, requestCriteria, storeReadCriteria, transferCriteria } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { ingestCriteria, originationCriteria } from '../../../../lambda/domain/pricing/packaging-rates.ts';
import { parseDecimal } from '../../../../lambda/domain/pricing/fraction.ts';
import type { RateCriteria } from '../../../../lambda/domain/pricing/rate-criteria.ts';
import { infrequentStorageCriteria, putRequestCriteria, storageCriteria } from '../../../../lambda/domain/pricing/storage-rates.ts';
import { idleChannelCriteria, idleInputCriteria, inputCriteria, outputCriteria } from '../../../../lambda/domain/pricing/streaming-rates.ts';
import { pricedLine, rerated } from '../../../../lambda/domain/usage/price-line.ts';
import type { RatingBasis } from '../../../../lambda/domain/usage/usage-line.ts';
import { aPriceBook, aRate, someRates } from '../../../support/usage/a-price-book.ts';
import { aLine } from '../../../support/usage/a-profile.ts';
import { aRanOutput } from '../../../support/usage/a-show.ts';

const region = 'us-east-1';
const everyCriteria: readonly RateCriteria[] = [
  inputCriteria(region, 'STANDARD', { codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_10_MBPS' }),
  outputCriteria(region, 'SINGLE_PIPELINE', aRanOutput()),
  outputCriteria(region, 'STANDARD', aRanOutput({ bitsPerSecond: 90_000_000, framesPerSecond: 120 })),
  idleChannelCriteria(region), idleInputCriteria(region), ingestCriteria(region), originationCriteria(region), functionInvocationCriteria, storeReadCriteria,
  ...priceGeographies.flatMap((geography) => [transferCriteria(geography), requestCriteria(geography, 'http')]),
  conversionCriteria(region, { videoCodec: 'H_264', widthPixels: 1920, heightPixels: 1080, framesPerSecond: 30, qualityTuning: 'SINGLE_PASS', isAccelerated: false }),
  conversionCriteria(region, { videoCodec: 'FRAME_CAPTURE', isAccelerated: false }),
  conversionCriteria(region, { isAccelerated: false }),
  storageCriteria(region), infrequentStorageCriteria(region), putRequestCriteria(region),
];

const aDraft = (basis: Partial<RatingBasis> = {}) => aLine({ adds: { packagingIngressBytes: 7n }, basis: { criteria: ingestCriteria(region), base: 7n << 30n, perUnit: 1n << 30n, ...basis } });
const rate = (basis: Partial<RatingBasis> = {}, book = aPriceBook()) => rerated(aDraft(basis), book);

describe('a line that has a price', () => {
  it.each(everyCriteria)('keeps $what as data', (criteria) => {
    expect(rateCriteriaSchema.parse(JSON.parse(JSON.stringify(criteria)))).toEqual(criteria);
  });

  it('says what it costs, what it counts as and what the customer pays', () => {
    expect(rate()).toMatchObject({
      nanoUsd: 210_000_000n,
      chargeNanoUsd: 210_000_000n,
      metered: { sku: 'SKU-USE1-EMP-ingest-bytes', base: 7n << 30n, perUnit: 1n << 30n },
      rounding: 'half-even to 9 decimals from 0.21',
      adds: { packagingIngressBytes: 7n, packagingNanoUsd: 210_000_000n, packagingChargeNanoUsd: 210_000_000n },
    });
  });

  it('is charged to nobody when the platform bears it', () => {
    const line = rerated({ ...aDraft(), owner: 'PLATFORM' }, aPriceBook());

    expect(line.nanoUsd).toBe(210_000_000n);
    expect(line.chargeNanoUsd).toBeUndefined();
    expect(line.adds).toEqual({ packagingIngressBytes: 7n, packagingNanoUsd: 210_000_000n });
  });

  it('counts towards the tiers in normalised units', () => {
    const book = aPriceBook({ rates: [aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', '0.03', { attributes: { regionCode: region, normalizationRatio: '1.50' } })] });

    expect(rate({ base: 4n, perUnit: 1n }, book)).toMatchObject({ metered: { base: 12n, perUnit: 2n }, nanoUsd: 180_000_000n });
  });

  it.each([-1n, 10n ** 33n])('is flagged and in no sum when its quantity is %s', (base) => {
    const line = rate({ base });

    expect(line.unpriced).toMatch(/cannot be, expected 0 to less than 10\^33/);
    expect(line.adds).toEqual({ packagingUnpricedLines: 1n });
    expect(line.nanoUsd).toBeUndefined();
  });

  it('is a function of line and book alone', () => {
    const basis = fc.record({ criteria: fc.constantFrom(...everyCriteria), base: fc.bigInt(0n, 10n ** 24n), perUnit: fc.bigInt(1n, 10n ** 12n) });
    const order = fc.shuffledSubarray([...someRates], { minLength: someRates.length });

    fc.assert(
      fc.property(fc.array(basis, { minLength: 1, maxLength: 10 }), order, (bases, rates) => {
        const before = bases.map((one) => rate(one));
        const again = [...bases].reverse().map((one) => rate(one, aPriceBook({ rates }))).reverse();
        expect(again).toEqual(before);
      }),
    );
  });

  it('comes back from another book and leaves no trace of it', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n), fc.stringMatching(/^\d{1,3}\.\d{1,10}$/), (base, usd) => {
        const first = rate({ base });
        const dearer = aPriceBook({ bookId: 'other', rates: [aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', usd)] });
        const none = rerated(rerated(first, dearer), aPriceBook({ rates: [] }));
        expect(none.unpriced).toBe('no SKU for live ingest in us-east-1');
        expect(rerated(none, aPriceBook())).toEqual(first);
      }),
    );
  });

  it('never rounds further than half a nano-dollar', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 20n), (base) => {
        const { nanoUsd = 0n } = rate({ base });
        const { numerator, denominator } = parseDecimal('0.03');
        const exact = base * numerator * 10n ** 9n;
        const scale = denominator * (1n << 30n);
        const off = nanoUsd * scale - exact;
        expect((off < 0n ? -off : off) * 2n <= scale).toBe(true);
      }),
    );
  });

  it('stays as it is when nothing tells what it is rated by', () => {
    const line = aLine({ unpriced: 'the edge location is on no list' });

    expect(rerated(line, aPriceBook())).toBe(line);
  });

  it('rejects a minimum, which has no price', () => {
    expect(() => pricedLine({ ...aDraft(), category: 'minimum', basis: { criteria: ingestCriteria(region), base: 1n, perUnit: 1n } }, aPriceBook())).toThrow(RangeError);
  });
});
