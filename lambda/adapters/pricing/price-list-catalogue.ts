import { GetProductsCommand, ThrottlingException, type Filter, type GetProductsCommandOutput, type PricingClient } from '@aws-sdk/client-pricing';
import type { PriceCatalogue } from '../../domain/pricing/price-book.ts';
import type { PricedService, Rate } from '../../domain/pricing/rate.ts';
import { UnavailableError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';
import { callPace, systemPaceClock, type PaceClock } from './call-pace.ts';
import { listedProduct } from './price-list-product.ts';

/** Times that a throttled call is made again, each after up to twice as long. */
const mostTries = 6;

const isThrottled = (error: unknown): boolean =>
  error instanceof ThrottlingException || (error instanceof UnavailableError && error.cause instanceof ThrottlingException);

/** CloudFront is priced by geography and has no Region in the list: its products are read whole. */
const filtersFor = (service: PricedService, region: string): Filter[] =>
  service === 'AmazonCloudFront' ? [] : [{ Type: 'TERM_MATCH', Field: 'regionCode', Value: region }];

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
      const rates: Rate[] = [];
      let publication = '';
      let token: string | undefined;
      do {
        const answer = await page(service, region, token);
        for (const json of answer.PriceList ?? []) {
          const product = listedProduct(service, String(json), clock.now());
          if (!product) continue;
          rates.push(product.rate);
          if (product.publication > publication) publication = product.publication;
        }
        token = answer.NextToken;
      } while (token !== undefined);
      return { publication, rates };
    },
  };
};
