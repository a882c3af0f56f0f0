import type { PipelineHolds } from '../../pipelines/pipeline-hold.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { timestamp } from '../../shared/time.ts';
import { requestStop, type StopBreakoutDeps } from '../stop-breakout.ts';
import type { ShowExecutions } from '../show-executions.ts';
import { hasEnded } from '../transition.ts';
import { markFailed, type MarkEndDeps, releasePipeline } from './mark-show.ts';
import { ensureStopped, type StopChannelDeps } from './stop-channel.ts';

/** What stopping a show at its hard stop needs. */
export interface HardStopDeps extends StopBreakoutDeps, StopChannelDeps, MarkEndDeps {
  readonly breakouts: StopBreakoutDeps['breakouts'];
  readonly holds: PipelineHolds;
  readonly runs: StopChannelDeps['runs'];
  readonly pipelines: StopChannelDeps['pipelines'];
  readonly executions: Pick<ShowExecutions, 'isRunning'>;
}

/** What the hard stop did. */
export type HardStopOutcome = 'NOTHING_TO_STOP' | 'NOT_DUE' | 'ASKED_TO_STOP' | 'STOPPED_WITHOUT_EXECUTION';

/**
 * Stops a show that has come to its hard stop: by its execution while that lives, else by stopping the channel
 * itself, for a dead execution stops nothing. Repeatable.
 * @throws UnavailableError while the channel is stopping: to be tried again until it is idle
 */
export const hardStop =
  (deps: HardStopDeps) =>
  async (breakoutId: string): Promise<HardStopOutcome> => {
    const breakout = await deps.breakouts.get(breakoutId);
    if (breakout.status === 'SCHEDULED' || hasEnded(breakout)) return 'NOTHING_TO_STOP';
    if (breakout.hardStopAt !== undefined && timestamp(deps.now()) < breakout.hardStopAt) return 'NOT_DUE';
    const show = { breakoutId, attempt: breakout.attempt };
    await requestStop(deps, breakoutId, 'HARD_STOP');
    if (await deps.executions.isRunning(show)) return 'ASKED_TO_STOP';
    const { status } = await ensureStopped(deps)(show);
    if (status !== 'DONE') {
      throw new UnavailableError({ code: 'channel-stopping', message: `the channel of ${breakoutId} is stopping without an execution: look again in a minute` });
    }
    await markFailed(deps)(show, { code: 'execution-lost', message: 'the execution that ran this show had died; the show was stopped at its hard stop' });
    await releasePipeline(deps)(show);
    return 'STOPPED_WITHOUT_EXECUTION';
  };
