/**
 * A billable quantity in integer base units of its SKU, `perUnit` of them in one unit of the price: bytes with 2^30 a
 * GB, minutes with 60 an hour. Quantities of a month are exact integer sums.
 */
export interface MeteredQuantity {
  readonly sku: string;
  readonly base: bigint;
  readonly perUnit: bigint;
  /** The price book that it is rated with: volume tiers of the same book are taken off it. */
  readonly priceBookId?: string;
}

/** Base units by `<sku>/<perUnit>@<price book>`, so that what is counted in other base units, or rated with another book, is never added. */
export type MeteredTotals = Readonly<Record<string, bigint>>;

const invalidUnit = (name: string): RangeError => new RangeError(`"${name}" is no metered quantity, expected <sku>/<base units in one unit, at least 1>, and @<price book> where one is known`);

const nameOf = ({ sku, perUnit, priceBookId }: MeteredQuantity): string => `${sku}/${perUnit.toString()}${priceBookId === undefined ? '' : `@${priceBookId}`}`;

/** The sum of quantities. @throws RangeError when base units do not make a unit */
export const meteredTotalsOf = (quantities: readonly MeteredQuantity[]): MeteredTotals => {
  const totals: Record<string, bigint> = {};
  for (const quantity of quantities) {
    const name = nameOf(quantity);
    if (quantity.perUnit <= 0n) throw invalidUnit(name);
    totals[name] = (totals[name] ?? 0n) + quantity.base;
  }
  return totals;
};

/** What has to be added to `before` to make it `after`; without zeros. */
export const meteredDifferenceOf = (after: MeteredTotals, before: MeteredTotals): MeteredTotals => {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])].sort();
  return Object.fromEntries(names.map((name) => [name, (after[name] ?? 0n) - (before[name] ?? 0n)] as const).filter(([, amount]) => amount !== 0n));
};

/** The sum, name by name. */
export const sumMetered = (...parts: readonly MeteredTotals[]): MeteredTotals => {
  const sum: Record<string, bigint> = {};
  for (const [name, amount] of parts.flatMap((part) => Object.entries(part))) sum[name] = (sum[name] ?? 0n) + amount;
  return sum;
};

/** Totals as quantities, by SKU. @throws RangeError when a name is none that `meteredTotalsOf` makes */
export const meteredQuantitiesOf = (totals: MeteredTotals): readonly MeteredQuantity[] =>
  Object.entries(totals)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, base]) => {
      const match = /^(.+)\/([1-9]\d*)(?:@(.+))?$/.exec(name);
      if (match?.[1] === undefined || match[2] === undefined) throw invalidUnit(name);
      return { sku: match[1], base, perUnit: BigInt(match[2]), ...(match[3] === undefined ? {} : { priceBookId: match[3] }) };
    });
