import { requestStop, type StopBreakoutDeps } from '../breakouts/stop-breakout.ts';
import { noteStopRequest } from '../breakouts/show/mark-show.ts';
import { noteShow, type NoteShowDeps } from '../breakouts/show/note-show.ts';
import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRun } from '../breakouts/channel-run.ts';
import { pipelineIds } from '../breakouts/log/input-states.ts';
import type { MetricStatistics, StatisticSeries } from '../monitoring/health/metric-statistics.ts';
import { channelMetric } from '../monitoring/health/watch-figures.ts';
import type { ProPipeline } from '../pipelines/pipeline.ts';
import { millisecondsOf, type Now, timestamp } from '../shared/time.ts';

/** What stopping a show that nobody feeds needs. */
export interface StopUnfedDeps extends StopBreakoutDeps, NoteShowDeps {
  /** For how long nobody may feed a show, of a Cam pipeline after its booked end; 0 = for as long as he likes. */
  readonly noInputStopSeconds: number;
}

/** What finding out that nobody feeds a Pro show needs. */
export interface GuardNoInputDeps extends StopUnfedDeps {
  readonly statistics: MetricStatistics;
  /** How late figures may come: what is newer is not judged yet. */
  readonly metricDelaySeconds: number;
  readonly now: Now;
}

const minuteMilliseconds = 60_000;

const isFed = ({ values }: StatisticSeries): boolean => values.some((value) => value !== null && value > 0);

// No data is not 0: where a channel that runs has none in more minutes than this, the metrics are missing and not the input.
const mostGaps = 1;

const isMeasured = ({ values, isComplete }: StatisticSeries): boolean => isComplete && values.filter((value) => value === null).length <= mostGaps;

/** Whether it is certain that no frame has come to any pipeline for the whole time. */
const isUnfed = async ({ statistics, noInputStopSeconds, metricDelaySeconds, now }: GuardNoInputDeps, pipeline: ProPipeline, { started, channel }: ChannelRun): Promise<boolean> => {
  const to = Math.floor((now() - metricDelaySeconds * 1000) / minuteMilliseconds) * minuteMilliseconds;
  const from = to - Math.ceil((noInputStopSeconds * 1000) / minuteMilliseconds) * minuteMilliseconds;
  if (started === undefined || from < millisecondsOf(started.at)) return false;
  const of = (name: string, statistic: 'Maximum' | 'Average') => pipelineIds(pipeline).map((id) => ({ metric: channelMetric(channel.channelId, id, name), statistic }));
  const frames = of('InputVideoFrameRate', 'Maximum');
  const read = await statistics.read(pipeline.region, [...frames, ...of('NetworkIn', 'Average')], { from, to }, 60);
  return read.slice(frames.length).every(isMeasured) && !read.slice(0, frames.length).some(isFed);
};

/** Whether a show is one that has to be fed. */
export const isGuarded = ({ noInputStopSeconds }: StopUnfedDeps, { status, stopRequestedAt }: Breakout): boolean =>
  noInputStopSeconds > 0 && status === 'RUNNING' && stopRequestedAt === undefined;

/** Stops a show, says so in its log and answers whether it did; one that somebody else stops is left to him. */
export const stopUnfed = async (deps: StopUnfedDeps, { breakoutId }: Breakout, message: string): Promise<boolean> => {
  const stopped = await requestStop(deps, breakoutId, 'NO_INPUT');
  if (stopped.stopReason !== 'NO_INPUT') return false;
  await noteStopRequest(deps, stopped);
  await noteShow(deps, stopped, { type: 'GUARD', name: 'NO_INPUT', at: stopped.stopRequestedAt ?? timestamp(deps.now()), message });
  return true;
};

/** Stops a running show that nobody has fed for too long, and says so in its log. Answers whether it did. Repeatable. */
export const guardNoInput =
  (deps: GuardNoInputDeps) =>
  async (breakout: Breakout, pipeline: ProPipeline, run: ChannelRun | undefined): Promise<boolean> => {
    if (!isGuarded(deps, breakout) || run === undefined || !(await isUnfed(deps, pipeline, run))) return false;
    const minutes = Math.round(deps.noInputStopSeconds / 60);
    return stopUnfed(deps, breakout, `no frame has come to any pipeline for ${minutes} minutes: the show is stopped, as a channel that nobody feeds costs as much as another`);
  };
