import type { PriceBook } from '../../pricing/price-book.ts';
import type { PriceTerms } from '../../pricing/terms/price-terms.ts';
import { chargedLines } from '../charges/charged-lines.ts';
import { rerated } from '../price-line.ts';
import type { UsageLine } from '../usage-line.ts';

/**
 * What became of a line: SAME and CHANGED are of its money; UNPRICED = the other book has not exactly one rate for it;
 * PRICED = the other book has a rate, and the booked one had none; ADDED and REMOVED are lines of price terms, or of an
 * account itself; KEPT = it
 * has money that no book rates, and stays as it is booked.
 */
export type RerateOutcome = 'SAME' | 'CHANGED' | 'UNPRICED' | 'PRICED' | 'ADDED' | 'REMOVED' | 'KEPT';

/** A line as it is booked, and as another book and other terms rate it. */
export interface ComparedLine {
  readonly key: string;
  readonly outcome: RerateOutcome;
  /** Whose it is and what it is of, whichever of both there is. */
  readonly line: Pick<UsageLine, 'owner' | 'category' | 'service' | 'dimension'>;
  /** Null for a line that the terms add. */
  readonly was: UsageLine | null;
  /** Null for a line that the terms no longer have. */
  readonly is: UsageLine | null;
}

/** What the lines are rated with again; without terms the customer pays what each costs. */
export interface OtherPrices {
  readonly book: PriceBook;
  readonly terms: PriceTerms | undefined;
}

/** Lines with what they cost and are charged alone. */
const hasMoney = ({ nanoUsd, chargeNanoUsd }: UsageLine): boolean => nanoUsd !== undefined || chargeNanoUsd !== undefined;

const isSameMoney = (was: UsageLine, is: UsageLine): boolean => was.nanoUsd === is.nanoUsd && was.chargeNanoUsd === is.chargeNanoUsd;

const outcomeOf = (was: UsageLine | undefined, is: UsageLine | undefined): RerateOutcome => {
  if (is?.unpriced !== undefined) return 'UNPRICED';
  if (was === undefined) return 'ADDED';
  if (is === undefined) return 'REMOVED';
  if (was.unpriced !== undefined) return 'PRICED';
  return isSameMoney(was, is) ? 'SAME' : 'CHANGED';
};

/** Lines beside lines, by key. */
export const besideEachOther = (before: readonly UsageLine[], after: readonly UsageLine[]): readonly ComparedLine[] => {
  const was = new Map(before.map((line) => [line.key, line]));
  const is = new Map(after.map((line) => [line.key, line]));
  return [...new Map([...was, ...is])]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, line]) => ({ key, line, outcome: outcomeOf(was.get(key), is.get(key)), was: was.get(key) ?? null, is: is.get(key) ?? null }));
};

/** Money that no book rates. */
const isKept = ({ was, is }: ComparedLine): boolean => was !== null && is !== null && was.nanoUsd !== undefined && was.basis === undefined;

/**
 * The lines of a version beside what another book and terms make of the same quantities, by key: a function of lines, book
 * and terms alone. With the book and terms that they are booked with, every line is the SAME.
 */
export const comparedLines = (lines: readonly UsageLine[], { book, terms }: OtherPrices): readonly ComparedLine[] =>
  besideEachOther(lines, chargedLines(lines.map((line) => rerated(line, book)), terms)).map((compared) => (isKept(compared) ? { ...compared, outcome: 'KEPT' } : compared));

/** Lines that no book rates and that follow from nothing, of an account's own profile. */
export const keptLines = (lines: readonly UsageLine[]): readonly ComparedLine[] =>
  lines.map((line) => ({ key: line.key, line, outcome: hasMoney(line) ? 'KEPT' : 'SAME', was: line, is: line }));
