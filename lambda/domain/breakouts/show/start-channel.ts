import type { ChannelControl } from '../../pipelines/channel-control.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import { pipelineState, type PipelinePowerDeps } from '../../pipelines/pipeline-power.ts';
import { secondsAfter, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import { armCamChannel, type ArmCamChannelDeps } from '../cam/arm-channel.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { type CurrentShowDeps, findHoldingShow } from './current-show.ts';
import { done, failed, pending, type ShowProgress } from './progress.ts';

/** What starting a channel needs. */
export interface StartChannelDeps extends CurrentShowDeps, PipelinePowerDeps, ArmCamChannelDeps {
  readonly channels: ChannelControl;
  readonly cams: PipelinePowerDeps['cams'] & ArmCamChannelDeps['cams'];
  readonly streams: PipelinePowerDeps['streams'] & ArmCamChannelDeps['streams'];
  readonly runs: Pick<ShowRunStore, 'get' | 'begin' | 'observe'>;
}

interface Timed {
  readonly startTimeoutSeconds: number;
}

/** The run is frozen as the channel is now, and kept, before the channel starts: no event of it finds the run missing. */
const startRun = async (deps: StartChannelDeps, { breakoutId, attempt }: Show, { pipelineId, channel: { channelId } }: ProPipeline): Promise<void> => {
  if ((await deps.runs.get(breakoutId, attempt)) === undefined) {
    await deps.runs.begin({ breakoutId, attempt, pipelineId, channel: await deps.channels.describe(channelId), requestedAt: timestamp(deps.now()) });
  }
  await deps.channels.start(channelId);
};

/**
 * Freezes the channel as it is into the show's run, then starts it; a Cam channel is armed with a stream key of the
 * show's own, if it is free already. Repeating changes neither run nor channel.
 * @throws ConflictError
 */
export const startChannel =
  (deps: StartChannelDeps) =>
  async (show: Show): Promise<void> => {
    const { breakout, pipeline } = await findHoldingShow(deps)(show);
    if (pipeline.kind === 'CAM') await armCamChannel(deps, breakout, pipeline);
    else await startRun(deps, show, pipeline);
  };

/** Arms a Cam channel that was not free at first, or whose key was not made. FAILED when whoever streams to it cannot be put out. */
const armWhenFree = async (deps: StartChannelDeps & Timed, breakout: Breakout, pipeline: CamPipeline): Promise<ShowProgress> => {
  const clearance = await armCamChannel(deps, breakout, pipeline);
  const isLate = timestamp(deps.now()) >= secondsAfter(breakout.startRequestedAt ?? breakout.updatedAt, deps.startTimeoutSeconds);
  return clearance === 'TAKEN' && isLate ? failed(`an encoder that is not the show's still streams to the channel ${deps.startTimeoutSeconds} s after the start: disconnect it by hand`) : pending;
};

// What was accepted may not be seen for a moment: DescribeChannel still answers IDLE, ListStreamKeys has no key.
const settlingSeconds = 30;

/** Whether the channel runs yet, or is armed; the first time that it does is noted. FAILED when it fell back or takes too long. */
export const checkRunning =
  (deps: StartChannelDeps & Timed) =>
  async (show: Show): Promise<ShowProgress> => {
    const { breakout, pipeline } = await findHoldingShow(deps)(show);
    const run = await deps.runs.get(show.breakoutId, show.attempt);
    if (pipeline.kind === 'CAM' && run === undefined) return armWhenFree(deps, breakout, pipeline);
    const state = await pipelineState(deps)(pipeline);
    const at = timestamp(deps.now());
    if (state === 'RUNNING') {
      await deps.runs.observe(show.breakoutId, show.attempt, { started: { at, source: 'POLL' } });
      return done;
    }
    const requestedAt = run?.requestedAt ?? at;
    const isSettling = at < secondsAfter(requestedAt, settlingSeconds);
    const isLate = at >= secondsAfter(requestedAt, deps.startTimeoutSeconds);
    if (pipeline.kind === 'CAM' && !isSettling && !isLate) return armWhenFree(deps, breakout, pipeline);
    if (state !== 'STARTING' && !(state === 'IDLE' && isSettling)) return failed(`the channel is ${state} instead of starting`);
    return isLate ? failed(`the channel is ${state} ${deps.startTimeoutSeconds} s after it was told to start`) : pending;
  };
