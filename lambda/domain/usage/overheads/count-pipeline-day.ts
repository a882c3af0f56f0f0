import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { ChannelRunStore } from '../../breakouts/channel-run-store.ts';
import type { ChannelRun } from '../../breakouts/channel-run.ts';
import { legsOf } from '../../breakouts/show-leg.ts';
import type { HoldHistory, PipelineHold } from '../../pipelines/pipeline-hold.ts';
import { totalLength, uncovered, union } from '../../recordings/archive/intervals.ts';
import { dayInterval } from '../calendar-day.ts';
import { intersection, type Interval } from '../calendar-month.ts';
import type { DeliveryLogStore } from '../delivery-log.ts';
import type { MetricReader } from '../metric-series.ts';
import { rowsOfDay } from '../on-demand/on-demand-traffic.ts';
import { legWindows } from '../show-window.ts';
import { readDistributionDay } from './distribution-day.ts';
import { holdsOfDay } from './holds-of-day.ts';
import type { KnownProPipeline } from './known-pipelines.ts';
import type { OverheadDay, OverheadDays } from './overhead-day.ts';
import { minutesWithin, unheldRuns, type ChannelTurns } from './unheld-runs.ts';

/** What counting a day of a pipeline's overheads needs. */
export interface CountPipelineDayDeps {
  readonly holds: HoldHistory;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'get'>;
  readonly logs: Pick<DeliveryLogStore, 'rows'>;
  readonly turns: Pick<ChannelTurns, 'around'>;
  readonly metrics: MetricReader;
  readonly overheads: Pick<OverheadDays, 'keep'>;
  readonly now: () => Date;
}

/** What the overheads of a Pro pipeline are booked as. */
export const pipelinePurpose = (pipelineId: string): string => `pipeline/${pipelineId}`;

/** The part of a day that a channel ran for nobody. */
interface UnheldDay extends Pick<OverheadDay, 'unheld'> {
  readonly within: readonly Interval[];
}

/** When a channel ran, and when a show bore what its pipeline delivered. */
interface Show {
  readonly ran: readonly Interval[];
  readonly held: readonly Interval[];
}

const ranOf = (run: ChannelRun | undefined, until: number): readonly Interval[] =>
  run?.started === undefined ? [] : [{ from: Date.parse(run.started.at), to: run.ended ? Date.parse(run.ended.at) : until }];

const showOf = async ({ breakouts, runs }: CountPipelineDayDeps, { breakoutId, attempt }: PipelineHold, until: number): Promise<Show> => {
  const [breakout, run] = await Promise.all([breakouts.get(breakoutId), runs.get(breakoutId, attempt)]);
  const leg = legsOf(breakout).find((one) => one.attempt === attempt);
  const windows = leg && legWindows(leg, run, until);
  return { ran: ranOf(run, until), held: windows ? [windows.delivery] : [] };
};

/** What of a day the channel ran while no show had it: how long, and for how many billable minutes. */
const ranUnheld = async ({ turns }: CountPipelineDayDeps, { pipelineId, channel }: KnownProPipeline, whole: Interval, ran: readonly Interval[], until: number): Promise<UnheldDay> => {
  const runs = unheldRuns(await turns.around(pipelineId, { from: whole.from, to: until }), ran, until);
  const within = runs.map((run) => intersection(run, whole)).filter(({ from, to }) => to > from);
  if (within.length === 0) return { within };
  const billableMinutes = runs.reduce((sum, run) => sum + minutesWithin(run, whole), 0n);
  return { within, unheld: { milliseconds: BigInt(totalLength(within)), billableMinutes, ...(channel ? { channel } : {}) } };
};

/**
 * Counts what the platform bears of a day of a pipeline: the time for which it was there and its channel did not run, that for which it ran for nobody, and
 * what its distribution sent while no show held it, whoever's path it was. Counting again says the same or knows more; `before`
 * is what was counted then.
 */
export const countPipelineDay =
  (deps: CountPipelineDayDeps) =>
  async (pipeline: KnownProPipeline, day: string, before?: OverheadDay): Promise<void> => {
    const { pipelineId, region, distributionId, pushInputs, knownSince, lastSeenAt } = pipeline;
    const whole = dayInterval(day);
    const countedAt = deps.now().getTime();
    const existed = intersection(whole, { from: knownSince, to: lastSeenAt >= whole.to ? whole.to : lastSeenAt });
    const holds = await holdsOfDay(deps.holds, pipelineId, day);
    const shows = await Promise.all(holds.map((hold) => showOf(deps, hold, countedAt)));
    const ran = union(shows.flatMap((show) => show.ran));
    const { within, unheld } = await ranUnheld(deps, pipeline, whole, ran, countedAt);
    const idleMilliseconds = BigInt(totalLength(uncovered(existed, [...ran, ...within])));
    const free = uncovered(whole, union(shows.flatMap(({ held }) => held)));
    const counted = await readDistributionDay(deps, distributionId, { whole, windows: free, before });
    const rows = (await Promise.all(free.map((window) => deps.logs.rows(distributionId, window)))).flat();
    await deps.overheads.keep({
      purpose: pipelinePurpose(pipelineId),
      day,
      region,
      distributionId,
      ...counted,
      attributed: { bytes: 0n, requests: 0n },
      rows: rowsOfDay(rows.map((row) => ({ ...row, breakoutId: null, kind: null })), day),
      idle: { channelMilliseconds: idleMilliseconds, inputMilliseconds: idleMilliseconds * BigInt(pushInputs) },
      ...(unheld ? { unheld } : {}),
      countedAt,
    });
  };
