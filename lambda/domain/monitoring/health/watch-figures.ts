import type { ChannelRun, ShowRun } from '../../breakouts/channel-run.ts';
import { pipelineIds } from '../../breakouts/log/input-states.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import { millisecondsOf, timestamp } from '../../shared/time.ts';
import type { HealthSeries, WatchedFigure, WatchedWindow } from './health.ts';
import { watchedFigures } from './health.ts';
import type { MetricStatistics, StatisticWanted } from './metric-statistics.ts';

const minuteMilliseconds = 60_000;
const watchedMilliseconds = 3 * 3_600_000;

// Statistics as MediaLive recommends them: https://docs.aws.amazon.com/medialive/latest/ug/eml-metrics-alpha-list.html
const metrics: Readonly<Record<WatchedFigure, { readonly name: string; readonly statistic: StatisticWanted['statistic'] }>> = {
  inputFramesPerSecond: { name: 'InputVideoFrameRate', statistic: 'Maximum' },
  droppedFrames: { name: 'DroppedFrames', statistic: 'Sum' },
  inputMegabitsPerSecond: { name: 'NetworkIn', statistic: 'Average' },
  outputMegabitsPerSecond: { name: 'NetworkOut', statistic: 'Average' },
  openAlerts: { name: 'ActiveAlerts', statistic: 'Maximum' },
};

/** A metric of a pipeline of a channel. There is none of the whole channel. */
export const channelMetric = (channelId: string, pipeline: string, name: string): StatisticWanted['metric'] => ({
  namespace: 'AWS/MediaLive',
  name,
  dimensions: { ChannelId: channelId, Pipeline: pipeline },
});

const minuteAt = (milliseconds: number): number => Math.floor(milliseconds / minuteMilliseconds) * minuteMilliseconds;

/**
 * The whole minutes that are watched: the last three hours, of this run alone, as the pipeline was another show's
 * before. A minute of data is kept for 15 days at this period, so that nothing is silently absent.
 */
export const windowOf = (run: ShowRun, now: number): { readonly from: number; readonly to: number } => {
  const end = Math.min(now, run.ended === undefined ? now : millisecondsOf(run.ended.at));
  const from = Math.max(minuteAt(now - watchedMilliseconds), minuteAt(millisecondsOf(run.requestedAt)));
  return { from, to: minuteAt(end) + minuteMilliseconds };
};

/** The figures of a run in the last three hours; undefined when it was over before them. @throws UnavailableError */
export const watchFigures = async (statistics: MetricStatistics, pipeline: ProPipeline, run: ChannelRun, now: number): Promise<WatchedWindow | undefined> => {
  const window = windowOf(run, now);
  if (window.to <= window.from) return undefined;
  const wanted = pipelineIds(pipeline).flatMap((id) => watchedFigures.map((figure) => ({ pipeline: id, figure })));
  const read = await statistics.read(
    pipeline.region,
    wanted.map(({ pipeline: id, figure }) => ({ metric: channelMetric(run.channel.channelId, id, metrics[figure].name), statistic: metrics[figure].statistic })),
    window,
    60,
  );
  return {
    from: timestamp(window.from),
    to: timestamp(window.to),
    periodSeconds: 60,
    isComplete: read.every(({ isComplete }) => isComplete),
    series: wanted.map((one, index) => ({ ...one, values: read[index]?.values ?? [] })),
  };
};

const valuesOf = (window: WatchedWindow | undefined, pipeline: string, figure: HealthSeries['figure']): HealthSeries['values'] =>
  window?.series.find((one) => one.pipeline === pipeline && one.figure === figure)?.values ?? [];

// The newest points come a minute or two late.
const latestMinutes = 3;

/** The newest value of the last three minutes; null = there is none. */
export const latest = (window: WatchedWindow | undefined, pipeline: string, figure: HealthSeries['figure']): number | null =>
  valuesOf(window, pipeline, figure).slice(-latestMinutes).findLast((value) => value !== null) ?? null;

/** The sum of the last minutes; null = there is no data in them. */
export const sumOfLast = (window: WatchedWindow | undefined, pipeline: string, figure: WatchedFigure, minutes: number): number | null => {
  const points = valuesOf(window, pipeline, figure).slice(-minutes).filter((value) => value !== null);
  return points.length === 0 ? null : points.reduce((sum, value) => sum + value, 0);
};
