import { isDeepStrictEqual } from 'node:util';
import { meteredByLines } from '../../../lambda/domain/usage/metered-lines.ts';
import { sumMetered, type MeteredTotals } from '../../../lambda/domain/usage/metered-totals.ts';
import { differenceOf, statusMeasure, sumMeasures, accruingMeasure, type Measures } from '../../../lambda/domain/usage/measures.ts';
import { accountOf } from '../../../lambda/domain/usage/profile-owner.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { ProfileHead } from '../../../lambda/domain/usage/usage-profile.ts';
import { allMonths, type UsageStore } from '../../../lambda/domain/usage/usage-store.ts';
import { accountIdOf, ledgerMonths, ledgerOwners } from './ledger-commands.ts';

type Amounts = Readonly<Record<string, bigint | undefined>>;

/** Exactly equal, where nothing is as much as 0. Millions are compared: the matcher, which is slow, only explains. */
export const expectSame = (is: Amounts, sum: Amounts): void => {
  for (const name of [...Object.keys(is), ...Object.keys(sum)]) {
    if ((is[name] ?? 0n) !== (sum[name] ?? 0n)) expect(is).toEqual(sum);
  }
};

/** Deeply equal, likewise. */
export const expectEqual = (is: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(is, expected)) expect(is).toEqual(expected);
};

const counts: readonly string[] = [...Object.values(statusMeasure), accruingMeasure];

const amountsOf = (measures: Measures): Measures => Object.fromEntries(Object.entries(measures).filter(([name]) => !counts.includes(name)));

/** The difference of two readings of what more than one run adds to. */
const since = (before: Measures, after: Measures): Measures => differenceOf(after, before);

/** Every profile of a run as it counts, with its lines. */
interface BookedProfile {
  readonly head: ProfileHead;
  readonly lines: readonly UsageLine[];
}

/** Every profile that counts. */
export const bookedProfiles = async (run: string, usage: UsageStore): Promise<readonly BookedProfile[]> => {
  const heads = await Promise.all(ledgerOwners(run).flatMap((owner) => ledgerMonths.map((month) => usage.head(owner, month))));
  return Promise.all(heads.flatMap((head) => head ?? []).map(async (head) => ({ head, lines: (await usage.lines(head, { limit: 100 })).items })));
};

const sumAdds = (lines: readonly UsageLine[]): Measures => sumMeasures(lines.map(({ adds }) => adds));

const expectLinesInProfiles = (profiles: readonly BookedProfile[]): void => {
  for (const { head, lines } of profiles) {
    const own = lines.filter(({ owner }) => owner === head.owner.kind);
    const platforms = lines.filter(({ owner }) => owner !== head.owner.kind);
    expectSame(amountsOf(head.totals), sumAdds(own));
    expectSame(head.platformTotals, sumAdds(platforms));
    expectSame(head.metered, meteredByLines(own));
  }
};

/** What the platform had before a run. */
export interface PlatformBefore {
  readonly platform: ReadonlyMap<string, Measures>;
  readonly overheads: ReadonlyMap<string, Measures>;
  readonly metered: ReadonlyMap<string, MeteredTotals>;
}

const periods = [...ledgerMonths, allMonths] as const;

/** Reads what the platform has, so that a run can be told from those before. */
export const platformNow = async (usage: UsageStore): Promise<PlatformBefore> => ({
  platform: new Map(await Promise.all(periods.map(async (period) => [period, (await usage.platformUsage(period)).measures] as const))),
  overheads: new Map(await Promise.all(periods.map(async (period) => [period, (await usage.overheads(period)).measures] as const))),
  metered: new Map(await Promise.all(ledgerMonths.map(async (month) => [month, await usage.metered(undefined, month)] as const))),
});

const expectLevels = async (run: string, usage: UsageStore, profiles: readonly BookedProfile[], before: PlatformBefore): Promise<void> => {
  const now = await platformNow(usage);
  for (const period of periods) {
    const heads = profiles.map(({ head }) => head).filter(({ month }) => period === allMonths || month === period);
    const sumOf = (isChild: (head: ProfileHead) => boolean): Measures => sumMeasures(heads.filter(isChild).map(({ totals }) => totals));
    const overheads = sumMeasures([sumOf(({ owner }) => owner.kind === 'PLATFORM'), ...heads.map(({ platformTotals }) => platformTotals)]);
    for (const owner of ledgerOwners(run)) {
      if (owner.kind !== 'BREAKOUT') continue;
      expectSame((await usage.breakoutUsage(owner.breakoutId, period)).measures, sumOf((head) => head.owner.kind === 'BREAKOUT' && head.owner.breakoutId === owner.breakoutId));
      expectSame((await usage.eventUsage(owner.eventId, period)).measures, sumOf((head) => head.owner.kind === 'BREAKOUT' && head.owner.eventId === owner.eventId));
    }
    const accounts = [0, 1].map((index) => sumOf(({ owner }) => accountOf(owner) === accountIdOf(run, index)));
    for (const [index, sum] of accounts.entries()) expectSame((await usage.accountUsage(accountIdOf(run, index), period)).measures, sum);
    expectSame(since(before.overheads.get(period) ?? {}, now.overheads.get(period) ?? {}), overheads);
    expectSame(since(before.platform.get(period) ?? {}, now.platform.get(period) ?? {}), sumMeasures([...accounts, overheads]));
  }
};

const negated = (totals: MeteredTotals): MeteredTotals => Object.fromEntries(Object.entries(totals).map(([name, amount]) => [name, -amount]));

const expectMetered = async (run: string, usage: UsageStore, profiles: readonly BookedProfile[], before: PlatformBefore): Promise<void> => {
  for (const month of ledgerMonths) {
    const heads = profiles.map(({ head }) => head).filter((head) => head.month === month);
    for (const index of [0, 1]) {
      const accountId = accountIdOf(run, index);
      expectSame(await usage.metered(accountId, month), sumMetered(...heads.filter(({ owner }) => accountOf(owner) === accountId).map(({ metered }) => metered)));
    }
    const everything = sumMetered(await usage.metered(undefined, month), negated(before.metered.get(month) ?? {}));
    expectSame(everything, sumMetered(...heads.flatMap(({ metered, platformMetered }) => [metered, platformMetered])));
  }
};

const expectBilling = async (run: string, usage: UsageStore): Promise<void> => {
  for (const accountId of [0, 1].map((index) => accountIdOf(run, index))) {
    const months = await usage.billingMonths(accountId, '');
    expectSame(sumMeasures(months.map(({ measures }) => measures)), (await usage.accountUsage(accountId, allMonths)).measures);
    for (const { month, measures, closedAt } of months) {
      const open = (measures.provisionalProfiles ?? 0n) + (measures.accruingProfiles ?? 0n);
      if (closedAt !== undefined) expectEqual(open, 0n);
      const entries = (await usage.entriesAfter(accountId, '', 1_000)).filter(({ billingMonth }) => billingMonth === month);
      expectSame(measures, sumMeasures(entries.map(({ difference }) => difference)));
      expectEqual((await usage.corrections(accountId, month, { limit: 1_000 })).items, entries.filter((entry) => entry.month !== month));
      expectEqual((await usage.openProfiles(accountId, month, 100)).length > 0, open > 0n);
    }
  }
};

/** Every law of the books over what a run has left: exact sums at every level, by month, by SKU and by billing period. */
export const expectLaws = async (run: string, usage: UsageStore, before: PlatformBefore): Promise<void> => {
  const profiles = await bookedProfiles(run, usage);
  expectLinesInProfiles(profiles);
  await expectLevels(run, usage, profiles, before);
  await expectMetered(run, usage, profiles, before);
  await expectBilling(run, usage);
};
