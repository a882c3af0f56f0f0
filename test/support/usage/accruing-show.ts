import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import type { HeldBytes } from '../../../lambda/domain/recordings/stored-intervals.ts';
import { accrue, type AccrueDeps } from '../../../lambda/domain/usage/accrual/accrue.ts';
import { allLines } from '../../../lambda/domain/usage/reading/all-lines.ts';
import { bookAccrual } from '../../../lambda/domain/usage/accrual/book-accrual.ts';
import { accrualOf, nextLook } from '../../../lambda/domain/usage/accrual/accrued-months.ts';
import type { Holding } from '../../../lambda/domain/usage/accrual/holding.ts';
import { bookProfile } from './book-profile.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import { aPriceBook } from './a-price-book.ts';
import { aLine, aMeasuredProfile } from './a-profile.ts';
import { aRecording } from './a-show.ts';
import { itemIds } from './ids.ts';
import { memoryHoldingStore } from './memory-holding-store.ts';
import { memoryOnDemandTraffic } from './memory-overheads.ts';
import { memoryPriceTerms } from './memory-price-terms.ts';
import { memoryUsageHistory } from './memory-usage-history.ts';
import { memoryUsageStore, type Mishap } from './memory-usage-store.ts';

const settledAt = Date.parse('2026-11-23T12:00:40Z');

/** What a settled show holds. */
export const aHolding = (overrides: Partial<Holding> = {}): Holding => ({
  breakoutId: itemIds.breakout,
  eventId: itemIds.event,
  accountId: itemIds.account,
  region: 'us-east-1',
  since: Date.parse('2026-11-23T11:00:40Z'),
  places: [],
  bookedUntil: settledAt,
  revision: 1,
  ...overrides,
});

/** A show whose usage is final since 2026-11-23T12:00:40Z and whose storage goes on; time is told with every step. */
export const accruingShow = async (stored: { readonly archive?: readonly HeldBytes[]; readonly recordings?: readonly HeldBytes[] }, mishap: () => Mishap = () => 'none') => {
  let isSettled = false;
  const usage = memoryUsageStore(() => (isSettled ? mishap() : 'none'));
  const holdings = memoryHoldingStore();
  const state = { now: settledAt, recording: aRecording(), books: [aPriceBook()] as readonly PriceBook[] };
  const deps: AccrueDeps = {
    usage,
    history: memoryUsageHistory(usage.moves),
    holdings,
    onDemand: memoryOnDemandTraffic(),
    recordings: { get: async () => state.recording },
    books: {
      get: async (_region, bookId) => state.books.find((book) => book.bookId === bookId),
      inForce: async (_region, at) => state.books.findLast(({ fetchedAt }) => fetchedAt <= at) ?? state.books[0],
    },
    terms: memoryPriceTerms(),
    pricedRegion: 'us-east-1',
    now: () => new Date(state.now),
    leaveAt: Infinity,
  };
  const places = [
    { place: 'archive' as const, bucket: 'archive', stored: stored.archive ?? [] },
    { place: 'recordings' as const, bucket: 'recordings', stored: stored.recordings ?? [] },
  ];
  const holding = aHolding({ places });
  const accrual = accrualOf(holding, '2026-11', settledAt);
  await bookProfile({ usage, now: () => new Date(state.now) })(aMeasuredProfile({ stage: 'FINAL', lines: [aLine()], series: [{ name: 'packaging/ingress', from: '2026-11-23T10:00:00.000Z', periodSeconds: 60, values: [1n, null, 2n] }], priceBookId: aPriceBook().bookId, ...(accrual === undefined ? {} : { accrual }) }));
  isSettled = true;
  // The interval itself is not booked yet: as after a crash between the two.
  await holdings.save(holding, nextLook(holding, settledAt));
  return {
    usage, holdings, state, deps,
    accrueAt: (now: number) => {
      state.now = now;
      return accrue(deps)();
    },
    /** Deletes the recording; `isBooked` = its charges are ended at once, as they are unless something dies. */
    deleteAt: async (now: number, isBooked = true): Promise<void> => {
      state.now = Math.max(now, state.now);
      state.recording = aRecording({ status: 'DELETED', deleted: { at: new Date(now).toISOString(), stored: stored.recordings ?? [] } });
      if (isBooked) await bookAccrual(deps)(itemIds.breakout);
    },
    heads: () => usage.heads(itemIds.breakout),
    lines: async (month: string): Promise<readonly UsageLine[]> => {
      const head = await usage.head({ kind: 'BREAKOUT', breakoutId: itemIds.breakout }, month);
      return head ? allLines(usage, head) : [];
    },
  };
};
