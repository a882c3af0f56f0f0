import type * as z from 'zod';
import { pageQuerySchema } from '../../contract/api/fields.ts';
import type { monthBodySchema } from '../../contract/api/months.ts';
import { formatUsd } from '../../domain/pricing/usd.ts';
import { closeMonth, type CloseMonthDeps } from '../../domain/usage/close-month.ts';
import { readMonth, type MonthStatement, type ReadMonthDeps } from '../../domain/usage/read-month.ts';
import type { LedgerEntry } from '../../domain/usage/usage-ledger.ts';
import { chargeOf, costOf, usageView } from '../../domain/usage/usage-view.ts';
import { pageBody, pageRequest } from '../../platform/http/cursor.ts';
import { parseQuery } from '../../platform/http/parse.ts';
import { param, type ApiRequest } from '../../platform/http/request.ts';
import { json } from '../../platform/http/response.ts';
import type { OperationHandler } from '../../platform/http/rest-handler.ts';

/** What the operations on billing months need. */
export interface MonthOperationDeps extends CloseMonthDeps, ReadMonthDeps {
  readonly accounts: CloseMonthDeps['accounts'];
  readonly usage: CloseMonthDeps['usage'] & ReadMonthDeps['usage'];
}

type Correction = z.infer<typeof monthBodySchema>['corrections']['items'][number];

const correctionBody = ({ bookedAt, month, owner, version, difference }: LedgerEntry): Correction => ({
  bookedAt,
  chargeMonth: month,
  breakoutId: owner.kind === 'BREAKOUT' ? owner.breakoutId : null,
  eventId: owner.kind === 'BREAKOUT' ? owner.eventId : null,
  purpose: owner.kind === 'BREAKOUT' ? null : owner.purpose,
  version,
  usd: formatUsd(costOf(difference)),
  chargeUsd: formatUsd(chargeOf(difference)),
});

const monthBody = ({ accountId, billing, corrections }: MonthStatement) => {
  const { status: _status, states: _states, accruing: _accruing, ...view } = usageView(billing);
  return {
    accountId,
    month: billing.month,
    status: billing.closedAt === undefined ? ('OPEN' as const) : ('CLOSED' as const),
    closedAt: billing.closedAt ?? null,
    ...view,
    corrections: pageBody(corrections, correctionBody),
  };
};

/** The operations on what an account is billed by month. */
export const monthOperations = (deps: MonthOperationDeps) => {
  const statement = async (request: ApiRequest) =>
    monthBody(await readMonth(deps)(request.caller, param(request, 'accountId'), param(request, 'month'), pageRequest(parseQuery(pageQuerySchema, request.query))));
  return {
    closeMonth: async (request) => {
      await closeMonth(deps)({ caller: request.caller, accountId: param(request, 'accountId'), month: param(request, 'month') });
      return json(200, await statement(request));
    },
    getMonth: async (request) => json(200, await statement(request)),
  } satisfies Record<string, OperationHandler>;
};
