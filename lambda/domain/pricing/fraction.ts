/** An exact rational number: quantities and prices are multiplied without rounding. The denominator is positive. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A fraction of two integers. @throws RangeError when the denominator is not positive */
export const fraction = (numerator: bigint, denominator = 1n): Fraction => {
  if (denominator <= 0n) throw new RangeError(`a fraction needs a positive denominator, got ${denominator.toString()}`);
  return { numerator, denominator };
};

/** The exact value of a decimal string as price lists write it (`0.0850000000`, `1.2e-06`). @throws RangeError when it is none */
export const parseDecimal = (text: string): Fraction => {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  if (!match) throw new RangeError(`"${text}" is not a decimal number, expected one such as 0.0850000000`);
  const [, sign = '', whole = '0', decimals = '', exponent = '0'] = match;
  const scale = decimals.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${decimals}`);
  return scale >= 0 ? fraction(digits, 10n ** BigInt(scale)) : fraction(digits * 10n ** BigInt(-scale));
};

const greatestDivisor = (left: bigint, right: bigint): bigint => (right === 0n ? left : greatestDivisor(right, left % right));

/** The same number in its lowest terms. */
export const reduce = ({ numerator, denominator }: Fraction): Fraction => {
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
};

/** The exact sum. */
export const add = (left: Fraction, right: Fraction): Fraction =>
  fraction(left.numerator * right.denominator + right.numerator * left.denominator, left.denominator * right.denominator);

/** The exact product. */
export const multiply = (left: Fraction, right: Fraction): Fraction =>
  fraction(left.numerator * right.numerator, left.denominator * right.denominator);

/** Negative, zero or positive as `left` is less than, equal to or more than `right`. */
export const compare = (left: Fraction, right: Fraction): bigint => left.numerator * right.denominator - right.numerator * left.denominator;

/** The nearest integer; a tie goes to the even one. */
export const roundHalfEven = ({ numerator, denominator }: Fraction): bigint => {
  const quotient = numerator / denominator;
  const floor = numerator % denominator < 0n ? quotient - 1n : quotient;
  const twice = 2n * (numerator - floor * denominator);
  const isUp = twice > denominator || (twice === denominator && floor % 2n !== 0n);
  return isUp ? floor + 1n : floor;
};

/** A decimal string with at most `places` decimals, rounded half-even, without trailing zeros. */
export const formatDecimal = (value: Fraction, places: number): string => {
  const scaled = roundHalfEven(multiply(value, fraction(10n ** BigInt(places))));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const decimals = digits.slice(digits.length - places).replace(/0+$/, '');
  const text = `${digits.slice(0, digits.length - places)}${decimals && `.${decimals}`}`;
  return scaled < 0n ? `-${text}` : text;
};
