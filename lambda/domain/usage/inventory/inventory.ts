import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import { NotFoundError } from '../../shared/errors.ts';
import type { HoldingStore } from '../accrual/holding.ts';
import type { StoredObject } from '../meters/storage-meter.ts';
import type { BookStraysDeps } from './book-strays.ts';
import type { ReconcileHoldingDeps } from './reconcile-holding.ts';

/** Lists a bucket a part at a time. */
export interface ObjectPages {
  /** Every object whose key begins so, by key. @throws UnavailableError */
  pages(bucket: string, keyPrefix: string): AsyncIterable<readonly StoredObject[]>;
}

/** What taking an inventory needs. */
export interface InventoryDeps extends ReconcileHoldingDeps, BookStraysDeps {
  readonly objects: ObjectPages;
  readonly holdings: HoldingStore;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly camRuns: Pick<CamRunStore, 'list'>;
  readonly usage: ReconcileHoldingDeps['usage'] & BookStraysDeps['usage'];
  readonly books: ReconcileHoldingDeps['books'] & BookStraysDeps['books'];
}

/** What an inventory of a bucket came to. */
export interface Inventoried {
  /** Objects that were listed. */
  readonly objects: number;
  /** Breakouts whose storage was not what was known. */
  readonly corrected: readonly string[];
  /** What no breakout holds, which the platform bears. */
  readonly strays: readonly StoredObject[];
  /** What could not be brought up to date, and why: it is tried again with the next inventory. */
  readonly failed: readonly { readonly what: string; readonly error: unknown }[];
}

const pageSize = 100;

/** Every breakout that holds something. */
export async function* allHolding({ holdings }: Pick<InventoryDeps, 'holdings'>): AsyncGenerator<string> {
  // Keys of the index are times as text, which has four digits for a year.
  const ever = Date.UTC(9999, 0);
  for (let after; ; ) {
    const due = await holdings.due(ever, pageSize, after);
    for (const { breakoutId } of due) yield breakoutId;
    after = due.at(-1);
    if (due.length < pageSize || after === undefined) return;
  }
}

/** Who held a pipeline is known for a month. */
export const holdsKnownMilliseconds = 31 * 86_400_000;

/** Whether a breakout's own measurement is still to come, which finds what it has stored. What is no breakout has none. */
export const isUnsettled = async ({ breakouts }: Pick<InventoryDeps, 'breakouts'>, breakoutId: string): Promise<boolean> => {
  try {
    return (await breakouts.get(breakoutId)).finalisedAt === undefined;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
};
