import { PricingClient } from '@aws-sdk/client-pricing';
import { priceListCatalogue } from '../../../../lambda/adapters/pricing/price-list-catalogue.ts';
import { hourlyRates } from '../../../../lambda/domain/pricing/hourly-rates.ts';
import type { PriceBook } from '../../../../lambda/domain/pricing/price-book.ts';
import { refreshPriceBook } from '../../../../lambda/domain/pricing/refresh-price-book.ts';
import { conversionCriteria } from '../../../../lambda/domain/pricing/conversion-rates.ts';
import { functionInvocationCriteria, priceGeographies, requestCriteria, storeReadCriteria, transferCriteria } from '../../../../lambda/domain/pricing/delivery-rates.ts';
import { ingestCriteria, originationCriteria } from '../../../../lambda/domain/pricing/packaging-rates.ts';
import { selectRate } from '../../../../lambda/domain/pricing/rate-selection.ts';
import { putRequestCriteria, storageCriteria } from '../../../../lambda/domain/pricing/storage-rates.ts';
import { systemClock } from '../../../../local/runtime/clock.ts';
import { createPricingService } from '../../../../local/services/pricing/pricing-service.ts';
import { startGateway, type LocalGateway } from '../../../support/gateway/local-gateway.ts';
import { aMeteredPipeline, aRecordingJob } from '../../../support/usage/a-show.ts';

let gateway: LocalGateway;
let client: PricingClient;

beforeAll(async () => {
  gateway = await startGateway({ services: [createPricingService({ clock: systemClock })] });
  client = new PricingClient(gateway.settings);
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
});

const refreshed = async (region: string): Promise<PriceBook> => {
  let kept: PriceBook | undefined;
  await refreshPriceBook({
    catalogue: priceListCatalogue({ client }),
    books: { latest: async () => kept, get: async () => kept, add: async (book) => void (kept = book) },
    now: () => new Date('2026-11-23T00:00:00Z'),
  })(region);
  return kept!;
};

describe('a price book of the Price List', () => {
  it('has exactly one rate for everything that a show is metered by', async () => {
    const book = await refreshed('us-east-1');

    const criteria = [
      ...priceGeographies.flatMap((geography) => [transferCriteria(geography), requestCriteria(geography, 'http'), requestCriteria(geography, 'https')]),
      functionInvocationCriteria, storeReadCriteria, ingestCriteria('us-east-1'), originationCriteria('us-east-1'), storageCriteria('us-east-1'), putRequestCriteria('us-east-1'),
      conversionCriteria('us-east-1', aRecordingJob().outputs[0]!.outputClass),
    ];
    expect(criteria.map((one) => selectRate(book, one)).filter((selection) => 'unpriced' in selection)).toEqual([]);
    const { running, idle } = hourlyRates(aMeteredPipeline(), book);
    expect([...running.items, ...idle.items].filter(({ unpriced }) => unpriced !== undefined)).toEqual([]);
    expect(running.usdPerHour).toBe('0.5616');
  });

  it('prices nothing but the edge in a Region without rates', async () => {
    const book = await refreshed('eu-north-1');

    expect(new Set(book.rates.map(({ service }) => service))).toEqual(new Set(['AmazonCloudFront']));
    expect(hourlyRates({ ...aMeteredPipeline(), region: 'eu-north-1' }, book).running.items.every(({ unpriced }) => unpriced?.startsWith('no SKU'))).toBe(true);
  });
});
