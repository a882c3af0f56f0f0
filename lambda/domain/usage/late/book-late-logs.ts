import type { HoldHistory, PipelineHold } from '../../pipelines/pipeline-hold.ts';
import { bookAccrual, type BookAccrualDeps } from '../accrual/book-accrual.ts';
import { dayInterval, dayOf } from '../calendar-day.ts';
import { floorMinute, type Interval } from '../calendar-month.ts';
import type { DeliveryLogStore } from '../delivery-log.ts';
import { recordingsPurpose } from '../on-demand/count-on-demand-day.ts';
import { pipelinePurpose } from '../overheads/count-pipeline-day.ts';
import { holdsOfDay } from '../overheads/holds-of-day.ts';
import type { KnownPipelines } from '../overheads/known-pipelines.ts';
import type { LateLog, LateLogs } from './late-log.ts';
import type { MeasuredAgain } from './measure-again.ts';

/** What booking late logs needs. */
export interface BookLateLogsDeps extends BookAccrualDeps {
  readonly lateLogs: LateLogs;
  readonly known: Pick<KnownPipelines, 'list'>;
  readonly holds: HoldHistory;
  readonly logs: Pick<DeliveryLogStore, 'rows'>;
  readonly recordingsDistributionId: string;
  /** Measures a show whose usage is final again. */
  readonly measureAgain: (breakoutId: string, how: { readonly rereadsMetrics: boolean }) => Promise<MeasuredAgain>;
  /** When to leave the rest to the next time, milliseconds since the epoch. */
  readonly leaveAt: number;
}

/** What came of it. */
export interface BookedLateLogs {
  readonly booked: number;
  readonly failed: readonly { readonly what: string; readonly error: unknown }[];
  /** Whether nothing is left but what failed. */
  readonly isComplete: boolean;
}

/** Who read the logs before a late one was kept has booked what it read by then: the longest that a function may take, twice. */
const underWayMilliseconds = 1_800_000;

const lastDayOf = ({ to }: Interval): string => dayOf(to - 1);

/** The shows that may have had a pipeline in a window: each has it until the next one claims it. */
const holdersIn = (holds: readonly PipelineHold[], { from, to }: Interval): readonly string[] => {
  const claims = holds.map(({ breakoutId, claimedAt }) => ({ breakoutId, from: floorMinute(Date.parse(claimedAt)) })).sort((one, other) => one.from - other.from);
  return claims.filter((claim, index) => claim.from < to && (claims[index + 1]?.from ?? Infinity) >= from).map(({ breakoutId }) => breakoutId);
};

/** The breakouts that a late log may tell more of. Who had a pipeline is known for a month, and later only who is named. */
const breakoutsOf = async ({ known, holds, logs, recordingsDistributionId }: BookLateLogsDeps, { distributionId, from, to }: LateLog): Promise<ReadonlySet<string>> => {
  const named = (await logs.rows(distributionId, { from, to })).flatMap(({ breakoutId }) => breakoutId ?? []);
  if (distributionId === recordingsDistributionId) return new Set(named);
  const pipelines = (await known.list()).filter((one) => one.kind === 'PRO' && one.distributionId === distributionId);
  const held = await Promise.all(pipelines.map(({ pipelineId }) => holdsOfDay(holds, pipelineId, lastDayOf({ from, to }))));
  return new Set([...named, ...held.flatMap((one) => holdersIn(one, { from, to }))]);
};

const purposesOf = async ({ known, recordingsDistributionId }: BookLateLogsDeps, { distributionId }: LateLog): Promise<readonly string[]> => {
  if (distributionId === recordingsDistributionId) return [recordingsPurpose];
  return (await known.list()).flatMap((one) => (one.kind === 'PRO' && one.distributionId === distributionId ? [pipelinePurpose(one.pipelineId)] : []));
};

/**
 * Books what late logs tell of breakouts: a live show is measured again, and what viewers of recordings were sent is
 * booked from that day on; each once however many files tell of it. A file is forgotten when all of that is booked, its
 * overheads too, and whoever may have read the logs without it has ended; until then it comes again, which changes nothing.
 */
export const bookLateLogs =
  (deps: BookLateLogsDeps) =>
  async (late: readonly LateLog[], unbooked: ReadonlySet<string>): Promise<BookedLateLogs> => {
    const failed: { what: string; error: unknown }[] = [];
    const done = new Map<string, boolean>();
    const bookOnce = async (breakoutId: string, { distributionId, from }: LateLog): Promise<boolean> => {
      const key = `${distributionId === deps.recordingsDistributionId ? 'recording' : 'show'} ${breakoutId}`;
      const before = done.get(key);
      if (before !== undefined) return before;
      const work = distributionId === deps.recordingsDistributionId ? bookAccrual(deps)(breakoutId, dayInterval(dayOf(from)).from) : deps.measureAgain(breakoutId, { rereadsMetrics: false });
      const isDone = await work.then(() => true, (error: unknown) => {
        failed.push({ what: breakoutId, error });
        return false;
      });
      done.set(key, isDone);
      return isDone;
    };
    for (const log of late) {
      if (deps.now().getTime() >= deps.leaveAt) return { booked: done.size, failed, isComplete: false };
      const booked: boolean[] = [];
      for (const breakoutId of await breakoutsOf(deps, log)) booked.push(await bookOnce(breakoutId, log));
      const isSettled = deps.now().getTime() >= log.countedAt + underWayMilliseconds && booked.every(Boolean);
      if (isSettled && !(await purposesOf(deps, log)).some((purpose) => unbooked.has(purpose))) await deps.lateLogs.forget(log);
    }
    return { booked: done.size, failed, isComplete: true };
  };
