import { formatDecimal, fraction, multiply, type Fraction } from '../pricing/fraction.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import { selectRate } from '../pricing/rate-selection.ts';
import { ratePrice, type Rate, type RateTier } from '../pricing/rate.ts';
import { toNanoUsd } from '../pricing/usd.ts';
import { accruingCharge, accruingChargeMeasures, accruingCost, accruingCostMeasures } from './accruing-money.ts';
import { chargeMeasure, costMeasure, unpricedMeasure } from './measures.ts';
import type { LineRate, RatingBasis, UsageLine } from './usage-line.ts';

/** A line before it has a price: only what it is rated by. */
export type UnpricedLine = Omit<UsageLine, 'billable' | 'rate' | 'metered' | 'nanoUsd' | 'chargeNanoUsd' | 'chargedBy' | 'unpriced' | 'rounding'>;

/** Keeps a line without a price, counted as such, with the reason. */
export const withoutPrice = (line: UnpricedLine, unpriced: string): UsageLine => {
  if (line.category === 'minimum') throw new RangeError(`line "${line.key}" is of a minimum, expected a category that has prices`);
  return { ...line, unpriced, adds: { ...line.adds, [unpricedMeasure[line.category]]: 1n } };
};

const lineRate = ({ sku, usageType, unit, effectiveDate }: Rate, { rateCode, usdPerUnit }: RateTier, { bookId }: PriceBook): LineRate => ({
  sku, rateCode, usageType, usdPerUnit, unit, effectiveDate, priceBookId: bookId,
});

/** More than anything that can be used: the table keeps 38 digits, and sums of a month must fit too. */
const implausible = 10n ** 33n;

/** A quantity that cannot be has no price, and is in no sum: the line tells what was measured. */
const flagged = ({ quantity: _quantity, ...line }: UnpricedLine, base: bigint): UsageLine =>
  withoutPrice({ ...line, adds: {} }, `a quantity of ${base.toString()} cannot be, expected 0 to less than 10^33: look at what ${line.source} answered`);

/** What a quantity costs exactly, by what it is rated by. */
const exactCost = ({ base, perUnit }: RatingBasis, usdPerUnit: Fraction, ratio: Fraction) => {
  const metered = { base: base * ratio.numerator, perUnit: perUnit * ratio.denominator };
  return { metered, exact: multiply(fraction(metered.base, metered.perUnit), usdPerUnit) };
};

/**
 * Rates a line at the first paid tier of its SKU in a book: exact product, rounded once, half-even, to 10^-9 USD: a
 * function of line and book alone. Without exactly one SKU the line is kept unpriced. The customer pays what it costs,
 * until price terms say otherwise; what the platform bears nobody pays.
 */
export const pricedLine = (line: UnpricedLine & { readonly basis: RatingBasis }, book: PriceBook | undefined): UsageLine => {
  const { basis, category } = line;
  if (basis.base < 0n || basis.base >= implausible) return flagged(line, basis.base);
  const selection = selectRate(book, basis.criteria);
  if ('unpriced' in selection || !book) return withoutPrice(line, 'unpriced' in selection ? selection.unpriced : 'no price book');
  if (category === 'minimum') throw new RangeError(`line "${line.key}" is of a minimum, expected a category that has prices`);
  const { rate } = selection;
  const { tier, usdPerUnit, ratio } = ratePrice(rate);
  const { metered, exact } = exactCost(basis, usdPerUnit, ratio);
  const nanoUsd = toNanoUsd(exact);
  const isCharged = line.owner !== 'PLATFORM';
  return {
    ...line,
    billable: { numerator: metered.base, denominator: metered.perUnit, unit: rate.unit },
    rate: lineRate(rate, tier, book),
    metered: { sku: rate.sku, ...metered },
    nanoUsd,
    ...(isCharged ? { chargeNanoUsd: nanoUsd } : {}),
    rounding: `half-even to 9 decimals from ${formatDecimal(exact, 18)}`,
    adds: {
      ...line.adds,
      [costMeasure[category]]: nanoUsd,
      ...accruingCost(line.adds, line.month, usdPerUnit),
      ...(isCharged ? { [chargeMeasure[category]]: nanoUsd, ...accruingCharge(line.adds, line.month, usdPerUnit) } : {}),
    },
  };
};

const priceMeasures: ReadonlySet<string> = new Set([
  ...Object.values(costMeasure), ...Object.values(chargeMeasure), ...Object.values(unpricedMeasure), ...accruingCostMeasures, ...accruingChargeMeasures,
]);

/** A line as it was before it had a price. */
const withoutItsPrice = ({
  billable: _billable, rate: _rate, metered: _metered, nanoUsd: _nanoUsd, chargeNanoUsd: _charge, chargedBy: _chargedBy, unpriced: _unpriced, rounding: _rounding, ...line
}: UsageLine): UnpricedLine => ({ ...line, adds: Object.fromEntries(Object.entries(line.adds).filter(([name]) => !priceMeasures.has(name))) });

/** A line as another book rates it. Lines that no book rates stay as they are. */
export const rerated = (line: UsageLine, book: PriceBook | undefined): UsageLine =>
  line.basis === undefined ? line : pricedLine({ ...withoutItsPrice(line), basis: line.basis }, book);
