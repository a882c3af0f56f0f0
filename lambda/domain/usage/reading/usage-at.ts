import { allAccountIds } from '../../accounts/all-account-ids.ts';
import type { Account } from '../../accounts/account.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import { categoryMeasures, chargeMeasure, costMeasure, differenceOf, noDataMeasure, sumMeasures, unpricedMeasure, usageCategories, type Measure, type Measures } from '../measures.ts';
import type { LedgerEntry, UsageLedger } from '../usage-ledger.ts';
import { allMonths, type UsageLevel, type UsagePeriod } from '../usage-store.ts';
import { bookedUsage, isPartOf, type UsageLevels, type UsageSubject } from './usage-subject.ts';

/** What reading usage as it was known needs. */
export interface UsageAtDeps {
  readonly usage: UsageLevels & Pick<UsageLedger, 'entriesAfter'>;
  readonly accounts: { list(page: PageRequest): Promise<Page<Account>> };
}

/** So many bookings are taken off a level: some seconds. */
const mostEntries = 5000;

/** A level that is moved while its bookings are read is read again. */
const mostTurns = 5;

const tooLongAgo = (at: string): InvalidInputError => {
  const message = `is too long ago: more than ${mostEntries} bookings have come since ${at}, ask for a later moment or for the versions of a breakout`;
  return new InvalidInputError({ code: 'moment-too-long-ago', message: `at ${message}`, fields: [{ field: 'at', message }] });
};

const isWide = ({ kind }: UsageSubject): boolean => kind === 'PLATFORM' || kind === 'OVERHEADS';

/** The accounts whose bookings a subject is of; undefined = what no account bears. */
const accountsOf = async ({ accounts }: UsageAtDeps, subject: UsageSubject): Promise<readonly (string | undefined)[]> => {
  if ('accountId' in subject) return [subject.accountId];
  return [undefined, ...(await allAccountIds(accounts))];
};

const entriesSince = async (deps: UsageAtDeps, subject: UsageSubject, at: string): Promise<readonly LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  for (const accountId of await accountsOf(deps, subject)) {
    entries.push(...(await deps.usage.entriesAfter(accountId, at, mostEntries + 1 - entries.length)));
    if (entries.length > mostEntries) throw tooLongAgo(at);
  }
  return entries;
};

const isOf = (subject: UsageSubject, { owner }: LedgerEntry): boolean => {
  if (isWide(subject)) return true;
  if (owner.kind === 'BREAKOUT') return isPartOf(subject, owner);
  return owner.kind === 'ACCOUNT' && subject.kind === 'ACCOUNT' && owner.accountId === subject.accountId;
};

const movesOf = (subject: UsageSubject, { owner, difference, platformDifference }: LedgerEntry): Measures => {
  if (subject.kind === 'PLATFORM') return sumMeasures([difference, platformDifference]);
  if (subject.kind !== 'OVERHEADS') return difference;
  return owner.kind === 'PLATFORM' ? sumMeasures([difference, platformDifference]) : platformDifference;
};

/** What is 0 in all of a category had not been measured yet: sums do not tell the two apart. */
const withoutUnmeasured = (measures: Measures): Measures => {
  const unmeasured = new Set<string>(
    usageCategories.flatMap((category) => {
      const names: readonly Measure[] = [...categoryMeasures[category], costMeasure[category], chargeMeasure[category], unpricedMeasure[category], noDataMeasure[category]];
      return names.every((name) => (measures[name] ?? 0n) === 0n) ? names : [];
    }),
  );
  return Object.fromEntries(Object.entries(measures).filter(([name]) => !unmeasured.has(name)));
};

const isSame = (one: UsageLevel, other: UsageLevel): boolean => Object.keys(differenceOf(one.measures, other.measures)).length === 0;

const isNothing = (measures: Measures): boolean => Object.values(measures).every((amount) => amount === 0n);

/** A level and all that was booked after a moment, read with nothing in between. */
const readTogether = async (deps: UsageAtDeps, subject: UsageSubject, period: UsagePeriod, at: string): Promise<{ readonly level: UsageLevel; readonly entries: readonly LedgerEntry[] }> => {
  let level = await bookedUsage(deps.usage, subject, period);
  for (let turn = 1; ; turn += 1) {
    const entries = await entriesSince(deps, subject, at);
    const again = await bookedUsage(deps.usage, subject, period);
    if (isSame(level, again) || turn === mostTurns) return { level: again, entries };
    level = again;
  }
};

/**
 * The usage of a level as it was known at a past moment (ISO 8601 UTC with milliseconds): what is booked now, less what
 * has been booked since. So children sum to their parent at every moment. @throws InvalidInputError when that is too much
 */
export const usageAt =
  (deps: UsageAtDeps) =>
  async (subject: UsageSubject, period: UsagePeriod, at: string): Promise<UsageLevel> => {
    const { level, entries } = await readTogether(deps, subject, period, at);
    const since = entries.filter((entry) => isOf(subject, entry) && (period === allMonths || entry.month === period));
    if (since.length === 0) return level;
    const measures = withoutUnmeasured(sumMeasures([level.measures, differenceOf({}, sumMeasures(since.map((entry) => movesOf(subject, entry))))]));
    return isNothing(measures) ? { measures: {} } : { measures, asOf: at };
  };
