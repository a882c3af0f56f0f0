import type * as z from 'zod';
import { priceBookQuerySchema, type priceBookSchema, type priceBooksSchema, priceBooksQuerySchema } from '../../contract/api/price-books.ts';
import type { PriceBookHead } from '../../domain/pricing/price-book.ts';
import type { Rate } from '../../domain/pricing/rate.ts';
import { listPriceBooks, readPriceBook, type ReadPriceBooksDeps } from '../../domain/pricing/read-price-books.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

const headBody = ({ bookId, region, fetchedAt, publications }: PriceBookHead): z.infer<typeof priceBooksSchema>['items'][number] => ({ priceBookId: bookId, region, fetchedAt, publications: { ...publications } });

const rateBody = ({ sku, service, usageType, unit, effectiveDate, attributes, tiers }: Rate): z.infer<typeof priceBookSchema>['rates']['items'][number] => ({
  sku,
  service,
  usageType,
  operation: attributes['operation'] ?? null,
  region: attributes['regionCode'] ?? null,
  unit,
  effectiveDate,
  tiers: tiers.map(({ from, to, usdPerUnit, rateCode }) => ({ from, to: to ?? null, usdPerUnit, rateCode })),
});

/** The operations on price books: whoever sees usage sees what it is rated from. They are AWS's public list, and nobody's own. */
export const priceBookOperations = (deps: ReadPriceBooksDeps) =>
  ({
    listPriceBooks: async (request) => json(200, pageBody(await listPriceBooks(deps)(pageRequest(parseQuery(priceBooksQuerySchema, request.query))), headBody)),
    getPriceBook: async (request) => {
      const { service, ...page } = parseQuery(priceBookQuerySchema, request.query);
      const { rates, ...head } = await readPriceBook(deps)(param(request, 'priceBookId'), pageRequest(page), service);
      return json(200, { ...headBody(head), rates: pageBody(rates, rateBody) });
    },
  }) satisfies Record<string, OperationHandler>;
