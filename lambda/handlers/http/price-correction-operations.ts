import type * as z from 'zod';
import { correctPricesBodySchema, type correctedPricesBodySchema } from '../../contract/api/corrected-prices.ts';
import { formatUsd } from '../../domain/pricing/usd.ts';
import type { ReratedBooking } from '../../domain/usage/book-rerated.ts';
import { bookReratedMonth, type BookReratedMonthDeps } from '../../domain/usage/book-rerated-month.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { chargeOf, costOf } from '../../domain/usage/usage-view.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { param } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

type CorrectedBody = z.infer<typeof correctedPricesBodySchema>;

const bookedBody = ({ version, priceBookId, totals }: ProfileHead): CorrectedBody['was'] => ({
  version,
  priceBookId: priceBookId ?? null,
  usd: formatUsd(costOf(totals)),
  chargeUsd: formatUsd(chargeOf(totals)),
});

const correctedBody = (breakoutId: string, { before, after }: ReratedBooking): CorrectedBody => ({
  breakoutId,
  month: after.month,
  status: after.status,
  was: bookedBody(before),
  is: bookedBody(after),
  difference: { usd: formatUsd(costOf(after.totals) - costOf(before.totals)), chargeUsd: formatUsd(chargeOf(after.totals) - chargeOf(before.totals)) },
});

/** The operation that corrects prices: the operator's alone. */
export const priceCorrectionOperations = (deps: BookReratedMonthDeps) =>
  ({
    correctBreakoutPrices: async (request) => {
      const breakoutId = param(request, 'breakoutId');
      const { month, priceBook } = parseBody(correctPricesBodySchema, request.body);
      return json(200, correctedBody(breakoutId, await bookReratedMonth(deps)({ caller: request.caller, breakoutId, month, priceBook })));
    },
  }) satisfies Record<string, OperationHandler>;
