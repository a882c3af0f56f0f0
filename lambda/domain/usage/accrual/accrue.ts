import { bookAccrual, type BookAccrualDeps } from './book-accrual.ts';
import type { DueHolding, HoldingStore } from './holding.ts';

/** What bringing all accrual up to date needs. */
export interface AccrueDeps extends BookAccrualDeps {
  readonly holdings: HoldingStore;
  /** When to leave the rest to the next time, milliseconds since the epoch. */
  readonly leaveAt: number;
}

/** What was done in one go. */
export interface Accrued {
  readonly booked: number;
  /** What could not be booked, and why: it stays due. */
  readonly failed: readonly { readonly breakoutId: string; readonly error: unknown }[];
  /** Whether nothing that was due is left but what failed. */
  readonly isComplete: boolean;
}

const pageSize = 100;

/** So many at once: they write to items of their own, but for those of an event and an account. */
const atOnce = 10;

/**
 * Brings every breakout up to date whose storage has to be looked at: something expired, a month ended or can be closed.
 * What it does not come to is due the next time; one that fails keeps nobody else from being booked.
 */
export const accrue =
  (deps: AccrueDeps) =>
  async (): Promise<Accrued> => {
    const failed: { breakoutId: string; error: unknown }[] = [];
    let booked = 0;
    const book = async ({ breakoutId }: DueHolding): Promise<void> => {
      try {
        await bookAccrual(deps)(breakoutId);
        booked += 1;
      } catch (error) {
        failed.push({ breakoutId, error });
      }
    };
    const at = deps.now().getTime();
    let after: DueHolding | undefined;
    for (;;) {
      const due = await deps.holdings.due(at, pageSize, after);
      for (let start = 0; start < due.length; start += atOnce) {
        if (deps.now().getTime() >= deps.leaveAt) return { booked, failed, isComplete: false };
        await Promise.all(due.slice(start, start + atOnce).map(book));
      }
      after = due.at(-1);
      if (due.length < pageSize || after === undefined) return { booked, failed, isComplete: true };
    }
  };
