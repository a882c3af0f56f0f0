import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { PriceTerms } from '../../domain/pricing/terms/price-terms.ts';
import type { PriceTermsStore } from '../../domain/pricing/terms/price-terms-store.ts';
import { attempted } from './attempted.ts';
import { isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const byCategory = z.object({
  streaming: z.string().exactOptional(),
  packaging: z.string().exactOptional(),
  delivery: z.string().exactOptional(),
  conversion: z.string().exactOptional(),
  storage: z.string().exactOptional(),
});

const termsCodec = itemCodec<PriceTerms>(
  'PriceTerms',
  1,
  z.object({
    termsId: z.string(),
    accountId: z.string(),
    version: z.int().positive(),
    effectiveFrom: z.string(),
    setAt: z.string(),
    setBy: z.string(),
    markUpPercent: byCategory,
    flatUsd: byCategory,
    viewerHourUsd: z.string().exactOptional(),
    monthlyMinimumUsd: z.string().exactOptional(),
    pipelineHourUsd: z.string().exactOptional(),
  }),
);

/** Price terms in the one table: `dynamodb:Query`; `PutItem` for who sets them. */
export const dynamoDbPriceTermsStore = (table: Pick<Table, 'query' | 'put'>): PriceTermsStore => ({
  versions: async (accountId) => {
    const { PK: partition } = itemKey.priceTerms(accountId, 0);
    return (await table.query({ partition, prefix: 'TERMS#' })).map((item) => termsCodec.decode(item));
  },
  add: (terms) => attempted(table.put({ ...termsCodec.encode(terms), ...itemKey.priceTerms(terms.accountId, terms.version) }, isAbsent)),
});
