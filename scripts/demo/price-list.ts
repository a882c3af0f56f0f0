import { setTimeout as sleep } from 'node:timers/promises';
import { GetProductsCommand, PricingClient, type PricingClientConfig } from '@aws-sdk/client-pricing';
import { z } from 'zod';
import { chargeOf } from './exact-usd.ts';
import type { UsageLine } from './read-results.ts';

/** What a product is looked up by: attributes of the list, all of which it has. */
export type ProductAttributes = Readonly<Record<string, string>>;

/** The Price List's own API. */
export interface PriceList {
  /** USD per unit of the first tier that costs something. @throws Error when not exactly one product has the attributes */
  price(service: string, attributes: ProductAttributes): Promise<string>;
}

const pageSchema = z.object({ PriceList: z.array(z.coerce.string()).default([]) });

const productSchema = z.object({
  terms: z.object({
    OnDemand: z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), z.object({ beginRange: z.string(), pricePerUnit: z.object({ USD: z.string() }) })) })),
  }),
});

/** Of one term, sorted: tiers come in any order. */
const firstPaid = (product: string): string | undefined => {
  const [term] = Object.values(productSchema.parse(JSON.parse(product)).terms.OnDemand);
  const tiers = Object.values(term?.priceDimensions ?? {}).toSorted((one, other) => Number(one.beginRange) - Number(other.beginRange));
  return tiers.find(({ pricePerUnit: { USD } }) => Number(USD) > 0)?.pricePerUnit.USD;
};

// The list takes ten calls at once and five a second.
const paceMilliseconds = 250;

/** Reads the Price List with the operator's credentials, each product once. */
export const priceListWith = (settings: PricingClientConfig): PriceList => {
  const client = new PricingClient(settings);
  const known = new Map<string, string>();
  return {
    price: async (service, attributes) => {
      const asked = `${service} ${JSON.stringify(attributes)}`;
      const found = known.get(asked);
      if (found !== undefined) return found;
      await sleep(paceMilliseconds);
      const Filters = Object.entries(attributes).map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
      const products = pageSchema.parse(await client.send(new GetProductsCommand({ ServiceCode: service, Filters }))).PriceList;
      const [product, ...others] = products;
      const price = product === undefined || others.length > 0 ? undefined : firstPaid(product);
      if (price === undefined) throw new Error(`the Price List has ${products.length} products of ${asked}, expected one with a price`);
      known.set(asked, price);
      return price;
    },
  };
};

/** What the list calls the services of usage lines. */
const serviceCodes: Readonly<Record<string, string>> = {
  CloudFront: 'AmazonCloudFront',
  IVS: 'AmazonIVS',
  MediaConvert: 'AWSElementalMediaConvert',
  MediaLive: 'AWSElementalMediaLive',
  MediaPackage: 'AWSElementalMediaPackage',
  S3: 'AmazonS3',
};

/** What the lines that a breakout bears cost by the Price List, in nano-dollars. @throws Error for a line that the list has no price for */
export const priceLines = async (list: PriceList, lines: readonly Pick<UsageLine, 'owner' | 'service' | 'billable' | 'rate'>[]): Promise<bigint> => {
  let nanos = 0n;
  for (const { owner, service, billable, rate } of lines) {
    if (owner !== 'BREAKOUT' || billable === undefined || rate === undefined) continue;
    nanos += chargeOf(billable.amount, await list.price(serviceCodes[service] ?? service, { sku: rate.sku, usagetype: rate.usageType }));
  }
  return nanos;
};
