import type { Breakout } from '../../breakouts/breakout.ts';
import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { ChannelRun } from '../../breakouts/channel-run.ts';
import type { ChannelRunStore } from '../../breakouts/channel-run-store.ts';
import { pipelineIds } from '../../breakouts/log/input-states.ts';
import { getBreakout } from '../../breakouts/read-breakouts.ts';
import { isHeldBy, type PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import type { PipelineRegistry, ProPipeline } from '../../pipelines/pipeline.ts';
import type { Caller } from '../../shared/caller.ts';
import { DomainError } from '../../shared/errors.ts';
import { readCamHealth, type ReadCamHealthDeps } from '../cam/read-cam-health.ts';
import type { ChannelLook, ChannelWatch, Thumbnail } from '../channel-watch.ts';
import type { Health, PipelineHealth, WatchedWindow } from './health.ts';
import { judgeIdle, judgeRunning } from './judge-show.ts';
import { judgeInputs } from './judge-inputs.ts';
import { latest, sumOfLast, watchFigures } from './watch-figures.ts';

/** What telling how a show is needs. */
export interface ReadHealthDeps extends ReadCamHealthDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'get'>;
  readonly channels: ChannelWatch;
}

/** A show with the channel that it has. */
interface OnAir {
  readonly breakout: Breakout;
  readonly pipeline: ProPipeline;
  readonly run: ChannelRun;
  readonly look: ChannelLook;
}

/** The still of a pipeline; a health that has none is better than none. */
const stillOf = async ({ channels }: ReadHealthDeps, channelId: string, pipeline: string): Promise<Thumbnail | null> => {
  try {
    return (await channels.thumbnail(channelId, pipeline)) ?? null;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
};

const pipelineHealth = async (deps: ReadHealthDeps, { run, look }: OnAir, window: WatchedWindow | undefined, pipeline: string): Promise<PipelineHealth> => ({
  pipeline,
  activeInput: look.active.find((one) => one.pipeline === pipeline)?.input ?? null,
  inputFramesPerSecond: latest(window, pipeline, 'inputFramesPerSecond'),
  droppedFrames: sumOfLast(window, pipeline, 'droppedFrames', 5),
  inputMegabitsPerSecond: latest(window, pipeline, 'inputMegabitsPerSecond'),
  outputMegabitsPerSecond: latest(window, pipeline, 'outputMegabitsPerSecond'),
  thumbnail: await stillOf(deps, run.channel.channelId, pipeline),
});

const healthOnAir = async (deps: ReadHealthDeps, show: OnAir): Promise<Health> => {
  const { breakout, pipeline, run, look } = show;
  const [alerts, window] = await Promise.all([
    deps.channels.alerts(run.channel.channelId, 'SET'),
    watchFigures(deps.statistics, pipeline, run, deps.now()),
  ]);
  const watched = window === undefined ? {} : { window };
  const channel = { pipeline, look, alerts, ...watched };
  const pipelines = await Promise.all(pipelineIds(pipeline).map((id) => pipelineHealth(deps, show, window, id)));
  const inputs = judgeInputs(channel);
  return { breakout, channelState: look.state, verdict: judgeRunning({ channel, inputs, pipelines }), inputs, pipelines, alerts, ...watched };
};

const unknownInputs = (pipeline: ProPipeline): Health['inputs'] =>
  pipeline.channel.inputs.map(({ name }) => ({ name, arriving: 'UNKNOWN', reason: 'the channel does not run', activeOnPipelines: [] }));

const healthOffAir = async (deps: ReadHealthDeps, breakout: Breakout, pipeline: ProPipeline, run: ChannelRun | undefined, look: ChannelLook | undefined): Promise<Health> => {
  const window = run === undefined ? undefined : await watchFigures(deps.statistics, pipeline, run, deps.now());
  return {
    breakout,
    ...(look === undefined ? {} : { channelState: look.state }),
    verdict: judgeIdle(breakout),
    inputs: unknownInputs(pipeline),
    pipelines: [],
    alerts: [],
    ...(window === undefined ? {} : { window }),
  };
};

/**
 * How a show is now: whose channel runs, by looking at it and by its figures; else by its own state. A channel that
 * another show has is not looked at. @throws NotFoundError, UnavailableError
 */
export const readHealth =
  (deps: ReadHealthDeps) =>
  async (caller: Caller, breakoutId: string): Promise<Health> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    const { attempt, pipelineId } = breakout;
    const pipeline = await deps.pipelines.get(pipelineId);
    if (pipeline.kind === 'CAM') return readCamHealth(deps)(breakout, pipeline);
    const [hold, run] = await Promise.all([deps.holds.get(pipelineId), deps.runs.get(breakoutId, attempt)]);
    const look = isHeldBy(hold, { breakoutId, attempt }) ? await deps.channels.look(pipeline.channel.channelId) : undefined;
    const isOnAir = run !== undefined && look?.state === 'RUNNING' && (breakout.status === 'STARTING' || breakout.status === 'RUNNING');
    return isOnAir ? healthOnAir(deps, { breakout, pipeline, run, look }) : healthOffAir(deps, breakout, pipeline, run, look);
  };
