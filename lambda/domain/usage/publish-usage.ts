import type { AccountStore } from '../accounts/account-store.ts';
import { accruedStorage } from './accrued-storage.ts';
import { accruedNanoUsd } from './accruing-money.ts';
import { sumOf } from './amounts.ts';
import { monthInterval, monthOf } from './calendar-month.ts';
import { deliveredBytes } from './category-views.ts';
import { chargeMeasure, costMeasure, lineCategories, sumMeasures, usageCategories, type Measure, type Measures, type UsageCategory } from './measures.ts';
import type { UsageStore } from './usage-store.ts';

/** Whose usage a figure is of. */
export type FigureOwner = 'EVERYTHING' | 'OVERHEADS' | { readonly accountId: string };

/** A figure of a category, or of the sum of all, since the UTC month began. */
export interface UsageFigure {
  /** A quantity is in the product's own unit: hours, GB, minutes, GB held; money in USD. */
  readonly kind: 'QUANTITY' | 'COST' | 'CHARGE';
  readonly owner: FigureOwner;
  readonly category: UsageCategory | 'total';
  /** For looking at: bills are made of exact integers. */
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Shows figures of usage to people. */
export interface UsageFigures {
  /** A figure replaces no other: of two of one hour the higher is shown. @throws UnavailableError */
  publish(figures: readonly UsageFigure[]): Promise<void>;
}

/** What publishing usage needs. */
export interface PublishUsageDeps {
  readonly accounts: Pick<AccountStore, 'list'>;
  readonly usage: Pick<UsageStore, 'accountUsage' | 'platformUsage' | 'overheads'>;
  readonly figures: UsageFigures;
  readonly now: () => number;
}

const gigabyte = 2 ** 30;

/** A whole number of base units in units of the product: to about 15 digits, which is more than a picture shows. */
const inUnits = (amount: bigint | undefined, unit: number): number | undefined => (amount === undefined ? undefined : Number(amount) / unit);

/** What is shown of each category. */
const quantityOf: Readonly<Record<UsageCategory, (measures: Measures) => number | undefined>> = {
  streaming: ({ streamingRunMilliseconds }) => inUnits(streamingRunMilliseconds, 3_600_000),
  packaging: ({ packagingIngressBytes, packagingEgressBytes }) => inUnits(sumOf(packagingIngressBytes, packagingEgressBytes), gigabyte),
  delivery: (measures) => inUnits(deliveredBytes(measures), gigabyte),
  conversion: ({ conversionMilliseconds }) => inUnits(conversionMilliseconds, 60_000),
  storage: ({ storageBytesHeld }) => inUnits(storageBytesHeld, gigabyte),
};

/** A month that is told of: up to `now`, at a time that stands for it. */
interface ToldMonth {
  readonly month: string;
  readonly now: number;
  readonly at: number;
}

/** Measures with the money of what is held and not booked yet, so that storage grows by the hour as it does in the API, and not at the month's end. */
const withAccrued = (measures: Measures, { month, now }: ToldMonth): Measures => {
  const accrued = accruedStorage(measures, month, now);
  const part = (name: Measure, amount: bigint | undefined): Measures => (amount === undefined ? {} : { [name]: amount });
  return sumMeasures([measures, part(costMeasure.storage, accruedNanoUsd(accrued?.cost)), part(chargeMeasure.storage, accruedNanoUsd(accrued?.charge))]);
};

const figuresOf = (owner: FigureOwner, booked: Measures, told: ToldMonth): readonly UsageFigure[] => {
  const measures = withAccrued(booked, told);
  const figure = (kind: UsageFigure['kind'], category: UsageFigure['category'], value: number | undefined): readonly UsageFigure[] => (value === undefined ? [] : [{ kind, owner, category, value, at: told.at }]);
  const usd = (amount: bigint | undefined): number | undefined => inUnits(amount, 1e9);
  return [
    ...usageCategories.flatMap((category) => [
      ...figure('QUANTITY', category, quantityOf[category](measures)),
      ...figure('COST', category, usd(measures[costMeasure[category]])),
      ...figure('CHARGE', category, usd(measures[chargeMeasure[category]])),
    ]),
    ...figure('COST', 'total', usd(sumOf(...usageCategories.map((category) => measures[costMeasure[category]])))),
    ...figure('CHARGE', 'total', usd(sumOf(...lineCategories.map((category) => measures[chargeMeasure[category]])))),
  ];
};

const pageSize = 100;

const hourMilliseconds = 3_600_000;

/** By then the last profiles of a month are final and its own lines are booked: 26 hours after its end, by what runs hourly. */
const settledAfterMilliseconds = 28 * hourMilliseconds;

/**
 * The months that are told of now. An ended month is told of once more, when it has settled: in its own last hour, in
 * which whoever looks at the month finds it. Nothing else is told in that hour, of which the highest figure would be shown,
 * while a month's last figure may be lower than those before: volume tiers are taken off at its end.
 */
const toldMonths = (now: number): readonly ToldMonth[] => {
  const month = monthOf(now);
  const { from, to } = monthInterval(month);
  const hoursSinceSettled = Math.floor((now - from - settledAfterMilliseconds) / hourMilliseconds);
  const ended: readonly ToldMonth[] = hoursSinceSettled === 0 ? [{ month: monthOf(from - 1), now, at: from - hourMilliseconds }] : [];
  return now >= to - hourMilliseconds ? ended : [...ended, { month, now, at: now }];
};

/**
 * Publishes what has been used since the month began, by account and category, of everything and of the overheads: so
 * many figures an account, whatever the number of its shows. It is asked once an hour. Answers how many.
 */
export const publishUsage =
  ({ accounts, usage, figures, now }: PublishUsageDeps) =>
  async (): Promise<number> => {
    let published = 0;
    const publish = async (some: readonly UsageFigure[]): Promise<void> => {
      await figures.publish(some);
      published += some.length;
    };
    for (const told of toldMonths(now())) {
      const { month } = told;
      const [everything, overheads] = await Promise.all([usage.platformUsage(month), usage.overheads(month)]);
      await publish([...figuresOf('EVERYTHING', everything.measures, told), ...figuresOf('OVERHEADS', overheads.measures, told)]);
      let after: string | undefined;
      do {
        const page = await accounts.list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
        const ofAccounts = await Promise.all(page.items.map(async ({ accountId }) => figuresOf({ accountId }, (await usage.accountUsage(accountId, month)).measures, told)));
        await publish(ofAccounts.flat());
        after = page.next;
      } while (after !== undefined);
    }
    return published;
  };
