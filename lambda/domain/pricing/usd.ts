import { formatDecimal, fraction, multiply, roundHalfEven, type Fraction } from './fraction.ts';

/** Money is kept in nano-dollars: 10^-9 USD, an integer. */
export type NanoUsd = bigint;

const nanosPerDollar = 1_000_000_000n;

/** Rounds an exact amount of dollars half-even to 10^-9 USD: the one rounding of a charge. */
export const toNanoUsd = (dollars: Fraction): NanoUsd => roundHalfEven(multiply(dollars, fraction(nanosPerDollar)));

/** The exact decimal string of an amount: `67.235`. */
export const formatUsd = (amount: NanoUsd): string => formatDecimal(fraction(amount, nanosPerDollar), 9);
