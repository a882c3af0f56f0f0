import { formatDecimal, fraction } from '../pricing/fraction.ts';
import { formatUsd } from '../pricing/usd.ts';
import type { AccruedStorage } from './accrued-storage.ts';
import { formatPicoUsd, type AccruedMoney } from './accruing-money.ts';
import { per, usd, type Amounts } from './amounts.ts';
import { isoTime } from './calendar-month.ts';
import { categoryStates, categoryViews, unpricedLines, type CategoryStates, type CategoryViews } from './category-views.ts';
import { chargeMeasure, costMeasure, lineCategories, usageCategories, type Measures, type UsageCategory } from './measures.ts';
import { bytesPerGigabyte } from './meters/packaging-meter.ts';
import type { UsageLevel } from './usage-store.ts';

/** How settled usage is; NONE while there is none. */
export type UsageStatus = 'NONE' | 'ESTIMATED' | 'PROVISIONAL' | 'FINAL' | 'CORRECTED';

/** What has been held since storage was booked: not in the categories' amounts. */
export interface AccruingView {
  readonly bytes: string;
  readonly gigabytes: string;
  readonly byteMilliseconds: string;
  readonly gigabyteMonths: string;
  readonly until: string;
  /** What it comes to up to then and a day, at the prices of what is booked of it; null where no price is known. */
  readonly estimated: Amounts<'usd' | 'usdPerDay' | 'chargeUsd' | 'chargeUsdPerDay'>;
}

/** Usage of one level and period as people read it: integers and decimals as exact strings. */
export interface UsageView {
  readonly status: UsageStatus;
  readonly asOf: string | null;
  readonly states: CategoryStates;
  readonly categories: CategoryViews;
  /** Null when nothing accrues. */
  readonly accruing: AccruingView | null;
  /** What an account's monthly minimum adds to the categories' charges; null where there is none. */
  readonly minimumChargeUsd: string | null;
  /** What it costs at AWS's list prices. */
  readonly totalUsd: string;
  /** What the customer pays. */
  readonly totalChargeUsd: string;
  /** Lines whose charge is missing in `usd`, because the price list had not exactly one rate for them. */
  readonly unpriced: readonly { readonly category: UsageCategory; readonly lines: string }[];
}

const places = 9;

const statusOf = ({ provisionalProfiles = 0n, correctedProfiles = 0n, finalProfiles = 0n }: Measures): UsageStatus => {
  if (provisionalProfiles > 0n) return 'PROVISIONAL';
  if (correctedProfiles > 0n) return 'CORRECTED';
  return finalProfiles > 0n ? 'FINAL' : 'NONE';
};

/** The cost of measures at list prices, in nano-dollars. */
export const costOf = (measures: Measures): bigint => usageCategories.reduce((sum, category) => sum + (measures[costMeasure[category]] ?? 0n), 0n);

/** What the customer pays for measures, in nano-dollars. */
export const chargeOf = (measures: Measures): bigint => lineCategories.reduce((sum, category) => sum + (measures[chargeMeasure[category]] ?? 0n), 0n);

const moneyOf = (money: AccruedMoney | undefined) => (money === undefined ? null : formatPicoUsd(money.sinceBooked));

const moneyPerDay = (money: AccruedMoney | undefined) => (money === undefined ? null : formatPicoUsd(fraction(money.perDay)));

const accruingView = ({ bytes, byteMilliseconds, gigabyteMonths, until, cost, charge }: AccruedStorage): AccruingView => ({
  bytes: bytes.toString(),
  gigabytes: per(bytes, bytesPerGigabyte) ?? '0',
  byteMilliseconds: byteMilliseconds.toString(),
  gigabyteMonths: formatDecimal(gigabyteMonths, places),
  until: isoTime(until),
  estimated: { usd: moneyOf(cost), usdPerDay: moneyPerDay(cost), chargeUsd: moneyOf(charge), chargeUsdPerDay: moneyPerDay(charge) },
});

/** What is not there yet may still come: a recording that is being made. */
const isUnsettled = (status: UsageStatus): boolean => status === 'ESTIMATED' || status === 'PROVISIONAL';

/** What is needed beside the level to read it. */
export interface UsageViewOptions {
  /** Absent = as the profiles under it say. */
  readonly status?: UsageStatus;
  readonly accrued?: AccruedStorage;
}

/** How a level reads: integers and decimals as exact strings, GB of 2^30 bytes, ratios rounded half-even to 9 decimals. */
export const usageView = ({ measures, asOf }: UsageLevel, { status = statusOf(measures), accrued }: UsageViewOptions = {}): UsageView => ({
  status,
  asOf: asOf ?? null,
  states: categoryStates(measures, asOf !== undefined && !isUnsettled(status)),
  categories: categoryViews(measures),
  accruing: accrued === undefined ? null : accruingView(accrued),
  minimumChargeUsd: usd(measures[chargeMeasure.minimum]),
  totalUsd: formatUsd(costOf(measures)),
  totalChargeUsd: formatUsd(chargeOf(measures)),
  unpriced: unpricedLines(measures),
});
