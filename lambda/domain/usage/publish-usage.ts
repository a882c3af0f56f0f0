import type { AccountStore } from '../accounts/account-store.ts';
import { monthInterval, monthOf } from './calendar-month.ts';
import { chargeMeasure, costMeasure, lineCategories, usageCategories, type Measures, type UsageCategory } from './measures.ts';
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
  /** The same figure of the same time again replaces nothing: the newest of a period is shown. @throws UnavailableError */
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

const sum = (...amounts: readonly (bigint | undefined)[]): bigint | undefined => amounts.reduce((total, amount) => (amount === undefined ? total : (total ?? 0n) + amount), undefined);

/** What is shown of each category. */
const quantityOf: Readonly<Record<UsageCategory, (measures: Measures) => number | undefined>> = {
  streaming: ({ streamingRunMilliseconds }) => inUnits(streamingRunMilliseconds, 3_600_000),
  packaging: ({ packagingIngressBytes, packagingEgressBytes }) => inUnits(sum(packagingIngressBytes, packagingEgressBytes), gigabyte),
  delivery: ({ deliveryTotalBytes }) => inUnits(deliveryTotalBytes, gigabyte),
  conversion: ({ conversionMilliseconds }) => inUnits(conversionMilliseconds, 60_000),
  storage: ({ storageBytesHeld }) => inUnits(storageBytesHeld, gigabyte),
};

const figuresOf = (owner: FigureOwner, measures: Measures, at: number): readonly UsageFigure[] => {
  const figure = (kind: UsageFigure['kind'], category: UsageFigure['category'], value: number | undefined): readonly UsageFigure[] => (value === undefined ? [] : [{ kind, owner, category, value, at }]);
  const usd = (amount: bigint | undefined): number | undefined => inUnits(amount, 1e9);
  return [
    ...usageCategories.flatMap((category) => [
      ...figure('QUANTITY', category, quantityOf[category](measures)),
      ...figure('COST', category, usd(measures[costMeasure[category]])),
      ...figure('CHARGE', category, usd(measures[chargeMeasure[category]])),
    ]),
    ...figure('COST', 'total', usd(sum(...usageCategories.map((category) => measures[costMeasure[category]])))),
    ...figure('CHARGE', 'total', usd(sum(...lineCategories.map((category) => measures[chargeMeasure[category]])))),
  ];
};

const pageSize = 100;

/** A month goes on to be told of until its last profiles are final: in its last hour, where whoever looks at the month finds it. */
const toldAfterMilliseconds = 3 * 86_400_000;

/** The months that are told of now, with the time for which they are. */
const toldMonths = (now: number): readonly { readonly month: string; readonly at: number }[] => {
  const present = { month: monthOf(now), at: now };
  const { from } = monthInterval(present.month);
  return now - from < toldAfterMilliseconds ? [{ month: monthOf(from - 1), at: from - 3_600_000 }, present] : [present];
};

/**
 * Publishes what has been booked since the month began, by account and category, of everything and of the overheads: so
 * many figures an account, whatever the number of its shows. Answers how many.
 */
export const publishUsage =
  ({ accounts, usage, figures, now }: PublishUsageDeps) =>
  async (): Promise<number> => {
    let published = 0;
    const publish = async (told: readonly UsageFigure[]): Promise<void> => {
      await figures.publish(told);
      published += told.length;
    };
    for (const { month, at } of toldMonths(now())) {
      const [everything, overheads] = await Promise.all([usage.platformUsage(month), usage.overheads(month)]);
      await publish([...figuresOf('EVERYTHING', everything.measures, at), ...figuresOf('OVERHEADS', overheads.measures, at)]);
      let after: string | undefined;
      do {
        const page = await accounts.list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
        const told = await Promise.all(page.items.map(async ({ accountId }) => figuresOf({ accountId }, (await usage.accountUsage(accountId, month)).measures, at)));
        await publish(told.flat());
        after = page.next;
      } while (after !== undefined);
    }
    return published;
  };
