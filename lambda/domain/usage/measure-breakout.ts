import type { Breakout } from '../breakouts/breakout.ts';
import type { Show } from '../breakouts/show-executions.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import type { PriceBook, PriceBookStore } from '../pricing/price-book.ts';
import { bookProfile } from './book-profile.ts';
import { monthOf } from './calendar-month.ts';
import type { MetricReading } from './metric-readings.ts';
import { isFullyLogged } from './meters/delivery-meter.ts';
import { settleBound, settledAt } from './settling.ts';
import { type LegFacts, readShow, readShowFacts, type ShowFacts, type ShowRecord, type ShowSources } from './show-facts.ts';
import { showLines, showSeries } from './show-lines.ts';
import type { MeasuredProfile, ProfileHead } from './usage-profile.ts';
import type { UsageStore } from './usage-store.ts';

/** What measuring a breakout needs. */
export interface MeasureBreakoutDeps extends ShowSources {
  readonly usage: UsageStore;
  readonly books: Pick<PriceBookStore, 'latest' | 'get'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
  readonly settleSeconds: number;
  readonly now: () => Date;
}

/** The book that the breakout's usage is rated with already, so that measuring again changes quantities only; else the newest. */
const bookFor = async ({ books, pricedRegion }: MeasureBreakoutDeps, heads: readonly ProfileHead[]): Promise<PriceBook | undefined> => {
  const rated = heads.find(({ priceBookId }) => priceBookId !== undefined)?.priceBookId;
  const book = rated === undefined ? undefined : await books.get(pricedRegion, rated);
  return book ?? books.latest(pricedRegion);
};

/** One profile a month that has lines, or has had them. */
const profilesOf = (facts: ShowFacts, book: PriceBook | undefined, heads: readonly ProfileHead[], stage: MeasuredProfile['stage'], now: Date): readonly MeasuredProfile[] => {
  const { breakoutId, eventId, accountId } = facts.breakout;
  const lines = showLines(facts, book);
  const months = new Set([...lines.map(({ month }) => month), ...heads.map(({ month }) => month)]);
  return [...months].sort().map((month) => ({
    owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId },
    month,
    stage,
    lines: lines.filter((line) => line.month === month),
    series: showSeries(facts).filter(({ from }) => monthOf(Date.parse(from)) <= month),
    asOf: now.toISOString(),
    ...(book ? { priceBookId: book.bookId } : {}),
  }));
};

const book = async (deps: MeasureBreakoutDeps, facts: ShowFacts, stage: MeasuredProfile['stage'], now: Date): Promise<void> => {
  const heads = await deps.usage.heads(facts.breakout.breakoutId);
  const priceBook = await bookFor(deps, heads);
  for (const profile of profilesOf(facts, priceBook, heads, stage, now)) await bookProfile(deps.usage)(profile);
};

/** Measures a show that has stopped and books it as PROVISIONAL; storage is counted up to the stop. */
export const measureProvisional =
  (deps: MeasureBreakoutDeps) =>
  async (breakoutId: string): Promise<void> => {
    const now = deps.now();
    const show = await readShow(deps, breakoutId);
    const { stoppedAt } = show.breakout;
    const storageWatermark = stoppedAt === undefined ? now.getTime() : Date.parse(stoppedAt);
    await book(deps, await readShowFacts(deps, show, { now: now.getTime(), storageWatermark, mayReuse: () => false }), 'PROVISIONAL', now);
  };

const isLegIncomplete = ({ packaging, delivery }: LegFacts): boolean => {
  const series = [packaging?.ingress, packaging?.egress, delivery?.bytes, delivery?.requests];
  return series.some((one) => one?.isComplete === false) || (delivery !== undefined && !isFullyLogged(delivery));
};

/** Whether a run, or the tail of a pipeline that the show has left, is still to end. */
const isUnderWay = ({ breakout, runs }: ShowRecord, now: Date): boolean =>
  runs.some(({ started, ended }) => started && !ended) || legsOf(breakout).some(({ tailEndsAt }) => tailEndsAt !== undefined && tailEndsAt > now.toISOString());

/** A show that was reset, or has gone on with another pipeline, is measured as a whole when its last attempt has ended. */
const isOthersBusiness = ({ attempt, status }: Breakout, show: Show): boolean => attempt !== show.attempt || status === 'SCHEDULED';

/**
 * Measures a show whose sources should have settled and books it as FINAL. While a source is still incomplete and the
 * settle bound has not passed, it books nothing and answers PENDING. An attempt after which the show went on books
 * nothing: all its legs are measured with the last. Metrics are read once when they have settled, and once more at the
 * bound: between them it is logs and recordings that are waited for.
 */
export const measureFinal =
  (deps: MeasureBreakoutDeps) =>
  async (asked: Show): Promise<'PENDING' | 'DONE'> => {
    const now = deps.now();
    const show = await readShow(deps, asked.breakoutId);
    if (isOthersBusiness(show.breakout, asked)) return 'DONE';
    if (isUnderWay(show, now)) return 'PENDING';
    const settled = settledAt(show.breakout, deps.settleSeconds) ?? now.getTime();
    const isBefore = now.getTime() < settleBound(settled, deps.settleSeconds);
    if (isBefore && show.recording?.status === 'PROCESSING') return 'PENDING';
    const mayReuse = ({ readAt }: MetricReading): boolean => isBefore && readAt >= settled;
    const facts = await readShowFacts(deps, show, { now: now.getTime(), storageWatermark: settled, mayReuse });
    if (isBefore && facts.legs.some(isLegIncomplete)) return 'PENDING';
    await book(deps, facts, 'FINAL', now);
    return 'DONE';
  };
