import { meteredQuantitiesOf, type MeteredQuantity, type MeteredTotals } from '../metered-totals.ts';

/** Who metered what in a month: an account, or the platform where no account is given. */
export interface HolderQuantities {
  readonly accountId: string | undefined;
  readonly totals: MeteredTotals;
}

/** What holders metered of one SKU, in one base unit. */
export interface SkuWeights {
  readonly perUnit: bigint;
  /** Of each holder in their order, by the price book that it is rated with; the oldest book first, last what names none. */
  readonly byBook: readonly { readonly priceBookId: string | undefined; readonly weights: readonly bigint[] }[];
}

type HeldQuantity = MeteredQuantity & { readonly holder: number };

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));

const byHolder = (quantities: readonly HeldQuantity[], perUnit: bigint, holders: number): readonly bigint[] => {
  const weights = Array.from({ length: holders }, () => 0n);
  for (const one of quantities) weights[one.holder] = (weights[one.holder] ?? 0n) + one.base * (perUnit / one.perUnit);
  return weights;
};

const last = '\uffff';

const ofSku = (quantities: readonly HeldQuantity[], holders: number): SkuWeights => {
  const perUnit = quantities.reduce((common, one) => (common / greatestDivisor(common, one.perUnit)) * one.perUnit, 1n);
  const byBook = [...Map.groupBy(quantities, ({ priceBookId }) => priceBookId)]
    .sort(([one = last], [other = last]) => (one < other ? -1 : 1))
    .map(([priceBookId, some]) => ({ priceBookId, weights: byHolder(some, perUnit, holders) }));
  return { perUnit, byBook };
};

/** The quantities of a month by SKU, in order of SKUs. What came to nothing, such as what has been rated with another book since, is left out. */
export const skuWeights = (holders: readonly HolderQuantities[]): ReadonlyMap<string, SkuWeights> => {
  const held = holders.flatMap(({ totals }, holder) => meteredQuantitiesOf(totals).filter(({ base }) => base !== 0n).map((quantity): HeldQuantity => ({ ...quantity, holder })));
  return new Map([...Map.groupBy(held, ({ sku }) => sku)].sort(([one], [other]) => (one < other ? -1 : 1)).map(([sku, quantities]) => [sku, ofSku(quantities, holders.length)]));
};

/** The accounts, or the platform (undefined), that have less than nothing of something: their quantities were read while others booked. */
export const impossibleHolders = (holders: readonly HolderQuantities[]): readonly (string | undefined)[] => {
  const weights = [...skuWeights(holders).values()].flatMap(({ byBook }) => byBook.map((one) => one.weights));
  return holders.filter((_holder, index) => weights.some((one) => (one[index] ?? 0n) < 0n)).map(({ accountId }) => accountId);
};
