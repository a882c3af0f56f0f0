import type { Breakout } from '../breakouts/breakout.ts';
import type { ShowRun } from '../breakouts/channel-run.ts';
import { endFailedShow, type EndFailedShowDeps } from '../breakouts/show/end-failed-show.ts';
import type { StopSignal } from '../breakouts/show-executions.ts';
import type { Announcements } from '../monitoring/announcements.ts';
import type { ChannelLook } from '../monitoring/channel-watch.ts';
import type { GuardMarks } from './guard-marks.ts';

/** What ending a show whose channel has stopped needs. */
export interface GuardChannelDeps extends Omit<EndFailedShowDeps, 'settleSeconds'> {
  readonly stopSignal: StopSignal;
  readonly marks: Pick<GuardMarks, 'markStopAnnounced'>;
  readonly announcements: Announcements;
}

/**
 * Ends a running show as FAILED (`channel-failed`) whose channel is idle though nobody told the show to stop: the
 * service dropped it, or somebody stopped it by hand. Its execution is woken, finds it ended and takes the way of a
 * failed show; the show can go on with another pipeline. Says so once. Answers whether it did. Repeatable.
 */
export const guardChannel =
  (deps: GuardChannelDeps) =>
  async (breakout: Breakout, run: ShowRun | undefined, { state }: Pick<ChannelLook, 'state'>): Promise<boolean> => {
    const { breakoutId, attempt, accountId, eventId, title, pipelineId, status, stopRequestedAt, stopToken } = breakout;
    if (status !== 'RUNNING' || stopRequestedAt !== undefined || state !== 'IDLE' || run?.ended === undefined) return false;
    const { at } = run.ended;
    const failure = { code: 'channel-failed', message: `the channel stopped at ${at} though nobody told it to: the show can go on with another pipeline` };
    // Until when its usage settles is told to the execution that measures.
    const { outcome } = await endFailedShow({ ...deps, settleSeconds: 0 })({ breakoutId, attempt }, failure);
    if (outcome !== 'FAILED') return false;
    if (stopToken !== undefined) await deps.stopSignal.complete(stopToken);
    if (await deps.marks.markStopAnnounced({ breakoutId, attempt })) {
      const message = `the show "${title}" failed: ${failure.message}`;
      await deps.announcements.publish({ id: `${breakoutId}-CHANNEL-${attempt}`, kind: 'STOPPED_BY_GUARD', at, pipelineId, message, show: { breakoutId, eventId, accountId, title } });
    }
    return true;
  };
