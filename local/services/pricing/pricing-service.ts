import * as pricing from '@aws-sdk/client-pricing';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import { callThrottle } from './call-throttle.ts';
import { priceListElement } from './price-list-element.ts';
import { readPriceSnapshot, type PriceRow, type PriceSnapshot } from './price-snapshot.ts';
import { productFilter } from './product-filter.ts';
import { pageOf } from './result-pages.ts';

/** What the service is made from. */
export interface PricingServiceDeps {
  readonly clock: Clock;
  /** @default the snapshot that is part of local mode */
  readonly snapshot?: PriceSnapshot;
}

const format = 'aws_v1';
const mostProducts = 100;
const mostValues = 10_000;

const allowed = (action: string) => () => [{ action: `pricing:${action}`, resources: ['*'] }];

const checkFormat = (version: string | undefined): void => {
  if (version === undefined || version === format) return;
  throw new pricing.InvalidParameterException({ message: `FormatVersion is ${version}, expected ${format}`, $metadata: {} });
};

const productsOf = ({ rows }: PriceSnapshot, service: string): readonly PriceRow[] => {
  const products = rows.filter((row) => row.service === service);
  if (products.length > 0) return products;
  throw new pricing.NotFoundException({ message: `Service code ${service} was not found.`, $metadata: {} });
};

const attributeNames = (products: readonly PriceRow[]): string[] =>
  [...new Set(['productFamily', 'servicecode', ...products.flatMap(({ attributes }) => Object.keys(attributes))])].sort();

const attributeValues = (products: readonly PriceRow[], snapshot: PriceSnapshot, name: string): string[] => {
  const listed = products.flatMap(({ attributes, productFamily, service }) => (name === 'productFamily' ? productFamily : name === 'servicecode' ? service : (attributes[name] ?? [])));
  // A Region can be on the list without a rate.
  const regions = name === 'regionCode' && listed.length > 0 ? snapshot.regions : [];
  return [...new Set([...listed, ...regions])].sort();
};

const listOperations = (snapshot: PriceSnapshot, throttle: (operation: string) => void): Operations<typeof pricing> => ({
  DescribeServices: {
    permissions: allowed('DescribeServices'),
    handle: ({ ServiceCode, FormatVersion, NextToken, MaxResults }) => {
      throttle('DescribeServices');
      checkFormat(FormatVersion);
      const codes = ServiceCode === undefined ? [...new Set(snapshot.rows.map(({ service }) => service))].sort() : [ServiceCode];
      const { items, ...next } = pageOf(codes, { NextToken, MaxResults }, mostProducts);
      return { Services: items.map((code) => ({ ServiceCode: code, AttributeNames: attributeNames(productsOf(snapshot, code)) })), FormatVersion: format, ...next };
    },
  },
  GetAttributeValues: {
    permissions: allowed('GetAttributeValues'),
    handle: ({ ServiceCode, AttributeName, NextToken, MaxResults }) => {
      throttle('GetAttributeValues');
      const values = attributeValues(productsOf(snapshot, ServiceCode), snapshot, AttributeName);
      const { items, ...next } = pageOf(values, { NextToken, MaxResults }, mostValues);
      return { AttributeValues: items.map((Value) => ({ Value })), ...next };
    },
  },
  GetProducts: {
    permissions: allowed('GetProducts'),
    handle: ({ ServiceCode, Filters = [], FormatVersion, NextToken, MaxResults }) => {
      throttle('GetProducts');
      checkFormat(FormatVersion);
      const products = productsOf(snapshot, ServiceCode).filter(productFilter(Filters));
      const { items, ...next } = pageOf(products, { NextToken, MaxResults }, mostProducts);
      return { FormatVersion: format, PriceList: items.map(priceListElement), ...next };
    },
  },
});

/** The Price List on this machine: a snapshot in the list's own shape. */
export const createPricingService = ({ clock, snapshot = readPriceSnapshot() }: PricingServiceDeps): SchemaService =>
  defineService('pricing', pricing, listOperations(snapshot, callThrottle(() => clock.now())));
