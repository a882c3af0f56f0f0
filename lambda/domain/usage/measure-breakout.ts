import type { Breakout } from '../breakouts/breakout.ts';
import type { Show } from '../breakouts/show-executions.ts';
import { legsOf } from '../breakouts/show-leg.ts';
import type { PriceBook } from '../pricing/price-book.ts';
import { UnavailableError } from '../shared/errors.ts';
import { accrualOf, nextLook } from './accrual/accrued-months.ts';
import { accruingSeries } from './accrual/accruing-series.ts';
import type { HoldingStore } from './accrual/holding.ts';
import { bookOfShow, type BookOfShowDeps } from './book-of-show.ts';
import { bookDerived } from './book-profile.ts';
import { monthOf } from './calendar-month.ts';
import { type ListedCamSources, withListedSessions } from './cam/listed-sessions.ts';
import { chargedProfile, type ChargeDeps } from './charges/charge-profile.ts';
import type { DeliveryLogRow } from './delivery-log.ts';
import type { MetricReading } from './metric-readings.ts';
import { isFullyLogged } from './meters/delivery-meter.ts';
import { onDemandLines } from './meters/on-demand-meter.ts';
import type { OnDemandTraffic } from './on-demand/on-demand-traffic.ts';
import { recheckAt, type MetricRechecks } from './late/metric-recheck.ts';
import { rereadAt, settleBound, settledAt } from './settling.ts';
import { type FactsRequest, type LegFacts, readShow, readShowFacts, type ShowFacts, type ShowRecord, type ShowSources } from './show-facts.ts';
import { showLines } from './show-lines.ts';
import { showSeries } from './show-series.ts';
import type { UsageLine } from './usage-line.ts';
import type { MeasuredProfile, ProfileHead } from './usage-profile.ts';
import type { UsageStore } from './usage-store.ts';

/** What measuring a breakout needs. */
export interface MeasureBreakoutDeps extends ShowSources, ChargeDeps, BookOfShowDeps {
  readonly cam: ListedCamSources;
  readonly usage: UsageStore;
  readonly holdings: Pick<HoldingStore, 'get' | 'save'>;
  readonly onDemand: Pick<OnDemandTraffic, 'month'>;
  readonly rechecks: Pick<MetricRechecks, 'plan'>;
  readonly settleSeconds: number;
  readonly now: () => Date;
}

/** A month's lines, with what the logs have of its recordings' viewers. */
interface MonthLines {
  readonly lines: readonly UsageLine[];
  readonly rows: readonly DeliveryLogRow[];
}

/** A month's profile: with the book that it is rated with already, and final where nothing but what accrues is still to come. */
const profileOf = (facts: ShowFacts, month: string, { lines, rows }: MonthLines, head: ProfileHead | undefined, stage: MeasuredProfile['stage']): Omit<MeasuredProfile, 'asOf'> => {
  const { breakoutId, eventId, accountId } = facts.breakout;
  const watermark = Math.max(...facts.storage.map((one) => one.watermark));
  const accrual = accrualOf({ places: facts.storage }, month, watermark) ?? (head?.accrual === undefined ? undefined : 'CLOSED');
  return {
    owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId },
    month,
    stage: accrual === 'OPEN' && lines.every(({ accrues }) => accrues === true) ? 'PROVISIONAL' : stage,
    lines,
    series: [...showSeries(facts).filter(({ from }) => monthOf(Date.parse(from)) <= month), ...accruingSeries(facts.storage, rows, month)],
    ...(accrual === undefined ? {} : { accrual }),
  };
};

/** A show's measurement as its months are booked by it. */
interface Measurement {
  readonly facts: ShowFacts;
  readonly stage: MeasuredProfile['stage'];
  /** That the show is rated with, whose months that are booked already may have others. */
  readonly showBook: PriceBook | undefined;
  readonly now: Date;
}

/** A month's profile as it follows what is booked of the month: by the same book and terms. */
const monthProfile = async (deps: MeasureBreakoutDeps, { facts, stage, showBook, now }: Measurement, month: string, head: ProfileHead | undefined): Promise<MeasuredProfile> => {
  const priceBook = head === undefined ? showBook : await bookOfShow(deps, [head]);
  const rows = await deps.onDemand.month(facts.breakout.breakoutId, month);
  const lines = [...showLines(facts, priceBook).filter((line) => line.month === month), ...onDemandLines({ month, rows, watermark: now.getTime() }, priceBook)];
  const profile = { ...profileOf(facts, month, { lines, rows }, head, stage), asOf: now.toISOString(), ...(priceBook ? { priceBookId: priceBook.bookId } : {}) };
  return chargedProfile(deps)(profile, head);
};

/** Books one profile a month that has lines, or has had them; prices that others correct meanwhile stay corrected. */
const book = async (deps: MeasureBreakoutDeps, facts: ShowFacts, stage: MeasuredProfile['stage'], now: Date): Promise<void> => {
  const { breakoutId, eventId, accountId } = facts.breakout;
  const heads = await deps.usage.heads(breakoutId);
  const showBook = await bookOfShow(deps, heads);
  const months = new Set([...showLines(facts, showBook).map(({ month }) => month), ...heads.map(({ month }) => month)]);
  for (const month of [...months].sort()) {
    await bookDerived(deps)({ kind: 'BREAKOUT', breakoutId, eventId, accountId }, month, (head) => monthProfile(deps, { facts, stage, showBook, now }, month, head));
  }
};

/** Keeps what a settled show holds, so that it is charged month after month; what was booked meanwhile by others is not lost. */
const keepHolding = async ({ holdings }: MeasureBreakoutDeps, { breakout, pipeline, storage, holding }: ShowFacts): Promise<void> => {
  const { breakoutId, eventId, accountId } = breakout;
  const places = storage.map(({ place, bucket, stored }) => ({ place, bucket, stored }));
  const [since, bookedUntil] = [Math.min(...storage.map((one) => one.since)), Math.max(...storage.map(({ watermark }) => watermark))];
  const next = { breakoutId, eventId, accountId, region: pipeline.region, since, places, bookedUntil, revision: (holding?.revision ?? 0) + 1 };
  if (await holdings.save(next, nextLook(next, bookedUntil))) return;
  throw new UnavailableError({ code: 'holding-contended', message: `what ${breakoutId} holds was changed while it was measured: measure it again` });
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

const isLegIncomplete = ({ packaging, delivery, cam }: LegFacts): boolean => {
  const series = [packaging?.ingress, packaging?.egress, delivery?.bytes, delivery?.requests, cam?.input, cam?.delivered, ...(cam?.deliveredByCountry ?? []).map((one) => one.series)];
  return series.some((one) => one?.isComplete === false) || (delivery !== undefined && !isFullyLogged(delivery));
};

/** How a show is measured finally. */
interface FinalMeasurement extends Pick<FactsRequest, 'mayReuse'> {
  /** When its sources count as settled, milliseconds since the epoch. */
  readonly settled: number;
  readonly now: Date;
  /** Whether what is incomplete is still waited for. */
  readonly isAwaited: boolean;
}

/**
 * Measures a show, books it as FINAL, or CORRECTED where it was, and keeps what it holds; PENDING and nothing when what is
 * incomplete, or cannot be asked for now, is waited for. Its metrics are to be read once more, some days later. @throws UnavailableError
 */
export const bookFinal = async (deps: MeasureBreakoutDeps, known: ShowRecord, { settled, now, mayReuse, isAwaited }: FinalMeasurement): Promise<'PENDING' | 'DONE'> => {
  const { show, isListed } = await withListedSessions(deps, known);
  if (isAwaited && !isListed) return 'PENDING';
  const facts = await readShowFacts(deps, show, { now: now.getTime(), storageWatermark: settled, mayReuse });
  if (isAwaited && facts.legs.some(isLegIncomplete)) return 'PENDING';
  await book(deps, facts, 'FINAL', now);
  await keepHolding(deps, facts);
  const recheck = { breakoutId: show.breakout.breakoutId, at: recheckAt(settled, deps.settleSeconds) };
  if (recheck.at > now.getTime()) await deps.rechecks.plan(recheck);
  return 'DONE';
};

/** Whether a run, or the tail of a pipeline that the show has left, is still to end. */
export const isUnderWay = ({ breakout, runs, camRuns }: ShowRecord, now: Date): boolean =>
  [...runs, ...camRuns].some(({ started, ended }) => started && !ended) || legsOf(breakout).some(({ tailEndsAt }) => tailEndsAt !== undefined && tailEndsAt > now.toISOString());

/** Whether the service has given all that it has. */
export const isWhole = ({ series }: MetricReading): boolean => series.every(({ isComplete }) => isComplete);

/** A show that was reset, or has gone on with another pipeline, is measured as a whole when its last attempt has ended. */
const isOthersBusiness = ({ attempt, status }: Breakout, show: Show): boolean => attempt !== show.attempt || status === 'SCHEDULED';

/**
 * Measures a show whose sources should have settled and books it as FINAL. While a source is still incomplete and the
 * settle bound has not passed, it books nothing and answers PENDING. An attempt after which the show went on books
 * nothing: all its legs are measured with the last. Metrics are read once when they have settled; what came incomplete is
 * read again, less and less often, until it is complete or the bound has passed.
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
    const mayReuse = (reading: MetricReading): boolean => reading.readAt >= settled && (isWhole(reading) || (isBefore && now.getTime() < rereadAt(settled, reading.readAt)));
    return bookFinal(deps, show, { settled, now, mayReuse, isAwaited: isBefore });
  };
