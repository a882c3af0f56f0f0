import type { ShowRun } from '../../breakouts/channel-run.ts';
import { type CamPipeline, camChannelId } from '../../pipelines/cam-pipeline.ts';
import { timestamp } from '../../shared/time.ts';
import { type WatchedStreamFigure, watchedStreamFigures, type WatchedWindow } from '../health/health.ts';
import type { MetricStatistics, StatisticWanted } from '../health/metric-statistics.ts';
import { windowOf } from '../health/watch-figures.ts';

/** The one stream of a Cam pipeline goes by this in series. */
export const onlyStream = '0';

interface StreamMetric {
  readonly name: string;
  readonly statistic: StatisticWanted['statistic'];
  /** How many of the metric's units are one of the figure's. */
  readonly divisor: number;
}

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html
const metrics: Readonly<Record<WatchedStreamFigure, StreamMetric>> = {
  inputFramesPerSecond: { name: 'IngestFramerate', statistic: 'Average', divisor: 1 },
  inputMegabitsPerSecond: { name: 'IngestBitrate', statistic: 'Average', divisor: 1_000_000 },
  keyFrameSeconds: { name: 'KeyframeInterval', statistic: 'Maximum', divisor: 1 },
  viewers: { name: 'ConcurrentViews', statistic: 'Maximum', divisor: 1 },
};

/** The figures of a Cam show in the last three hours; undefined when it was over before them. @throws UnavailableError */
export const watchStream = async (statistics: MetricStatistics, pipeline: CamPipeline, run: ShowRun, now: number): Promise<WatchedWindow | undefined> => {
  const window = windowOf(run, now);
  if (window.to <= window.from) return undefined;
  const dimensions = { Channel: camChannelId(pipeline) };
  const wanted = watchedStreamFigures.map((figure) => ({ metric: { namespace: 'AWS/IVS', name: metrics[figure].name, dimensions }, statistic: metrics[figure].statistic }));
  const read = await statistics.read(pipeline.region, wanted, window, 60);
  return {
    from: timestamp(window.from),
    to: timestamp(window.to),
    periodSeconds: 60,
    isComplete: read.every(({ isComplete }) => isComplete),
    series: watchedStreamFigures.map((figure, index) => ({
      pipeline: onlyStream,
      figure,
      values: (read[index]?.values ?? []).map((value) => (value === null ? null : value / metrics[figure].divisor)),
    })),
  };
};
