import type { Breakout } from '../breakouts/breakout.ts';
import type { Announcements } from '../monitoring/announcements.ts';
import type { GuardMarks } from './guard-marks.ts';

/** What announcing that a guard stopped a show needs. */
export interface AnnounceStopDeps {
  readonly marks: GuardMarks;
  readonly announcements: Announcements;
}

/** Announces once that a show was stopped by its hard stop or because nobody fed it; says nothing of other stops. */
export const announceGuardStop =
  ({ marks, announcements }: AnnounceStopDeps) =>
  async (breakout: Breakout): Promise<void> => {
    const { breakoutId, attempt, accountId, eventId, title, pipelineId, stopReason, stopRequestedAt: at } = breakout;
    if (at === undefined || (stopReason !== 'HARD_STOP' && stopReason !== 'NO_INPUT')) return;
    if (!(await marks.markStopAnnounced({ breakoutId, attempt }))) return;
    const message = stopReason === 'HARD_STOP' ? `the show "${title}" came to its hard stop and is stopped` : `the show "${title}" is stopped, as nobody fed it`;
    await announcements.publish({ id: `${breakoutId}-${stopReason}-${attempt}`, kind: 'STOPPED_BY_GUARD', at, pipelineId, message, show: { breakoutId, eventId, accountId, title } });
  };
