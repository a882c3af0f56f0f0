const nanosPerDollar = 1_000_000_000n;

/** A decimal string as an integer of units of 10^-`places`. @throws Error when it has more decimals, or is no decimal */
const scaled = (text: string, places: number): bigint => {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  const [, whole = '', decimals = ''] = match ?? [];
  const digits = decimals.replace(/0+$/, '');
  if (match === null || digits.length > places) throw new Error(`"${text}" is no decimal with at most ${places} decimals`);
  return BigInt(`${whole}${digits.padEnd(places, '0')}`);
};

/** USD as nano-dollars, exactly. @throws Error for what is no amount with at most nine decimals */
export const nanoDollars = (usd: string): bigint => scaled(usd, 9);

/** Nano-dollars as USD with nine decimals. */
export const usdOf = (nanos: bigint): string => `${nanos / nanosPerDollar}.${(nanos % nanosPerDollar).toString().padStart(9, '0')}`;

const pricePlaces = 18;

/**
 * What a quantity (`61/60`, or an integer) costs at a price of the list, in nano-dollars: the exact product, rounded once,
 * half-even. Done here once more, without the platform's own arithmetic. @throws Error for what is no quantity or no price
 */
export const chargeOf = (quantity: string, usdPerUnit: string): bigint => {
  const [, above, below = '1'] = /^(\d+)(?:\/([1-9]\d*))?$/.exec(quantity) ?? [];
  if (above === undefined) throw new Error(`"${quantity}" is no quantity: expected an integer or a fraction`);
  const [numerator, denominator] = [BigInt(above) * scaled(usdPerUnit, pricePlaces) * nanosPerDollar, BigInt(below) * 10n ** BigInt(pricePlaces)];
  const [whole, rest] = [numerator / denominator, (numerator % denominator) * 2n];
  const isUp = rest > denominator || (rest === denominator && whole % 2n === 1n);
  return isUp ? whole + 1n : whole;
};
