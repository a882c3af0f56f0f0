import type { StreamSessionStore } from '../breakouts/cam/stream-session.ts';
import { streamedFramesPerSecond } from './cam/record-show.ts';
import { archivedFramesPerSecond, type ReadArchiveDeps } from './read-archive.ts';
import type { Recording } from './recording.ts';

/** What knowing a source's frame rate needs. */
export interface SourceFrameRateDeps {
  readonly runs: Pick<ReadArchiveDeps['runs'], 'list'>;
  readonly cam: { readonly sessions: Pick<StreamSessionStore, 'list'> };
}

/** The highest frame rate of what a recording is converted of: what an output that follows its source has. Absent = not known. */
export const sourceFramesPerSecond = async (deps: SourceFrameRateDeps, { breakoutId, inPlace }: Pick<Recording, 'breakoutId' | 'inPlace'>): Promise<number | undefined> =>
  inPlace === undefined ? archivedFramesPerSecond(deps, breakoutId) : streamedFramesPerSecond(await deps.cam.sessions.list(breakoutId));
