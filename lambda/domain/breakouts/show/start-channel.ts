import type { ChannelControl } from '../../pipelines/channel-control.ts';
import { type Now, secondsAfter, timestamp } from '../../shared/time.ts';
import type { ChannelRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { type CurrentShowDeps, findHoldingShow } from './current-show.ts';
import { done, failed, pending, type ShowProgress } from './progress.ts';

/** What starting a channel needs. */
export interface StartChannelDeps extends CurrentShowDeps {
  readonly channels: ChannelControl;
  readonly runs: ChannelRunStore;
  readonly now: Now;
}

/**
 * Freezes the channel as it is into the show's run, then starts it. The run is kept first, so that no event of the
 * channel finds it missing; repeating changes neither run nor channel.
 * @throws ConflictError
 */
export const startChannel =
  (deps: StartChannelDeps) =>
  async (show: Show): Promise<void> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    const { channelId } = pipeline.channel;
    const known = await deps.runs.get(show.breakoutId, show.attempt);
    if (known === undefined) {
      const channel = await deps.channels.describe(channelId);
      await deps.runs.begin({ ...show, pipelineId: pipeline.pipelineId, channel, requestedAt: timestamp(deps.now()) });
    }
    await deps.channels.start(channelId);
  };

// DescribeChannel may still answer IDLE for a moment after StartChannel was accepted.
const settlingSeconds = 30;

/** Whether the channel runs yet; the first time that it does is noted. FAILED when it fell back or takes too long. */
export const checkRunning =
  (deps: StartChannelDeps & { readonly startTimeoutSeconds: number }) =>
  async (show: Show): Promise<ShowProgress> => {
    const { pipeline } = await findHoldingShow(deps)(show);
    const state = await deps.channels.state(pipeline.channel.channelId);
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
