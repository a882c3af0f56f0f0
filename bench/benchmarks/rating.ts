import { listedProduct } from '../../lambda/adapters/pricing/price-list-product.ts';
import { requestCriteria, transferCriteria, priceGeographies } from '../../lambda/domain/pricing/delivery-rates.ts';
import { ingestCriteria } from '../../lambda/domain/pricing/packaging-rates.ts';
import type { PriceBook } from '../../lambda/domain/pricing/price-book.ts';
import type { RateCriteria } from '../../lambda/domain/pricing/rate-criteria.ts';
import type { Rate } from '../../lambda/domain/pricing/rate.ts';
import { pricedServices } from '../../lambda/domain/pricing/rate.ts';
import { storageCriteria } from '../../lambda/domain/pricing/storage-rates.ts';
import { outputCriteria } from '../../lambda/domain/pricing/streaming-rates.ts';
import { rerated } from '../../lambda/domain/usage/price-line.ts';
import type { UsageLine } from '../../lambda/domain/usage/usage-line.ts';
import { priceListElement } from '../../local/services/pricing/price-list-element.ts';
import { readPriceSnapshot } from '../../local/services/pricing/price-snapshot.ts';
import { atLeast, figure, type Benchmark } from '../benchmark.ts';
import { median } from '../statistics.ts';

const lines = 200_000;
const rounds = 5;
const region = 'us-east-1';

const bookOf = (at: number): PriceBook => {
  const rates = readPriceSnapshot().rows.flatMap((row): readonly Rate[] => {
    const service = pricedServices.find((one) => one === row.service);
    const product = service && listedProduct(service, priceListElement(row), at);
    return product && 'rate' in product ? [product.rate] : [];
  });
  return { bookId: `${region}@bench`, region, fetchedAt: new Date(at).toISOString(), publications: {}, rates };
};

const output = { codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30 } as const;

const kinds: readonly { readonly criteria: RateCriteria; readonly perUnit: bigint }[] = [
  { criteria: outputCriteria(region, 'STANDARD', output), perUnit: 60n },
  { criteria: ingestCriteria(region), perUnit: 1n << 30n },
  ...priceGeographies.flatMap((geography) => [
    { criteria: transferCriteria(geography), perUnit: 1n << 30n },
    { criteria: requestCriteria(geography, 'https'), perUnit: 1n },
  ]),
  { criteria: storageCriteria(region), perUnit: (1n << 30n) * 2_592_000_000n },
];

const lineOf = (index: number): UsageLine => {
  const { criteria, perUnit } = kinds[index % kinds.length] ?? { criteria: ingestCriteria(region), perUnit: 1n << 30n };
  return {
    key: `line/${index}`, owner: 'BREAKOUT', category: 'delivery', service: 'any', dimension: criteria.what, month: '2026-11',
    periodStart: '2026-11-23T10:00:00.000Z', periodEnd: '2026-11-23T11:00:00.000Z', source: 'generated', watermark: '2026-11-23T11:00:00.000Z',
    notes: [], points: [], adds: {}, basis: { criteria, base: BigInt(index) * 982_451_653n, perUnit },
  };
};

/** Rates lines of every kind with a book of the local Price List, on one core. */
export const rating: Benchmark = {
  name: 'rating',
  title: `Rating ${lines.toLocaleString('en')} usage lines with a price book`,
  run: async ({ say }) => {
    const book = bookOf(Date.now());
    const drafts = Array.from({ length: lines }, (_, index) => lineOf(index));
    const seconds: number[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      say(`rating, ${round} of ${rounds}`);
      const before = process.cpuUsage();
      const rated = drafts.map((line) => rerated(line, book));
      const { user, system } = process.cpuUsage(before);
      const unpriced = rated.find((line) => line.unpriced !== undefined);
      if (unpriced) throw new Error(`line ${unpriced.key} has no price: ${unpriced.unpriced}`);
      seconds.push((user + system) / 1e6);
    }
    return [atLeast(100_000, 'lines a second of a core', lines / median(seconds), 'lines/s'), figure('rates in the book', book.rates.length, '')];
  },
};
