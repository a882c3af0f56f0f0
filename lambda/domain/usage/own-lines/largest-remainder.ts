interface Part {
  readonly index: number;
  readonly whole: bigint;
  readonly remainder: bigint;
}

const byRemainder = (one: Part, other: Part): number => {
  if (one.remainder === other.remainder) return one.index - other.index;
  return one.remainder > other.remainder ? -1 : 1;
};

/**
 * Shares an integer amount, of any sign, in proportion to weights, to the last unit: everyone gets the whole part of
 * their share, and the units that are left go to the largest remainders, the first of equal ones first (Hamilton's method).
 * @throws RangeError when a weight is negative, or there is an amount and no weight
 */
export const largestRemainderShares = (amount: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const negative = weights.find((weight) => weight < 0n);
  if (negative !== undefined) throw new RangeError(`a weight is ${negative.toString()}, expected 0 or more`);
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  if (amount === 0n) return weights.map(() => 0n);
  if (all === 0n) throw new RangeError(`nobody has a weight, expected one above 0 to share ${amount.toString()}`);
  const [sign, size] = amount < 0n ? [-1n, -amount] : [1n, amount];
  const parts = weights.map((weight, index): Part => ({ index, whole: (size * weight) / all, remainder: (size * weight) % all }));
  const left = size - parts.reduce((sum, { whole }) => sum + whole, 0n);
  const more = new Set([...parts].sort(byRemainder).slice(0, Number(left)).map(({ index }) => index));
  return parts.map(({ index, whole }) => sign * (whole + (more.has(index) ? 1n : 0n)));
};
