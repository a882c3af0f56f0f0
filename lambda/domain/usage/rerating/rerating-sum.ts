import type { LineOwner, UsageLine } from '../usage-line.ts';
import type { ComparedLine } from './compared-line.ts';

/** Cost and charge, in nano-dollars. */
export interface Money {
  readonly nanoUsd: bigint;
  readonly chargeNanoUsd: bigint;
}

/** What some lines cost and are charged, as they are booked and as other prices have it. */
export interface ReratingSum {
  /** As booked. */
  readonly was: Money;
  /** By the other prices; without the lines that these have no rate for. */
  readonly is: Money;
  /** Signed, over the lines that both price: what the other prices make more. */
  readonly difference: Money;
  /** Lines that one of both has no price for: not in the difference. `is` - `was` = difference + notCompared.is - notCompared.was. */
  readonly notCompared: { readonly lines: number; readonly was: Money; readonly is: Money };
  /** How many lines the other book has not exactly one rate for. */
  readonly unpricedLines: number;
  /** How many have money that no book rates, and stay as booked. */
  readonly keptLines: number;
}

const nothing: Money = { nanoUsd: 0n, chargeNanoUsd: 0n };

const plus = (one: Money, other: Money, sign = 1n): Money => ({ nanoUsd: one.nanoUsd + sign * other.nanoUsd, chargeNanoUsd: one.chargeNanoUsd + sign * other.chargeNanoUsd });

const moneyOf = (line: UsageLine | null): Money => ({ nanoUsd: line?.nanoUsd ?? 0n, chargeNanoUsd: line?.chargeNanoUsd ?? 0n });

const total = (lines: readonly (UsageLine | null)[]): Money => lines.map(moneyOf).reduce((sum, one) => plus(sum, one), nothing);

/** Whether one of both alone has a price: then there is no difference to tell. */
export const isNotCompared = ({ was, is }: ComparedLine): boolean => (was?.unpriced === undefined) !== (is?.unpriced === undefined);

/** Whether a price is lost: what the whole comes to with the other prices is not known then. */
export const isLost = ({ was, is }: ComparedLine): boolean => was?.unpriced === undefined && is?.unpriced !== undefined;

/** Sums the lines that an owner bears; what the platform bears is shown and in no sum. */
export const reratingSum = (compared: readonly ComparedLine[], owner: LineOwner): ReratingSum => {
  const own = compared.filter(({ line }) => line.owner === owner);
  const apart = own.filter(isNotCompared);
  const both = own.filter((line) => !isNotCompared(line));
  return {
    was: total(own.map(({ was }) => was)),
    is: total(own.map(({ is }) => is)),
    difference: plus(total(both.map(({ is }) => is)), total(both.map(({ was }) => was)), -1n),
    notCompared: { lines: apart.length, was: total(apart.map(({ was }) => was)), is: total(apart.map(({ is }) => is)) },
    unpricedLines: own.filter(({ outcome }) => outcome === 'UNPRICED').length,
    keptLines: own.filter(({ outcome }) => outcome === 'KEPT').length,
  };
};

/** The sum of sums: children sum to their parent. */
export const addReratings = (sums: readonly ReratingSum[]): ReratingSum =>
  sums.reduce(
    (one, other) => ({
      was: plus(one.was, other.was),
      is: plus(one.is, other.is),
      difference: plus(one.difference, other.difference),
      notCompared: { lines: one.notCompared.lines + other.notCompared.lines, was: plus(one.notCompared.was, other.notCompared.was), is: plus(one.notCompared.is, other.notCompared.is) },
      unpricedLines: one.unpricedLines + other.unpricedLines,
      keptLines: one.keptLines + other.keptLines,
    }),
    { was: nothing, is: nothing, difference: nothing, notCompared: { lines: 0, was: nothing, is: nothing }, unpricedLines: 0, keptLines: 0 },
  );
