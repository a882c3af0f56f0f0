import type { CamRun } from '../../breakouts/cam/cam-run.ts';
import { couldBeWatched, type StreamSession } from '../../breakouts/cam/stream-session.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import type { CamFacts, StreamedSession } from '../meters/cam-meter.ts';
import type { MetricReading } from '../metric-readings.ts';
import { floorMinute, type Interval } from '../calendar-month.ts';
import { camLegMetrics } from '../show-metrics.ts';
import type { ShowWindows } from '../show-window.ts';

/** A leg of a show on a Cam pipeline that was armed. */
export interface CamLeg {
  readonly scope: string;
  readonly pipeline: CamPipeline;
  readonly windows: ShowWindows;
  readonly run: CamRun;
  readonly sessions: readonly StreamSession[];
}

const streamed = (until: number) => ({ streamId, startedAt, endedAt, source }: StreamSession): StreamedSession => {
  const from = Date.parse(startedAt);
  const to = endedAt === undefined ? until : Date.parse(endedAt);
  return { streamId, from, to: Math.max(from, to), ...(source === undefined ? {} : { picture: source }) };
};

/**
 * The whole minutes of its channel that a show bears: from the minute of its first own stream to the end of its tail, none
 * without a stream. One that was refused begins it, too: what the metric has of it is the show's. What goes through the
 * channel at any other time is nobody's, and the platform's overhead.
 */
export const borneByShow = ({ delivery: { from, to } }: ShowWindows, sessions: readonly Pick<StreamSession, 'startedAt'>[]): Interval => {
  const starts = sessions.map(({ startedAt }) => floorMinute(Date.parse(startedAt)));
  return starts.length === 0 ? { from, to: from } : { from: Math.min(to, Math.max(from, Math.min(...starts))), to };
};

/**
 * What is measured of a Cam leg by a reading of its metrics: of the channel as it was when it was armed. A stream that goes
 * on counts up to the reading, one whose end is never told up to the run's: there was no stream then. One that viewers could
 * never watch is no input by its length, and says nothing of what they were given.
 */
export const camFacts = ({ scope, pipeline, windows, run, sessions }: CamLeg, reading: MetricReading): CamFacts => {
  const window = borneByShow(windows, sessions);
  const until = Math.min(reading.readAt, run.ended === undefined ? Infinity : Date.parse(run.ended.at));
  return {
    scope,
    channel: run.channel,
    sessions: sessions.filter(couldBeWatched).map(streamed(until)),
    window,
    ...camLegMetrics(reading, { pipeline, windows: { ...windows, delivery: window } }),
    watermark: reading.readAt,
  };
};
