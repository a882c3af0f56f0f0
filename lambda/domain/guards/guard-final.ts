import type { Breakout } from '../breakouts/breakout.ts';
import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { ShowLog } from '../breakouts/log/show-log.ts';
import type { Show, ShowExecutions } from '../breakouts/show-executions.ts';
import { hasEnded } from '../breakouts/transition.ts';
import type { PastHolds } from '../pipelines/pipeline-hold.ts';
import { type Now, timestamp } from '../shared/time.ts';

/** What seeing to it that shows are closed for good needs. */
export interface GuardFinalDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pastHolds: PastHolds;
  readonly executions: Pick<ShowExecutions, 'isRunning' | 'recover'>;
  readonly log: Pick<ShowLog, 'note'>;
  readonly now: Now;
}

/** A leg that the show has left is measured with the last one, and a show that was reset is no longer at its end. */
const isOpen = (breakout: Breakout, { attempt }: Show): boolean => breakout.attempt === attempt && hasEnded(breakout) && breakout.finalisedAt === undefined;

/**
 * Looks after the last show of a pipeline that nobody holds, until its usage is final: where its execution died after
 * it had given the pipeline back, another one measures it. Answers whether that was needed. Repeatable.
 * @throws Error when it was recovered in vain too often, UnavailableError
 */
export const guardFinal =
  (deps: GuardFinalDeps) =>
  async (pipelineId: string): Promise<boolean> => {
    const at = timestamp(deps.now());
    const show = await deps.pastHolds.lastClaimed(pipelineId, at);
    if (show === undefined || !isOpen(await deps.breakouts.get(show.breakoutId), show) || (await deps.executions.isRunning(show))) return false;
    const { breakoutId, accountId, attempt } = show;
    // It may have closed the show as the last thing that it did.
    if (!isOpen(await deps.breakouts.get(breakoutId), show)) return false;
    await deps.executions.recover(show);
    const message = 'the execution that measures the show had died: another one measures it';
    await deps.log.note({ breakoutId, accountId, attempt, at, id: `REPAIRED-usage-${attempt}`, type: 'GUARD', name: 'REPAIRED', message });
    return true;
  };
