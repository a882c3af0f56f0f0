import type { CamRun } from '../../breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../breakouts/cam/stream-session.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import type { CamFacts, StreamedSession } from '../meters/cam-meter.ts';
import type { MetricReading } from '../metric-readings.ts';
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
  return { streamId, from, to: Math.max(from, to), ...(source === undefined ? {} : { heightPixels: source.heightPixels }) };
};

/** What is measured of a Cam leg by a reading of its metrics: of the channel as it was when it was armed. A stream that goes on counts up to the reading. */
export const camFacts = ({ scope, pipeline, windows, run, sessions }: CamLeg, reading: MetricReading): CamFacts => ({
  scope,
  channel: run.channel,
  sessions: sessions.map(streamed(reading.readAt)),
  window: windows.delivery,
  ...camLegMetrics(reading, { pipeline, windows }),
  watermark: reading.readAt,
});
