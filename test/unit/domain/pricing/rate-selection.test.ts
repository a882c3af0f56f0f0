import { conversionCriteria } from '../../../../lambda/domain/pricing/conversion-rates.ts';
import { transferCriteria } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { ingestCriteria } from '../../../../lambda/domain/pricing/packaging-rates.ts';
import { selectRate } from '../../../../lambda/domain/pricing/rate-selection.ts';
import type { Rate } from '../../../../lambda/domain/pricing/rate.ts';
import { idleChannelCriteria, outputCriteria } from '../../../../lambda/domain/pricing/streaming-rates.ts';
import { aPriceBook, aRate, someRates } from '../../../support/usage/a-price-book.ts';

const ingest = ingestCriteria('us-east-1');
const ingestRate = (overrides: Partial<Rate> = {}): Rate => aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', '0.0300000000', overrides);
const output = outputCriteria('us-east-1', 'SINGLE_PIPELINE', { codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30 });
const selected = (rates: readonly Rate[], criteria = ingest) => selectRate(aPriceBook({ rates }), criteria);

describe('selectRate', () => {
  it('finds the one rate on demand beside a reserved one', () => {
    expect(selected(someRates, output)).toMatchObject({ rate: { usageType: 'EML1-USE1-OUT-AVC-HD-L10-30-S' } });
    expect(selected([ingestRate({ attributes: { regionCode: 'us-east-1', reserveType: '12 months' } })])).toEqual({ unpriced: 'no SKU for live ingest in us-east-1' });
    expect(selected([ingestRate({ attributes: { regionCode: 'us-east-1', reserveType: 'NA' } })])).toHaveProperty('rate');
  });

  it.each<[string, readonly Rate[], RegExp]>([
    ['there is none', [], /^no SKU for live ingest in us-east-1$/],
    ['there are two', [ingestRate(), ingestRate({ sku: 'other' })], /^2 SKUs for live ingest in us-east-1: SKU-USE1-EMP-ingest-bytes, other$/],
    ['it is of another Region', [ingestRate({ attributes: { regionCode: 'eu-west-1' } })], /^no SKU/],
    ['it names no Region', [ingestRate({ attributes: {} })], /^no SKU/],
    ['it is in another unit', [ingestRate({ unit: 'MB' })], /is in MB, expected gb or gigabytes$/],
    ['its price is no number', [ingestRate({ tiers: [{ from: '0', usdPerUnit: 'NaN', rateCode: 'one' }] })], /cannot be charged by: the price of one is "NaN"/],
    ['its price is negative', [ingestRate({ tiers: [{ from: '0', usdPerUnit: '-1', rateCode: 'one' }] })], /cannot be charged by: the price of one is "-1"/],
    ['it has no price', [ingestRate({ tiers: [] })], /cannot be charged by: it has no price/],
    ['its tiers leave a gap', [ingestRate({ tiers: [{ from: '5', usdPerUnit: '1', rateCode: 'one' }] })], /cannot be charged by: its tiers are 5 to Inf/],
    ['its factor is no number', [ingestRate({ attributes: { regionCode: 'us-east-1', normalizationRatio: 'x' } })], /cannot be charged by: its normalizationRatio is "x"/],
  ])('fails closed when %s', (_what, rates, reason) => {
    expect(selected(rates)).toEqual({ unpriced: expect.stringMatching(reason) });
  });

  it('fails closed without a book, and for what no list has', () => {
    expect(selectRate(undefined, ingest)).toEqual({ unpriced: 'no price book for live ingest in us-east-1: run the price book refresh' });
    expect(selected(someRates, conversionCriteria('us-east-1', { videoCodec: 'FRAME_CAPTURE', isAccelerated: false }))).toHaveProperty('unpriced');
    expect(selected(someRates, outputCriteria('us-east-1', 'STANDARD', { codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 51_000_000, framesPerSecond: 30 }))).toHaveProperty('unpriced');
  });

  it('takes no factor where the list has none, however it says so', () => {
    for (const normalizationRatio of ['NA', 'N/A', '', '1.5']) expect(selected([ingestRate({ attributes: { regionCode: 'us-east-1', normalizationRatio } })])).toHaveProperty('rate');
  });

  it('finds what has one price everywhere, and what only its operation names', () => {
    expect(selected(someRates, transferCriteria('EU'))).toMatchObject({ rate: { usageType: 'EU-DataTransfer-Out-Bytes' } });
    expect(selected(someRates, idleChannelCriteria('us-east-1'))).toMatchObject({ rate: { usageType: 'USE1-idle-channel' } });
  });
});
