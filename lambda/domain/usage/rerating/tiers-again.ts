import { allAccountIds } from '../../accounts/all-account-ids.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import type { Rate } from '../../pricing/rate.ts';
import type { Now } from '../../shared/time.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { meteredQuantitiesOf, meteredTotalsOf, type MeteredTotals } from '../metered-totals.ts';
import { hasOwnLines } from '../own-lines/book-ended-months.ts';
import { monthRates, type MonthRatesDeps } from '../own-lines/month-rates.ts';
import { readMonthQuantities, type MonthQuantitiesDeps } from '../own-lines/month-quantities.ts';
import { isDue, type OwnLineMonths } from '../own-lines/own-line-months.ts';
import type { HolderQuantities } from '../own-lines/sku-weights.ts';
import { tierAdjustments, type TierAdjustment } from '../own-lines/tier-adjustments.ts';

/** What volume tiers of another book make of a month needs. */
export interface TiersAgainDeps extends MonthQuantitiesDeps, MonthRatesDeps {
  readonly usage: MonthQuantitiesDeps['usage'] & Pick<OwnLineMonths, 'ownLineMonths'>;
  readonly now: Now;
}

/** BOOKED, DUE = something was booked in the month that they follow within the hour, NOT_YET = the month has none so far. */
export type OwnLinesState = 'BOOKED' | 'DUE' | 'NOT_YET';

/** A holder's part of a month's volume tiers, with other prices. */
export interface HolderTiers {
  readonly adjustments: readonly TierAdjustment[];
  /** What the holder used that has tiers as it is booked, and no rate in the other book. */
  readonly unrated: readonly Rate[];
}

/** A month's volume tiers with another book, were everything rated with it. */
export interface TiersAgain {
  readonly month: string;
  readonly book: PriceBook;
  /** When the quantities were read, ISO 8601. */
  readonly asOf: string;
  readonly state: OwnLinesState;
  /** Why this book has no tiers for the month at all; undefined when it has. */
  readonly impossible: string | undefined;
  /** Of an account, or of the platform. */
  readonly of: (accountId: string | undefined) => HolderTiers;
}

const none: HolderTiers = { adjustments: [], unrated: [] };

const ratedWith = (totals: MeteredTotals, { bookId }: PriceBook): MeteredTotals => meteredTotalsOf(meteredQuantitiesOf(totals).map((quantity) => ({ ...quantity, priceBookId: bookId })));

const stateOf = async ({ usage, now }: TiersAgainDeps, month: string): Promise<OwnLinesState> => {
  if (!hasOwnLines(month, now())) return 'NOT_YET';
  const known = (await usage.ownLineMonths()).find((one) => one.month === month);
  return isDue(known ?? { month, bookings: 0n }) ? 'DUE' : 'BOOKED';
};

const foreign = ({ bookId, region }: PriceBook, pricedRegion: string): string | undefined =>
  region === pricedRegion ? undefined : `price book ${bookId} is of ${region}, and everybody's month is metered in SKUs of ${pricedRegion}: its volume tiers are not of these quantities`;

/** The rates of what has several tiers as it is booked, and is not in the other book. */
const unratedBy = async (deps: TiersAgainDeps, holders: readonly HolderQuantities[], month: string, known: ReadonlySet<string>): Promise<(totals: MeteredTotals) => readonly Rate[]> => {
  const missing = (totals: MeteredTotals): MeteredTotals => meteredTotalsOf(meteredQuantitiesOf(totals).filter(({ sku, base }) => base !== 0n && !known.has(sku)));
  const left = holders.map(({ totals }) => ({ accountId: undefined, totals: missing(totals) }));
  if (left.every(({ totals }) => Object.keys(totals).length === 0)) return () => [];
  const rateOf = await monthRates(deps)(left, month);
  return (totals) => {
    const rates = meteredQuantitiesOf(missing(totals)).flatMap(({ sku, priceBookId }) => rateOf(sku, priceBookId) ?? []);
    return [...new Map(rates.filter(({ tiers }) => tiers.length > 1).map((rate) => [rate.sku, rate])).values()];
  };
};

type OfHolder = TiersAgain['of'];

const readTiers = async (deps: TiersAgainDeps, month: string, book: PriceBook): Promise<OfHolder> => {
  const holders = await readMonthQuantities(deps)(await allAccountIds(deps.accounts), month);
  const rates = new Map(book.rates.map((rate) => [rate.sku, rate]));
  const adjustments = tierAdjustments(holders.map(({ accountId, totals }) => ({ accountId, totals: ratedWith(totals, book) })), (sku) => rates.get(sku));
  const unrated = await unratedBy(deps, holders, month, new Set(rates.keys()));
  const byHolder = new Map(holders.map(({ accountId, totals }, index) => [accountId, { adjustments: adjustments[index] ?? [], unrated: unrated(totals) }] as const));
  return (accountId) => byHolder.get(accountId) ?? none;
};

/**
 * What volume tiers make of a month, were everything rated with another book: of its quantities as they are booked, shared
 * as own lines are. One reading for everybody, so that the shares of all sum to the whole; none for a month that is not over.
 * @throws UnavailableError when others book all the time
 */
export const tiersAgain =
  (deps: TiersAgainDeps) =>
  async (month: string, book: PriceBook): Promise<TiersAgain> => {
    const impossible = foreign(book, deps.pricedRegion);
    const asOf = isoTime(deps.now());
    const isOver = deps.now() >= monthInterval(month).to;
    const state = isOver ? await stateOf(deps, month) : 'NOT_YET';
    return { month, book, asOf, state, impossible, of: isOver && impossible === undefined ? await readTiers(deps, month, book) : () => none };
  };
