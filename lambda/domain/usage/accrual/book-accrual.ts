import type { PriceBook, PriceBookStore } from '../../pricing/price-book.ts';
import type { RecordingStore } from '../../recordings/recording.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { bookDerived } from '../book-profile.ts';
import { isoTime, monthInterval, monthOf } from '../calendar-month.ts';
import { chargedProfile, type ChargeDeps } from '../charges/charge-profile.ts';
import { onDemandLines } from '../meters/on-demand-meter.ts';
import { heldLines, storedMonths, type StorageFacts } from '../meters/storage-meter.ts';
import type { OnDemandTraffic } from '../on-demand/on-demand-traffic.ts';
import { allLines } from '../reading/all-lines.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import type { MeasuredProfile, ProfileHead } from '../usage-profile.ts';
import type { UsageHistory } from '../usage-history.ts';
import type { UsageStore } from '../usage-store.ts';
import { accruingSeries, settledSeries } from './accruing-series.ts';
import { accrualOf, monthsToBook, nextLook } from './accrued-months.ts';
import type { Holding, HoldingStore } from './holding.ts';
import { withDeletion } from './with-deletion.ts';

/** What booking accrual needs. */
export interface BookAccrualDeps extends ChargeDeps {
  readonly usage: Pick<UsageStore, 'head' | 'heads' | 'lines' | 'writeLines' | 'billingMonths' | 'move'>;
  readonly history: Pick<UsageHistory, 'version'>;
  readonly holdings: Pick<HoldingStore, 'get' | 'save'>;
  readonly recordings: Pick<RecordingStore, 'get'>;
  readonly onDemand: Pick<OnDemandTraffic, 'month'>;
  readonly books: Pick<PriceBookStore, 'get' | 'inForce'>;
  /** The Region whose prices apply. */
  readonly pricedRegion: string;
  readonly now: () => Date;
}

/** Others can change a holding while it is booked; each turn one of them has got further. */
const mostTurns = 8;

/** What accrues of a month that has been booked keeps its book; another month is rated with what was in force when it began. */
export const bookOfMonth = async ({ books, pricedRegion }: Pick<BookAccrualDeps, 'books' | 'pricedRegion'>, head: ProfileHead | undefined, month: string): Promise<PriceBook | undefined> => {
  const rated = head?.priceBookId === undefined ? undefined : await books.get(pricedRegion, head.priceBookId);
  return rated ?? books.inForce(pricedRegion, isoTime(monthInterval(month).from));
};

/** What a holding has held in a month, up to an instant: the places that have something of it. */
const heldIn = ({ places, since }: Holding, month: string, watermark: number): readonly StorageFacts[] =>
  places.map((place) => ({ ...place, since, watermark, seenAt: watermark })).filter((facts) => storedMonths(facts).includes(month));

const stageOf = (before: ProfileHead | undefined, settled: readonly UsageLine[], accrual: MeasuredProfile['accrual']): MeasuredProfile['stage'] => {
  if (before?.status === 'PROVISIONAL' && settled.length > 0) return 'PROVISIONAL';
  return settled.length === 0 && accrual === 'OPEN' ? 'PROVISIONAL' : 'FINAL';
};

/** What the lines that stay come from: every version has all of it. */
export const keptSeries = async ({ history }: Pick<BookAccrualDeps, 'history'>, { owner, month, version }: ProfileHead): Promise<readonly RawSeries[]> => (await history.version(owner, month, version))?.series ?? [];

/** A month as it is booked, with what accrues measured anew. */
const derived = async (deps: BookAccrualDeps, holding: Holding, month: string, at: number, before: ProfileHead | undefined): Promise<MeasuredProfile> => {
  const { breakoutId, eventId, accountId } = holding;
  const settled = before ? (await allLines(deps.usage, before)).filter(({ accrues }) => accrues !== true) : [];
  const book = await bookOfMonth(deps, before, month);
  const held = heldIn(holding, month, at);
  const rows = await deps.onDemand.month(breakoutId, month);
  const accrual = accrualOf(holding, month, at) ?? (before?.accrual === undefined ? undefined : 'CLOSED');
  const profile: MeasuredProfile = {
    owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId },
    month,
    stage: stageOf(before, settled, accrual),
    lines: [...settled, ...held.flatMap((facts) => heldLines(facts, month, holding.region, book)), ...onDemandLines({ month, rows, watermark: at }, book)],
    series: [...(before ? settledSeries(await keptSeries(deps, before)) : []), ...accruingSeries(held, rows, month)],
    asOf: isoTime(at),
    ...(book ? { priceBookId: book.bookId } : {}),
    ...(accrual === undefined ? {} : { accrual }),
  };
  return chargedProfile(deps)(profile, before);
};

/** Months that were booked although nothing is held in them any more: what was deleted had been thought to go on. */
const outlived = async ({ usage }: BookAccrualDeps, { breakoutId, bookedUntil }: Holding): Promise<readonly string[]> =>
  (await usage.heads(breakoutId)).filter(({ month, accrual }) => accrual === 'OPEN' || monthInterval(month).from > bookedUntil).map(({ month }) => month);

const bookMonths = async (deps: BookAccrualDeps, holding: Holding, at: number, changedFrom: number | undefined): Promise<void> => {
  const { breakoutId, eventId, accountId } = holding;
  const months = new Set([...monthsToBook(holding, at), ...(await outlived(deps, holding)), ...(changedFrom === undefined ? [] : [monthOf(changedFrom)])]);
  for (const month of [...months].sort()) {
    await bookDerived(deps)({ kind: 'BREAKOUT', breakoutId, eventId, accountId }, month, (before) => derived(deps, holding, month, at, before));
  }
};

const withChange = (holding: Holding, changedFrom = Infinity): Holding => (changedFrom < holding.bookedUntil ? { ...holding, bookedUntil: changedFrom } : holding);

/**
 * Books what a settled show holds up to now, and what viewers of its recordings were sent: ended months are closed, the
 * present one is measured anew, and what was deleted ends its charges. `changedFrom` is from when on more is known than was
 * booked, which may be a month that had been closed. It may be done at any time and any number of times: what a closed month says depends on
 * what was held alone. Answers false for a breakout that is not settled, whose own measurement books it.
 * @throws UnavailableError when others keep changing it
 */
export const bookAccrual =
  (deps: BookAccrualDeps) =>
  async (breakoutId: string, changedFrom?: number): Promise<boolean> => {
    for (let turn = 0; turn < mostTurns; turn += 1) {
      const kept = await deps.holdings.get(breakoutId);
      if (kept === undefined) return false;
      const holding = withChange(withDeletion(kept, await deps.recordings.get(breakoutId)), turn === 0 ? changedFrom : undefined);
      const at = Math.max(deps.now().getTime(), holding.bookedUntil);
      // First of all it is due, so that it is booked by whoever comes next when this one dies.
      if (holding !== kept) {
        await deps.holdings.save({ ...holding, revision: holding.revision + 1 }, holding.bookedUntil);
        continue;
      }
      await bookMonths(deps, holding, at, changedFrom);
      if (await deps.holdings.save({ ...holding, bookedUntil: at, revision: holding.revision + 1 }, nextLook(holding, at))) return true;
    }
    throw new UnavailableError({ code: 'holding-contended', message: `others kept changing what ${breakoutId} holds for ${mostTurns} turns: try again` });
  };
