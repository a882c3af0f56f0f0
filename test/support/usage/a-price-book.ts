import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import type { PricedService, Rate } from '../../../lambda/domain/pricing/rate.ts';

/** A flat on-demand rate; the usage type also makes SKU and rate code. */
export const aRate = (service: PricedService, usageType: string, unit: string, usdPerUnit: string, overrides: Partial<Rate> = {}): Rate => ({
  sku: `SKU-${usageType}`,
  service,
  usageType,
  unit,
  tiers: [{ from: '0', usdPerUnit, rateCode: `SKU-${usageType}.JRTCKXETXF.6YS6EN2CT7` }],
  effectiveDate: '2026-11-01T00:00:00Z',
  attributes: service === 'AmazonCloudFront' ? {} : { regionCode: 'us-east-1' },
  ...overrides,
});

const media = 'AWSElementalMediaLive';
const edge = 'AmazonCloudFront';

const camInput = (inputType: string, usdPerUnit: string): Rate =>
  aRate('AmazonIVS', `USE1-LiveVideo-Input-${inputType}`, 'Hrs', usdPerUnit, { attributes: { regionCode: 'us-east-1', inputType } });

const camOutput = (outputType: string, toLocation: string, usdPerUnit: string): Rate =>
  aRate('AmazonIVS', `USE1-LiveVideo-Output-${outputType}-${toLocation}`, 'Hrs', usdPerUnit, { attributes: { regionCode: 'us-east-1', outputType, toLocation } });

/** Rates of everything that a show of the tests uses, at us-east-1's prices. */
export const someRates: readonly Rate[] = [
  aRate(media, 'EML1-USE1-IN-AVC-HD-L10', 'Hrs', '0.1404000000'),
  aRate(media, 'EML2-USE1-IN-AVC-HD-L10', 'Hrs', '0.2340000000'),
  aRate(media, 'EML1-USE1-OUT-AVC-HD-L10-30-S', 'Hrs', '0.4212000000'),
  aRate(media, 'EML2-USE1-OUT-AVC-HD-L10-30-S', 'Hrs', '0.7020000000'),
  aRate(media, 'EML1-USE1-OUT-AVC-HD-L10-30-S-R', 'Hrs', '0.1000000000'),
  aRate(media, 'EML1-USE1-OUT-AVC-SD-L10-30-S', 'Hrs', '0.2124000000'),
  aRate(media, 'EML2-USE1-OUT-AVC-SD-L10-30-S', 'Hrs', '0.3540000000'),
  aRate(media, 'USE1-idle-channel', 'Hrs', '0.0100000000', { attributes: { regionCode: 'us-east-1', operation: 'INACTIVE_CHANNEL' } }),
  aRate('AWSElementalMediaPackage', 'USE1-EMP-ingest-bytes', 'GB', '0.0300000000'),
  aRate('AWSElementalMediaPackage', 'USE1-EMP-origin-packaging-bytes', 'GB', '0.0500000000'),
  aRate(edge, 'US-DataTransfer-Out-Bytes', 'GB', '0.0850000000'),
  aRate(edge, 'US-Requests-Tier1', 'Requests', '0.0000007500'),
  aRate(edge, 'US-Requests-Tier2-HTTPS', 'Requests', '0.0000010000'),
  aRate(edge, 'EU-DataTransfer-Out-Bytes', 'GB', '0.0850000000'),
  aRate(edge, 'EU-Requests-Tier2-HTTPS', 'Requests', '0.0000012000'),
  aRate(edge, 'Executions-CloudFrontFunctions', 'Requests', '0.0000001000', {
    tiers: [
      { from: '0', to: '2000000', usdPerUnit: '0.0000000000', rateCode: 'free' },
      { from: '2000000', usdPerUnit: '0.0000001000', rateCode: 'paid' },
    ],
  }),
  aRate(edge, 'KeyValueStore-EdgeReads', 'Requests', '0.0000000300'),
  aRate('AmazonS3', 'TimedStorage-ByteHrs', 'GB-Mo', '0.0230000000'),
  aRate('AmazonS3', 'Requests-Tier1', 'Requests', '0.0000050000'),
  aRate('AWSElementalMediaConvert', 'IAD-B-AVC-HD-S-30', 'minutes', '0.0150000000'),
  aRate('AWSElementalMediaConvert', 'IAD-B-AVC-SD-S-30', 'minutes', '0.0075000000'),
  camInput('Basic', '0.2000000000'),
  camInput('Standard', '2.0000000000'),
  camOutput('SD', 'North America', '0.0375000000'),
  camOutput('HD', 'North America', '0.0750000000'),
  camOutput('Full HD', 'North America', '0.1500000000'),
  camOutput('SD', 'Europe', '0.0375000000'),
  camOutput('HD', 'Europe', '0.0750000000'),
  camOutput('Full HD', 'Europe', '0.1500000000'),
];

/** A price book of us-east-1. */
export const aPriceBook = (overrides: Partial<PriceBook> = {}): PriceBook => ({
  bookId: 'us-east-1@2026-11-01T00:00:00.000Z',
  region: 'us-east-1',
  fetchedAt: '2026-11-01T00:00:00.000Z',
  publications: {},
  rates: someRates,
  ...overrides,
});
