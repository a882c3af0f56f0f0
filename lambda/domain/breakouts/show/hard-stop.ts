import { UnavailableError } from '../../shared/errors.ts';
import { timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import { requestStop, type StopBreakoutDeps } from '../stop-breakout.ts';
import type { Show, ShowExecutions } from '../show-executions.ts';
import { hasEnded } from '../transition.ts';
import { endFailedShow, type EndFailedShowDeps } from './end-failed-show.ts';
import { noteStopRequest } from './mark-show.ts';
import { ensureStopped, type StopChannelDeps } from './stop-channel.ts';

/** What ending a show without its execution needs. */
export interface RecoverShowDeps extends StopChannelDeps, Omit<EndFailedShowDeps, 'settleSeconds'> {
  readonly breakouts: EndFailedShowDeps['breakouts'];
  readonly runs: StopChannelDeps['runs'];
  readonly pipelines: EndFailedShowDeps['pipelines'];
  readonly executions: Pick<ShowExecutions, 'recover'>;
}

/**
 * Ends an attempt whose execution has died: makes sure that its channel is idle and says FAILED (`execution-lost`)
 * unless it had ended before; another execution then gives the pipeline back and measures what ran. Repeatable.
 * @throws UnavailableError while the channel is stopping: to be tried again until it is idle
 */
export const recoverShow =
  (deps: RecoverShowDeps) =>
  async (show: Show): Promise<void> => {
    const { status } = await ensureStopped(deps)(show);
    if (status !== 'DONE') {
      throw new UnavailableError({ code: 'channel-stopping', message: `the channel of ${show.breakoutId} is stopping without an execution: look again in a minute` });
    }
    // Until when its usage settles is told to the execution that measures.
    await endFailedShow({ ...deps, settleSeconds: 0 })(show, { code: 'execution-lost', message: 'the execution that ran this show had died' });
    await deps.executions.recover(show);
  };

/** What stopping a show at its hard stop needs. */
export interface HardStopDeps extends StopBreakoutDeps, RecoverShowDeps {
  readonly breakouts: RecoverShowDeps['breakouts'];
  readonly executions: Pick<ShowExecutions, 'isRunning' | 'recover'>;
}

/** What the hard stop did. */
export type HardStopOutcome = 'NOTHING_TO_STOP' | 'NOT_DUE' | 'ASKED_TO_STOP' | 'STOPPED_WITHOUT_EXECUTION';

/** The pipelines that the show has left are stopped by their own executions, unless those have died. */
const recoverEarlierLegs = async (deps: HardStopDeps, { breakoutId, earlierLegs = [] }: Breakout): Promise<void> => {
  for (const { attempt } of earlierLegs.filter(({ stoppedAt }) => stoppedAt === undefined)) {
    const show = { breakoutId, attempt };
    if (!(await deps.executions.isRunning(show))) await recoverShow(deps)(show);
  }
};

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
    await noteStopRequest(deps, await requestStop(deps, breakoutId, 'HARD_STOP'));
    await recoverEarlierLegs(deps, breakout);
    const show = { breakoutId, attempt: breakout.attempt };
    if (await deps.executions.isRunning(show)) return 'ASKED_TO_STOP';
    await recoverShow(deps)(show);
    return 'STOPPED_WITHOUT_EXECUTION';
  };
