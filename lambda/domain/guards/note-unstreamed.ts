import type { Breakout } from '../breakouts/breakout.ts';
import type { StreamSessionStore } from '../breakouts/cam/stream-session.ts';
import type { ShowRun } from '../breakouts/channel-run.ts';
import type { ShowLog } from '../breakouts/log/show-log.ts';
import { streamPatienceSeconds } from '../monitoring/cam/judge-stream.ts';
import { noStreamAlert } from '../monitoring/cam/logged-stream.ts';
import { type Now, secondsAfter, timestamp } from '../shared/time.ts';

/** What noting that nobody streams needs. */
export interface NoteUnstreamedDeps {
  readonly sessions: Pick<StreamSessionStore, 'list'>;
  readonly log: Pick<ShowLog, 'note'>;
  readonly now: Now;
}

/**
 * Notes, once an attempt, that nobody has streamed to a running Cam show since its start. Whoever pushes with another key, as one
 * that is void, is refused by IVS, which has no event for it: that nobody came is all that can be seen. Repeatable. @throws UnavailableError
 */
export const noteUnstreamed =
  ({ sessions, log, now }: NoteUnstreamedDeps) =>
  async ({ breakoutId, accountId, attempt, stopRequestedAt }: Breakout, run: Pick<ShowRun, 'started'> | undefined): Promise<void> => {
    if (run?.started === undefined || stopRequestedAt !== undefined) return;
    // The same moment however often it is looked: an entry is known by its time and its id.
    const at = secondsAfter(run.started.at, streamPatienceSeconds);
    if (timestamp(now()) < at) return;
    if ((await sessions.list(breakoutId)).some((session) => session.attempt === attempt)) return;
    const id = `no-stream-${attempt}`;
    const message = 'nobody has streamed with the show\'s key since the start: whoever pushes with another one is refused, and nobody is told; push with the key that GET …/ingest tells';
    await log.note({ breakoutId, accountId, attempt, at, id, type: 'ALERT', name: 'SET', message, alertId: id, alertType: noStreamAlert, source: 'POLL' });
  };
