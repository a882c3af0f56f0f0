import { metricNames } from '../../contract/metric-names.ts';
import { dynamoDbPriceBookStore } from '../../adapters/dynamodb/price-book-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { priceListCatalogue } from '../../adapters/pricing/price-list-catalogue.ts';
import { refreshPriceBook } from '../../domain/pricing/refresh-price-book.ts';
import { dynamoDbClient, pricingClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

/**
 * Reads the AWS Price List of the priced Region and keeps it as a new book when it has changed; daily, and once after
 * a deploy. Takes about a second for each five pages of 100 products.
 * IAM: `pricing:GetProducts` on `*`; `dynamodb:GetItem`, `Query`, `PutItem` on the table.
 */
export const handler = async (): Promise<{ readonly bookId: string; readonly isNew: boolean }> => {
  const { PRICED_REGION: region, PRICE_LIST_REGION: listRegion } = readEnvironment('pricing');
  const books = dynamoDbPriceBookStore(dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME));
  const catalogue = priceListCatalogue({ client: pricingClient(listRegion) });
  const { leftOut, ...result } = await refreshPriceBook({ catalogue, books, now: () => new Date() })(region);
  const log = createLogger({ region });
  for (const { service, sku, usageType, problem } of leftOut) log.warn('product of the price list left out', { service, sku, usageType, problem });
  log.info('price book read', { ...result, ...countedMetric(metricNames.priceListsRead) });
  return result;
};
