import { setPriceTermsBodySchema } from '../../contract/api/price-terms.ts';
import { readPriceTerms, type ReadPriceTermsDeps } from '../../domain/pricing/terms/read-price-terms.ts';
import { setPriceTerms, type SetPriceTermsDeps } from '../../domain/pricing/terms/set-price-terms.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { expectedRevision, param } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

/** What the operations on price terms need. */
export type PriceTermsOperationDeps = ReadPriceTermsDeps & SetPriceTermsDeps;

/** The operations on accounts' price terms: the operator sets them, whoever sees an account's usage sees them. */
export const priceTermsOperations = (deps: PriceTermsOperationDeps) =>
  ({
    getPriceTerms: async (request) => {
      const answer = await readPriceTerms(deps)(request.caller, param(request, 'accountId'));
      return json(200, answer, etag(answer.versions.at(-1)?.version ?? 0));
    },
    setPriceTerms: async (request) => {
      const { effectiveFrom, ...agreement } = parseBody(setPriceTermsBodySchema, request.body);
      const starts = effectiveFrom === undefined ? {} : { effectiveFrom };
      const terms = await setPriceTerms(deps)({ caller: request.caller, accountId: param(request, 'accountId'), agreement, ...starts, ...expectedRevision(request) });
      return json(200, terms, etag(terms.version));
    },
  }) satisfies Record<string, OperationHandler>;
