import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import type { Caller } from '../shared/caller.ts';
import { linksOf, recordingOf, type RecordingAccess, type RecordingLinkDeps } from './recording-links.ts';

/** A recording of one of the caller's breakouts. */
export interface RecordingCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly recordingId: string;
}

/** Gives access to a recording: signed URLs to play and to keep it. @throws NotFoundError, ConflictError when there is nothing to play, UnavailableError */
export const playRecording =
  (deps: RecordingLinkDeps & { readonly breakouts: Pick<BreakoutStore, 'get'> }) =>
  async ({ caller, breakoutId, recordingId }: RecordingCommand): Promise<RecordingAccess> => {
    const { title } = await getBreakout(deps)(caller, breakoutId);
    return linksOf(deps, await recordingOf(deps, breakoutId, recordingId), title);
  };
