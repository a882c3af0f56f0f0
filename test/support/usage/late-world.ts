import { bookAccrual } from '../../../lambda/domain/usage/accrual/book-accrual.ts';
import { closeMonth } from '../../../lambda/domain/usage/close-month.ts';
import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';
import { bookRechecks } from '../../../lambda/domain/usage/late/book-rechecks.ts';
import { bookLateLogs, type BookLateLogsDeps } from '../../../lambda/domain/usage/late/book-late-logs.ts';
import { lateAfterMilliseconds, lateTraffic } from '../../../lambda/domain/usage/late/late-log.ts';
import { measureAgain } from '../../../lambda/domain/usage/late/measure-again.ts';
import { measureFinal, measureProvisional, type MeasureBreakoutDeps } from '../../../lambda/domain/usage/measure-breakout.ts';
import { aCaller, anAccount } from '../shows/a-plan.ts';
import { aMeteredPipeline } from './a-show.ts';
import { itemIds } from './ids.ts';
import { memoryDeliveryLog } from './memory-delivery-log.ts';
import type { Fault } from './ledger-commands.ts';
import { measuredShow } from './measured-show.ts';
import { ownLinesDeps } from './own-lines.ts';
import { underFaults } from './under-faults.ts';

/** A log file of the show's distribution. */
export interface LateFile {
  readonly source: string;
  readonly rows: readonly DeliveryLogRow[];
}

/** The distribution of the show. */
const { distributionId } = aMeteredPipeline().delivery;

/** A show from 10:00:30 to 11:00:40 whose logs come whenever they come, and whose every write to the ledger may fail; of what settles in an hour. */
export const lateWorld = ({ faults = [], others = [] }: { readonly faults?: readonly Fault[]; readonly others?: readonly LateFile[] } = {}) => {
  const show = measuredShow();
  const log = memoryDeliveryLog();
  const now = (): number => Date.parse(show.world.now);
  const keep = async ({ source, rows }: LateFile): Promise<void> => {
    const late = lateTraffic(rows, now(), lateAfterMilliseconds(show.deps.settleSeconds));
    await log.store.keep({ distributionId, source, hour: '2026-11-23T10', requests: 1, rows, ...(late && { late }) });
  };
  const waiting = [...others];
  const under = underFaults(faults, async () => {
    const next = waiting.shift();
    if (next) await keep(next);
  });
  const usage = { ...show.usage, move: (...move: Parameters<typeof show.usage.move>) => under(() => show.usage.move(...move)) };
  const holdings = { ...show.holdings, save: (...saved: Parameters<typeof show.holdings.save>) => under(() => show.holdings.save(...saved)) };
  const deps: MeasureBreakoutDeps = { ...show.deps, logs: log.store, usage, holdings };
  const lateDeps: BookLateLogsDeps = {
    ...show.deps,
    usage,
    holdings,
    logs: log.store,
    lateLogs: { ...log.lateLogs, forget: (one) => under(() => log.lateLogs.forget(one)) },
    known: { list: async () => [{ kind: 'PRO', pipelineId: 'pl_main', region: 'us-east-1', distributionId, pushInputs: 1, knownSince: 0, lastSeenAt: now() }] },
    holds: { claimedIn: async () => [{ pipelineId: 'pl_main', breakoutId: itemIds.breakout, attempt: 1, accountId: itemIds.account, claimedAt: show.world.breakout.startRequestedAt ?? '' }] },
    recordingsDistributionId: 'EVOD',
    measureAgain: measureAgain(deps),
    leaveAt: Infinity,
  };
  const accounts = { ...ownLinesDeps({ usage, accountIds: [itemIds.account] }).accounts, get: async () => anAccount({ accountId: itemIds.account }) };
  const own = ownLinesDeps({ usage, accountIds: [itemIds.account], now });
  return {
    ...show, log, keep, waiting,
    provisional: () => measureProvisional(deps)(itemIds.breakout),
    final: () => measureFinal(deps)({ breakoutId: itemIds.breakout, attempt: 1 }),
    hour: async () => bookLateLogs(lateDeps)(await log.lateLogs.list(), new Set()),
    measureAgain: measureAgain(deps),
    recheck: bookRechecks({ ...lateDeps, rechecks: show.deps.rechecks }),
    accrue: () => bookAccrual(lateDeps)(itemIds.breakout),
    close: (month: string) => closeMonth({ ...own, usage: show.usage, accounts, breakouts: { listUnsettled: async () => [] } })({ caller: aCaller({ accountId: itemIds.account }), accountId: itemIds.account, month }),
    after: (hours: number): void => void (show.world.now = new Date(now() + hours * 3_600_000).toISOString()),
    head: () => show.usage.head({ kind: 'BREAKOUT', breakoutId: itemIds.breakout }, '2026-11'),
  };
};
