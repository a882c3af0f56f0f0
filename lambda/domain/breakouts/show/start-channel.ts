import type { ChannelControl } from '../../pipelines/channel-control.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import { pipelineState, type PipelinePowerDeps } from '../../pipelines/pipeline-power.ts';
import { secondsAfter, timestamp } from '../../shared/time.ts';
import { armCamChannel, type ArmCamChannelDeps } from '../cam/arm-channel.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { type CurrentShowDeps, findHoldingShow } from './current-show.ts';
import { done, failed, pending, type ShowProgress } from './progress.ts';

/** What starting a channel needs. */
export interface StartChannelDeps extends CurrentShowDeps, PipelinePowerDeps, ArmCamChannelDeps {
  readonly channels: ChannelControl;
  readonly cams: PipelinePowerDeps['cams'] & ArmCamChannelDeps['cams'];
  readonly runs: Pick<ShowRunStore, 'get' | 'begin' | 'observe'>;
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
 * show's own. Repeating changes neither run nor channel.
 * @throws ConflictError
 */
export const startChannel =
  (deps: StartChannelDeps) =>
  async (show: Show): Promise<void> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    return pipeline.kind === 'CAM' ? armCamChannel(deps, show, pipeline) : startRun(deps, show, pipeline);
  };

// DescribeChannel may still answer IDLE for a moment after StartChannel was accepted.
const settlingSeconds = 30;

/** Whether the channel runs yet, or is armed; the first time that it does is noted. FAILED when it fell back or takes too long. */
export const checkRunning =
  (deps: StartChannelDeps & { readonly startTimeoutSeconds: number }) =>
  async (show: Show): Promise<ShowProgress> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    const state = await pipelineState(deps)(pipeline);
    const at = timestamp(deps.now());
    if (state === 'RUNNING') {
      await deps.runs.observe(show.breakoutId, show.attempt, { started: { at, source: 'POLL' } });
      return done;
    }
    const requestedAt = (await deps.runs.get(show.breakoutId, show.attempt))?.requestedAt ?? at;
    const isSettling = at < secondsAfter(requestedAt, settlingSeconds);
    if (state !== 'STARTING' && !(state === 'IDLE' && isSettling)) return failed(`the channel is ${state} instead of starting`);
    const isLate = at >= secondsAfter(requestedAt, deps.startTimeoutSeconds);
    return isLate ? failed(`the channel is ${state} ${deps.startTimeoutSeconds} s after it was told to start`) : pending;
  };
