import { type Caller, isVisible, notFound, platformAccountId } from '../../shared/caller.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import { invalidFields } from '../../shared/interval.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import { getBreakout } from '../read-breakouts.ts';
import { isShowLogName, type ShowLog, type ShowLogEntry, type ShowLogFilter, showLogNames, type ShowLogType, showLogTypes } from './show-log.ts';

/** What reading logs needs. */
export interface ReadLogDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly log: Pick<ShowLog, 'list' | 'listByAccount'>;
}

/** Which entries a caller wants, as they were asked for. */
export interface LogQuery {
  readonly type?: ShowLogType;
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
}

const nameProblem = (name: string, type: ShowLogType | undefined): string | undefined => {
  const allowed: readonly string[] = type === undefined ? showLogTypes.flatMap((one) => [...showLogNames[one]]) : showLogNames[type];
  return allowed.includes(name) ? undefined : `is ${name}, expected one of ${allowed.join(', ')}${type === undefined ? '' : `, which entries of type ${type} have`}`;
};

/** @throws InvalidInputError that names the parameters */
const filterOf = ({ name, ...rest }: LogQuery): ShowLogFilter => {
  const problem = name === undefined ? undefined : nameProblem(name, rest.type);
  if (problem !== undefined) throw invalidFields('invalid-log-query', [{ field: 'name', message: problem }]);
  if (rest.from !== undefined && rest.to !== undefined && rest.from >= rest.to) {
    throw invalidFields('invalid-log-query', [{ field: 'to', message: `is ${rest.to}, expected a time after from ${rest.from}` }]);
  }
  return name !== undefined && isShowLogName(name) ? { ...rest, name } : rest;
};

/** What happened in a show, the oldest first. @throws NotFoundError, InvalidInputError */
export const listBreakoutLog =
  (deps: ReadLogDeps) =>
  async (caller: Caller, breakoutId: string, query: LogQuery, page: PageRequest): Promise<Page<ShowLogEntry>> => {
    const filter = filterOf(query);
    await getBreakout(deps)(caller, breakoutId);
    return deps.log.list(breakoutId, filter, page);
  };

const accountOf = (caller: Caller, accountId: string | undefined): string => {
  if (accountId !== undefined && !isVisible(caller, accountId)) throw notFound('account', accountId);
  if (accountId !== undefined || caller.accountId !== platformAccountId) return accountId ?? caller.accountId;
  const message = 'is missing: the operator belongs to no account, so name the one whose log is wanted';
  throw new InvalidInputError({ code: 'invalid-log-query', message: `accountId ${message}`, fields: [{ field: 'accountId', message }] });
};

/** What happened in all shows of an account, the oldest first. @throws NotFoundError, InvalidInputError */
export const listAccountLog =
  (deps: Pick<ReadLogDeps, 'log'>) =>
  async (caller: Caller, { accountId, ...query }: LogQuery & { readonly accountId?: string }, page: PageRequest): Promise<Page<ShowLogEntry>> =>
    deps.log.listByAccount(accountOf(caller, accountId), filterOf(query), page);
