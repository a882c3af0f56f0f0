import type { Breakout } from '../breakout.ts';
import type { ShowLog, ShowLogEntry } from '../log/show-log.ts';

/** Where shows note what happens to them. */
export interface NoteShowDeps {
  readonly log: Pick<ShowLog, 'note'>;
}

/** What is noted of a show. */
export interface ShowNote extends Pick<ShowLogEntry, 'type' | 'name' | 'message' | 'at'> {
  /** Absent = the breakout's present attempt. */
  readonly attempt?: number;
}

/** Notes that something happened to a show, once an attempt however often it is told: answers whether it was new. @throws UnavailableError */
export const noteShow = async ({ log }: NoteShowDeps, breakout: Breakout, { attempt = breakout.attempt, ...note }: ShowNote): Promise<boolean> => {
  const { breakoutId, accountId } = breakout;
  return log.note({ breakoutId, accountId, attempt, id: `${note.name}-${attempt}`, ...note });
};
