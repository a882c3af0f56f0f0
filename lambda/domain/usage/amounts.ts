import { formatDecimal, fraction } from '../pricing/fraction.ts';
import { formatUsd } from '../pricing/usd.ts';

/** Amounts as exact strings; null where nothing has been measured, which is not 0. */
export type Amounts<Name extends string> = { readonly [Key in Name]: string | null };

/** A quantity in a unit of the product. */
export interface Quantity {
  /** An exact decimal, rounded half-even to 9 places where it has more; null where there is no data. */
  readonly amount: string | null;
  readonly unit: 'hours' | 'GB' | 'minutes' | 'GB-months';
}

const places = 9;

/** An integer. */
export const whole = (amount: bigint | undefined): string | null => (amount === undefined ? null : amount.toString());

/** An integer in units of so many, to 9 places. */
export const per = (amount: bigint | undefined, unit: bigint): string | null => (amount === undefined ? null : formatDecimal(fraction(amount, unit), places));

/** Nano-dollars in dollars. */
export const usd = (amount: bigint | undefined): string | null => (amount === undefined ? null : formatUsd(amount));

/** The sum of what there is; undefined when there is none. */
export const sumOf = (...amounts: readonly (bigint | undefined)[]): bigint | undefined =>
  amounts.reduce((sum, amount) => (amount === undefined ? sum : (sum ?? 0n) + amount), undefined);

/** One over the other; null without the other. */
export const ratio = (part: bigint | undefined, all: bigint | undefined): string | null =>
  part === undefined || all === undefined || all === 0n ? null : formatDecimal(fraction(part, all), places);
