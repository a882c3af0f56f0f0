import type { Breakout } from '../../breakouts/breakout.ts';
import { isOfRun } from '../../breakouts/cam/stream-session.ts';
import type { ShowRun } from '../../breakouts/channel-run.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import type { ShowLog } from '../../breakouts/log/show-log.ts';
import { camInput } from '../../breakouts/read-ingest.ts';
import type { StreamNow, StreamWatch } from '../../pipelines/cam-control.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import type { Health, InputHealth, StreamHealth, WatchedWindow } from '../health/health.ts';
import { judgeIdle } from '../health/judge-show.ts';
import type { MetricStatistics } from '../health/metric-statistics.ts';
import { latest } from '../health/watch-figures.ts';
import { judgeStream } from './judge-stream.ts';
import { loggedStream } from './logged-stream.ts';
import { onlyStream, watchStream } from './watch-stream.ts';

/** What telling how a Cam show is needs. */
export interface ReadCamHealthDeps {
  readonly camRuns: Pick<CamRunStore, 'get'>;
  readonly streams: Pick<StreamWatch, 'now'>;
  readonly log: Pick<ShowLog, 'entries'>;
  readonly statistics: MetricStatistics;
  readonly now: Now;
}

const streamHealth = ({ health: state, ...stream }: StreamNow, window: WatchedWindow | undefined): StreamHealth => ({
  ...stream,
  state,
  framesPerSecond: latest(window, onlyStream, 'inputFramesPerSecond'),
  megabitsPerSecond: latest(window, onlyStream, 'inputMegabitsPerSecond'),
  keyFrameSeconds: latest(window, onlyStream, 'keyFrameSeconds'),
});

const inputHealth = (stream: StreamHealth | undefined, isArmed: boolean): InputHealth => {
  if (!isArmed) return { name: camInput, arriving: 'UNKNOWN', reason: 'the pipeline is not armed for the show', activeOnPipelines: [] };
  if (stream === undefined) return { name: camInput, arriving: 'NO', reason: 'nobody streams now', activeOnPipelines: [] };
  return { name: camInput, arriving: 'YES', reason: `a stream arrives since ${stream.startedAt}`, activeOnPipelines: [onlyStream] };
};

const isArmed = ({ status }: Breakout, run: ShowRun | undefined): run is ShowRun => run?.started !== undefined && run.ended === undefined && (status === 'STARTING' || status === 'RUNNING');

/** How a Cam show is now: by the service's look at its stream and by its figures while it is armed, else by its own state. @throws UnavailableError */
export const readCamHealth =
  (deps: ReadCamHealthDeps) =>
  async (breakout: Breakout, pipeline: CamPipeline): Promise<Health> => {
    const { breakoutId, attempt } = breakout;
    const run = await deps.camRuns.get(breakoutId, attempt);
    const isOn = isArmed(breakout, run);
    const [window, entries, now] = await Promise.all([
      run === undefined ? undefined : watchStream(deps.statistics, pipeline, run, deps.now()),
      deps.log.entries(breakoutId),
      isOn ? deps.streams.now(pipeline.channel.channelArn) : undefined,
    ]);
    // Who had connected before the show was armed is disconnected, and is not its encoder.
    const isStranger = now !== undefined && run !== undefined && !isOfRun(run, now.startedAt);
    const stream = now === undefined || isStranger ? undefined : streamHealth(now, window);
    const logged = loggedStream(entries.filter((entry) => entry.attempt === attempt));
    return {
      breakout,
      ...(isOn ? { channelState: 'RUNNING' } : {}),
      verdict: isOn ? judgeStream({ run, stream, isStranger, logged, at: timestamp(deps.now()) }) : judgeIdle(breakout),
      inputs: [inputHealth(stream, isOn)],
      pipelines: [],
      stream: stream ?? null,
      alerts: isOn
        ? logged.alerts.map(({ alertId = '', alertType = '', message, at }) => ({ alertId, alertType, pipeline: onlyStream, message, setAt: at }))
        : [],
      ...(window === undefined ? {} : { window }),
    };
  };
