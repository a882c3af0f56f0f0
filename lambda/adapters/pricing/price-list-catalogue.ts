import { GetProductsCommand, ThrottlingException, type Filter, type GetProductsCommandOutput, type PricingClient } from '@aws-sdk/client-pricing';
import type { Catalogue, PriceCatalogue, UnreadableProduct } from '../../domain/pricing/price-book.ts';
import type { PricedService, Rate } from '../../domain/pricing/rate.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';
import { callPace, systemPaceClock, type PaceClock } from './call-pace.ts';
import { listedProduct, type ListedProduct } from './price-list-product.ts';

/** Times that a throttled call is made again, each after up to twice as long. */
const mostTries = 6;

const isThrottled = (error: unknown): boolean =>
  error instanceof ThrottlingException || (error instanceof UnavailableError && error.cause instanceof ThrottlingException);

/** CloudFront is priced by geography and has no Region in the list: its products are read whole. */
const filtersFor = (service: PricedService, region: string): Filter[] =>
  service === 'AmazonCloudFront' ? [] : [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: region }];

/** What has been read of a service, page by page. */
const reading = (service: PricedService) => {
  const rates = new Map<string, Rate>();
  const unreadable: UnreadableProduct[] = [];
  const contradicted = new Set<string>();
  let publication = '';
  const contradict = ({ sku, usageType, attributes }: Rate): void => {
    contradicted.add(sku);
    unreadable.push({ service, sku, usageType, attributes, problem: 'it is listed twice, with different prices: read the list again' });
  };
  return {
    add: (product: ListedProduct): void => {
      if ('unreadable' in product) {
        unreadable.push(product.unreadable);
        return;
      }
      const { rate } = product;
      const before = rates.get(rate.sku);
      // A product that moves from one page to the next while they are read is found on both.
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(rate) && !contradicted.has(rate.sku)) contradict(rate);
      rates.set(rate.sku, rate);
      if (product.publication > publication) publication = product.publication;
    },
    result: (): Catalogue => ({ publication, rates: [...rates.values()].filter(({ sku }) => !contradicted.has(sku)), unreadable }),
  };
};

const sameToken = (service: PricedService): UnavailableError =>
  new UnavailableError({ code: 'price-list-endless', message: `the price list of ${service} names the same next page again and again: read it again later` });

/** Where the list is asked, and the time and dice of waiting. */
export interface PriceListSource {
  readonly client: Pick<PricingClient, 'send'>;
  readonly clock?: PaceClock;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
}

/** Reads the AWS Price List by GetProducts, as fast as it allows: `pricing:GetProducts` on `*`. */
export const priceListCatalogue = ({ client, clock = systemPaceClock, random = Math.random }: PriceListSource): PriceCatalogue => {
  const mayCall = callPace(clock);

  const page = async (service: PricedService, region: string, token: string | undefined): Promise<GetProductsCommandOutput> => {
    const input = { ServiceCode: service, FormatVersion: 'aws_v1', MaxResults: 100, Filters: filtersFor(service, region) };
    const command = new GetProductsCommand({ ...input, ...(token === undefined ? {} : { NextToken: token }) });
    for (let tries = 1; ; tries += 1) {
      await mayCall();
      try {
        return await calling('pricing', () => client.send(command));
      } catch (error) {
        if (!isThrottled(error) || tries === mostTries) throw error;
        await clock.sleep(random() * 500 * 2 ** tries);
      }
    }
  };

  return {
    read: async (service, region) => {
      const found = reading(service);
      let token: string | undefined;
      do {
        const answer = await page(service, region, token);
        for (const json of answer.PriceList ?? []) {
          const product = listedProduct(service, String(json), clock.now());
          if (product) found.add(product);
        }
        if (token !== undefined && answer.NextToken === token) throw sameToken(service);
        token = answer.NextToken;
      } while (token !== undefined);
      return found.result();
    },
  };
};
