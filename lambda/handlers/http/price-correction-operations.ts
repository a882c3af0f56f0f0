import type * as z from 'zod';
import { correctPricesBodySchema, type correctedLevelBodySchema, type correctedPricesBodySchema } from '../../contract/api/corrected-prices.ts';
import type { AccountStore } from '../../domain/accounts/account-store.ts';
import { getAccount } from '../../domain/accounts/read-accounts.ts';
import type { BreakoutStore } from '../../domain/breakouts/breakout-store.ts';
import type { EventStore } from '../../domain/events/event-store.ts';
import { getEvent } from '../../domain/events/read-events.ts';
import { formatUsd } from '../../domain/pricing/usd.ts';
import type { ReratedBooking } from '../../domain/usage/book-rerated.ts';
import { bookReratedLevel, type BookReratedLevelDeps, type CorrectLevelCommand } from '../../domain/usage/book-rerated-level.ts';
import { bookReratedMonth, type BookReratedMonthDeps } from '../../domain/usage/book-rerated-month.ts';
import { ownerIdOf } from '../../domain/usage/profile-owner.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { chargeOf, costOf } from '../../domain/usage/usage-view.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { param, type ApiRequest } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

/** What correcting prices needs. */
export interface PriceCorrectionDeps extends BookReratedMonthDeps, BookReratedLevelDeps {
  readonly accounts: Pick<AccountStore, 'get' | 'list'>;
  readonly events: Pick<EventStore, 'get' | 'listByAccount'>;
  readonly breakouts: Pick<BreakoutStore, 'get' | 'listByEvent'>;
  readonly usage: BookReratedMonthDeps['usage'] & BookReratedLevelDeps['usage'];
  readonly books: BookReratedMonthDeps['books'];
}

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

const levelBody = (month: string, bookings: readonly ReratedBooking[]): z.infer<typeof correctedLevelBodySchema> => {
  const sum = (of: (head: ProfileHead) => bigint): string => formatUsd(bookings.reduce((total, { before, after }) => total + of(after) - of(before), 0n));
  return {
    month,
    breakouts: bookings.map((booking) => correctedBody(ownerIdOf(booking.after.owner), booking)),
    difference: { usd: sum(({ totals }) => costOf(totals)), chargeUsd: sum(({ totals }) => chargeOf(totals)) },
  };
};

/** The operations that correct prices: the operator's alone. */
export const priceCorrectionOperations = (deps: PriceCorrectionDeps) => {
  const correct = async (request: ApiRequest, subject: CorrectLevelCommand['subject']) => {
    const asked = parseBody(correctPricesBodySchema, request.body);
    return json(200, levelBody(asked.month, await bookReratedLevel(deps)({ subject, ...asked })));
  };
  return {
    correctAccountPrices: async (request) => {
      const { accountId } = await getAccount(deps)(request.caller, param(request, 'accountId'));
      return correct(request, { kind: 'ACCOUNT', accountId });
    },
    correctEventPrices: async (request) => {
      const { eventId, accountId } = await getEvent(deps)(request.caller, param(request, 'eventId'));
      return correct(request, { kind: 'EVENT', eventId, accountId });
    },
    correctBreakoutPrices: async (request) => {
      const breakoutId = param(request, 'breakoutId');
      const { month, priceBook } = parseBody(correctPricesBodySchema, request.body);
      return json(200, correctedBody(breakoutId, await bookReratedMonth(deps)({ caller: request.caller, breakoutId, month, priceBook })));
    },
  } satisfies Record<string, OperationHandler>;
};
