import { sumMeasures, type Measures } from '../../../lambda/domain/usage/measures.ts';
import { bookProfile } from './book-profile.ts';
import { ownerIdOf } from '../../../lambda/domain/usage/profile-owner.ts';
import type { BillingMonth } from '../../../lambda/domain/usage/usage-ledger.ts';
import type { MeasuredProfile, ProfileHead } from '../../../lambda/domain/usage/usage-profile.ts';
import { allMonths, type UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { accountIdsOf, carryOut, type Command, faultyStore, type Fault, ledgerMonths, ledgerOwners } from './ledger-commands.ts';
import { bookedProfiles, expectEqual, expectLaws, expectSame, platformNow } from './ledger-laws.ts';
import { expectOwnLines } from './own-line-laws.ts';

/** A sequence of commands, what goes wrong with their writes, and what others do in between. */
export interface LedgerRun {
  readonly commands: readonly Command[];
  readonly faults: readonly Fault[];
  readonly others: readonly Command[];
  /** Whether all own lines are booked at its end, and looked at. */
  readonly isEnded: boolean;
}

interface Moment {
  readonly at: string;
  readonly measures: Measures;
  readonly closed: readonly BillingMonth[];
}

const momentOf = async (usage: UsageStore, accountId: string, at: string): Promise<Moment> => ({
  at,
  measures: (await usage.accountUsage(accountId, allMonths)).measures,
  closed: (await usage.billingMonths(accountId, '')).filter(({ closedAt }) => closedAt !== undefined),
});

/** What is now less what was booked since is what was then; what was closed then is the same now. */
const expectPast = async (usage: UsageStore, accountId: string, { at, measures, closed }: Moment): Promise<void> => {
  const later = sumMeasures((await usage.entriesAfter(accountId, at, 1_000)).map(({ difference }) => difference));
  expectSame((await usage.accountUsage(accountId, allMonths)).measures, sumMeasures([measures, later]));
  for (const month of closed) expectEqual(await usage.billing(accountId, month.month), month);
};

type ProfileName = Pick<MeasuredProfile, 'owner' | 'month'>;

const nameOf = ({ owner, month }: ProfileName): string => `${ownerIdOf(owner)} ${month}`;

const breakoutHeads = async (run: string, usage: UsageStore): Promise<readonly ProfileHead[]> => {
  const owners = ledgerOwners(run).filter(({ kind }) => kind === 'BREAKOUT');
  return (await Promise.all(owners.flatMap((owner) => ledgerMonths.map((month) => usage.head(owner, month))))).filter((head) => head !== undefined);
};

/** No breakout is another one than it was, unless it was measured or got other prices itself. Answers what they are. */
const expectUntouched = async (run: string, usage: UsageStore, before: readonly ProfileHead[], touched: ReadonlySet<string>): Promise<readonly ProfileHead[]> => {
  const after = await breakoutHeads(run, usage);
  const others = (heads: readonly ProfileHead[]): readonly ProfileHead[] => heads.filter((head) => !touched.has(nameOf(head)));
  expectEqual(others(after), others(before));
  return after;
};

/** Booking what was booked last of each profile again changes nothing, and what others booked stays as it is. */
const expectIdempotence = async (run: string, usage: UsageStore, now: () => Date, newest: ReadonlyMap<string, MeasuredProfile>): Promise<void> => {
  const before = await bookedProfiles(run, usage);
  for (const measured of newest.values()) await bookProfile({ usage, now })(measured);
  const after = await bookedProfiles(run, usage);
  for (const measured of newest.values()) await bookProfile({ usage, now })(measured);
  expectEqual(await bookedProfiles(run, usage), after);
  const isTouched = ({ head }: (typeof before)[number]): boolean => newest.has(nameOf(head));
  expectEqual(after.filter((profile) => !isTouched(profile)), before.filter((profile) => !isTouched(profile)));
};

/** Opens the store in which things go wrong. */
type OpenFaulty = (faults: readonly Fault[], others: () => Promise<unknown>) => UsageStore;

/**
 * Carries a run out on a store, and checks every law at its end. `run` keeps its ids from those of other runs; `faulty`
 * is the same store with faults.
 */
export const runLedger = async (
  run: string,
  usage: UsageStore,
  { commands, faults, others, isEnded }: LedgerRun,
  faulty: OpenFaulty = (planned, meanwhile) => faultyStore(usage, planned, meanwhile),
): Promise<void> => {
  let ticks = 0;
  const now = (): Date => new Date(Date.parse('2027-01-10T00:00:00.000Z') + (ticks += 1) * 1_000);
  const before = await platformNow(usage);
  const newest = new Map<string, MeasuredProfile>();
  const touched = new Set<string>();
  const touching = (profile: ProfileName): void => void touched.add(nameOf(profile));
  const queue = [...others];
  const other = carryOut(run, usage, now, { touching });
  const measured = (one: MeasuredProfile): void => void newest.set(nameOf(one), one);
  const carry = carryOut(run, faulty(faults, async () => (queue[0] ? other(queue.shift()!) : undefined)), now, { touching, measured });
  const moments: (Moment & { readonly accountId: string })[] = [];
  let breakouts = await breakoutHeads(run, usage);
  for (const command of commands) {
    touched.clear();
    await carry(command);
    breakouts = await expectUntouched(run, usage, breakouts, touched);
    const at = now().toISOString();
    for (const accountId of accountIdsOf(run)) moments.push({ accountId, ...(await momentOf(usage, accountId, at)) });
  }

  await expectLaws(run, usage, before);
  for (const { accountId, ...moment } of moments) await expectPast(usage, accountId, moment);
  await expectIdempotence(run, usage, now, newest);
  await expectLaws(run, usage, before);
  if (!isEnded) return;
  await expectOwnLines(run, usage, now);
  await expectLaws(run, usage, before);
};
