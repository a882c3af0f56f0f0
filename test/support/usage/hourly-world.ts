import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { Pipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import type { ConversionJob } from '../../../lambda/domain/recordings/conversion-jobs.ts';
import { bookHour, type BookHourDeps } from '../../../lambda/domain/usage/accrual/book-hour.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import type { DeliveryLogRow } from '../../../lambda/domain/usage/delivery-log.ts';
import type { MetricName } from '../../../lambda/domain/usage/metric-series.ts';
import type { LateLog } from '../../../lambda/domain/usage/late/late-log.ts';
import { allLines } from '../../../lambda/domain/usage/reading/all-lines.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import { accruingShow } from './accruing-show.ts';
import { aMeteredPipeline, aStoppedBreakout } from './a-show.ts';
import { memoryChannelTurns, memoryKnownPipelines, memoryOnDemandTraffic, memoryOverheadDays } from './memory-overheads.ts';
import { aMinuteSeries } from './minute-series.ts';
import { memoryUnendedConversions } from '../recordings/memory-unended-conversions.ts';
import { camWorld } from './cam-world.ts';
import { memoryMetricRechecks } from './memory-metric-rechecks.ts';
import { ownLinesDeps } from './own-lines.ts';
import { itemIds } from './ids.ts';

/** The distribution of recordings. */
export const vodDistributionId = 'EVOD';

/** A settled show, a pipeline and a distribution of recordings, with what they counted by minute and by log. */
export const hourlyWorld = async () => {
  const show = await accruingShow({ recordings: [{ storedAt: Date.parse('2026-11-23T11:10:00Z'), bytes: 1n << 30n, objects: 1 }] });
  const [onDemand, turns] = [memoryOnDemandTraffic(), memoryChannelTurns()];
  const world = {
    pipelines: [aMeteredPipeline()] as Pipeline[],
    runs: [] as ChannelRun[],
    isCloudWatchAway: false,
    rows: new Map<string, readonly DeliveryLogRow[]>(),
    /** Bytes by distribution and minute; of requests a thousandth. */
    bytes: new Map<string, Map<number, bigint>>(),
    cam: camWorld(),
    /** How MediaConvert says that a job stands: each, or all. */
    job: {} as Partial<ConversionJob>,
    jobs: new Map<string, Partial<ConversionJob>>(),
    late: [] as readonly LateLog[],
    measuredAgain: [] as string[],
  };
  const counted = (metric: MetricName, { from, to }: Interval) => {
    if (metric.namespace === 'AWS/IVS') return world.cam.series(metric, { from, to });
    const { name, dimensions } = metric;
    const points = [...(world.bytes.get(dimensions['DistributionId'] ?? '') ?? [])].filter(([at]) => at >= from && at < to);
    return aMinuteSeries({ from, to }, Object.fromEntries(points.map(([at, bytes]) => [(at - from) / 60_000, name === 'Requests' ? bytes / 1000n : bytes])));
  };
  const allRuns = () => [...world.runs, ...world.cam.runs];
  const unended = memoryUnendedConversions();
  const deps: BookHourDeps = {
    ...ownLinesDeps({ usage: show.usage, accountIds: [itemIds.account] }),
    ...show.deps,
    usage: show.usage,
    onDemand,
    traffic: onDemand,
    overheads: memoryOverheadDays(),
    turns,
    known: memoryKnownPipelines(),
    pipelines: { list: async () => world.pipelines },
    holds: {
      claimedIn: async (pipelineId, { from, to }) =>
        allRuns()
          .filter((run) => run.pipelineId === pipelineId)
          .map((run) => ({ pipelineId, breakoutId: run.breakoutId, attempt: run.attempt, accountId: 'acc', claimedAt: run.requestedAt }))
          .filter(({ claimedAt }) => Date.parse(claimedAt) >= from && Date.parse(claimedAt) < to),
    },
    breakouts: {
      get: async (breakoutId) => {
        const { requestedAt, ended, pipelineId } = allRuns().find((run) => run.breakoutId === breakoutId)!;
        return aStoppedBreakout({ breakoutId, pipelineId, startRequestedAt: requestedAt, ...(ended && { stoppedAt: ended.at, tailEndsAt: ended.at }) });
      },
    },
    runs: { get: async (breakoutId) => world.runs.find((run) => run.breakoutId === breakoutId), list: async () => [] },
    recordings: { ...show.deps.recordings, save: async (recording) => void (show.state.recording = recording) },
    cam: world.cam.deps,
    unended,
    jobs: { get: async (jobId) => ({ jobId, status: 'RUNNING', percentComplete: 0, outputs: [], ...world.job, ...world.jobs.get(jobId) }) },
    objects: { list: async () => [] },
    playlists: { read: async () => '', write: async () => undefined },
    logs: { rows: async (distributionId, { from, to }) => (world.rows.get(distributionId) ?? []).filter(({ minute }) => minute >= from && minute < to) },
    metrics: {
      sumsByMinute: async (_region, metrics, window) => {
        if (world.isCloudWatchAway) throw new Error('CloudWatch is away');
        return metrics.map((metric) => counted(metric, window));
      },
    },
    recordingsDistributionId: vodDistributionId,
    rechecks: memoryMetricRechecks(),
    lateLogs: { list: async () => world.late, forget: async ({ source }) => void (world.late = world.late.filter((log) => log.source !== source)) },
    measureAgain: async (breakoutId) => {
      world.measuredAgain.push(breakoutId);
      return 'DONE';
    },
  };
  return {
    ...show, world, deps, unended, turns,
    hourAt: (now: string | number) => {
      show.state.now = typeof now === 'number' ? now : Date.parse(now);
      return bookHour(deps)();
    },
    overheadLines: async (purpose: string, month: string): Promise<readonly UsageLine[]> => {
      const head = await show.usage.head({ kind: 'PLATFORM', purpose }, month);
      return head ? allLines(show.usage, head) : [];
    },
  };
};
