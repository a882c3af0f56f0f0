import { transferCriteria } from '../../../lambda/domain/pricing/delivery-rates.ts';
import type { PriceBook } from '../../../lambda/domain/pricing/price-book.ts';
import type { PriceTerms } from '../../../lambda/domain/pricing/terms/price-terms.ts';
import { bookRerated } from '../../../lambda/domain/usage/book-rerated.ts';
import { closeMonth } from '../../../lambda/domain/usage/close-month.ts';
import { chargedProfile } from '../../../lambda/domain/usage/charges/charge-profile.ts';
import { bookEndedMonths } from '../../../lambda/domain/usage/own-lines/book-ended-months.ts';
import { pricedLine } from '../../../lambda/domain/usage/price-line.ts';
import type { ProfileOwner } from '../../../lambda/domain/usage/profile-owner.ts';
import type { ReratePlatformDeps } from '../../../lambda/domain/usage/rerating/rerate-platform.ts';
import { aBreakout, aCaller, anAccount, anEvent } from '../shows/a-plan.ts';
import { pageOf } from '../shows/memory-plans.ts';
import { aLine, aBreakoutOwner } from './a-profile.ts';
import { bookProfile } from './book-profile.ts';
import { memoryPriceBooks } from './memory-price-books.ts';
import { memoryUsageHistory } from './memory-usage-history.ts';
import { memoryUsageStore } from './memory-usage-store.ts';
import { ownLinesDeps } from './own-lines.ts';

/** The month that all of it is of. */
export const tieredMonth = '2026-11';

const gigabyte = 1n << 30n;

/** Traffic in bytes that a breakout caused, or a pipeline did for nobody; and what of a breakout's the platform bears. */
export interface TieredTraffic {
  readonly accountId: string | undefined;
  readonly bytes: bigint;
  readonly platformBytes?: bigint;
}

/** Four accounts, `acc_a` to `acc_c` and `acc_idle`, whose shows' traffic is rated with the first book, in a month that has ended and whose own lines are not booked yet. */
export const tieredMonths = async (traffic: readonly TieredTraffic[], books: readonly [PriceBook, ...PriceBook[]], terms: readonly PriceTerms[] = []) => {
  const usage = memoryUsageStore();
  const clock = { now: Date.parse('2026-12-05T00:00:00.000Z') };
  const accountIds = ['acc_a', 'acc_b', 'acc_c', 'acc_idle'];
  const shows = traffic.map(({ accountId }, index) => ({ accountId, breakoutId: `bko_${index}`, eventId: `evt_${accountId}` }));
  const own = ownLinesDeps({ usage, accountIds, terms: [...terms], now: () => (clock.now += 1) });
  const deps: ReratePlatformDeps = {
    ...own,
    usage,
    books: memoryPriceBooks(...books),
    events: { listByAccount: async (accountId) => ({ items: [anEvent({ accountId, eventId: `evt_${accountId}` })] }) },
    breakouts: {
      listByEvent: async (eventId, page) =>
        pageOf(shows.filter((show) => show.eventId === eventId).map(({ breakoutId, accountId }) => aBreakout({ breakoutId, eventId, accountId: accountId! })), ({ breakoutId }) => breakoutId, page),
    },
  };
  const line = (key: string, base: bigint, owner: 'BREAKOUT' | 'PLATFORM') => pricedLine({ ...aLine({ key, owner, category: 'delivery', adds: {} }), basis: { criteria: transferCriteria('US'), base, perUnit: gigabyte } }, books[0]);
  const ownerOf = (index: number): ProfileOwner => {
    const { accountId, breakoutId, eventId } = shows[index]!;
    return accountId === undefined ? { kind: 'PLATFORM', purpose: `pipeline/p${index}` } : aBreakoutOwner({ accountId, breakoutId, eventId });
  };
  for (const [index, { bytes, platformBytes = 0n }] of traffic.entries()) {
    const owner = ownerOf(index);
    const lines = owner.kind === 'PLATFORM' ? [line('traffic', bytes, 'PLATFORM')] : [line('traffic', bytes, 'BREAKOUT'), ...(platformBytes > 0n ? [line('unlogged', platformBytes, 'PLATFORM')] : [])];
    const measured = { owner, month: tieredMonth, stage: 'FINAL' as const, lines, series: [], asOf: '2026-12-01T00:00:00.000Z', priceBookId: books[0].bookId };
    await bookProfile({ usage, now: () => new Date(clock.now) })(await chargedProfile(own)(measured, undefined));
  }
  const rerate = async (book: PriceBook, index: number): Promise<void> => {
    const owner = ownerOf(index);
    if (owner.kind === 'BREAKOUT') await bookRerated({ ...own, usage, history: memoryUsageHistory(usage.moves) })({ owner, month: tieredMonth, book });
  };
  return {
    usage, deps, clock, accountIds, rerate,
    /** Closes the month of an account. */
    close: (accountId: string) =>
      closeMonth({ ...own, books: deps.books, usage, accounts: { ...own.accounts, get: async () => anAccount({ accountId }) }, breakouts: { listUnsettled: async () => [] } })({ caller: aCaller({ accountId }), accountId, month: tieredMonth }),
    bookOwnLines: () => bookEndedMonths({ ...own, books: deps.books, usage })(),
    /** Books an account's shows with another book, and then what it bears itself. */
    correct: async (book: PriceBook, accountId?: string) => {
      for (const [index, show] of shows.entries()) if (accountId === undefined || show.accountId === accountId) await rerate(book, index);
      await bookEndedMonths({ ...own, books: deps.books, usage })();
    },
  };
};
