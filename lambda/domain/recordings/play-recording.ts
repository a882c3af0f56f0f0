import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { admitViewer, type AdmitViewerDeps } from '../playback/admit-viewer.ts';
import { renewalOf } from '../playback/resolve-session.ts';
import { type RevokeAccessDeps, revokedSessions, type ViewersAccess } from '../playback/revoke-playback.ts';
import type { TokenBinding } from '../playback/viewer-tokens.ts';
import type { Caller } from '../shared/caller.ts';
import { linksOf, recordingOf, requirePlayable, type RecordingAccess, type RecordingLinkDeps } from './recording-links.ts';

/** A recording of one of the caller's breakouts. */
export interface RecordingCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly recordingId: string;
}

/** For whom access to which recording is asked. */
export interface PlayRecordingCommand extends RecordingCommand {
  /** The caller's own name of the viewer; absent = anonymous. */
  readonly viewerId?: string;
  /** The `renewWith` of the access that this one follows: of the show, or of a recording. */
  readonly renewWith?: string;
  readonly boundTo?: TokenBinding;
}

/** What giving a viewer access to a recording needs. */
export interface PlayRecordingDeps extends RecordingLinkDeps, AdmitViewerDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly tokens: RecordingLinkDeps['tokens'] & AdmitViewerDeps['tokens'];
}

/** A viewer's access to a recording. */
export interface RecordingPlayback extends RecordingAccess {
  readonly session: string;
  /** With which the next access keeps the session. */
  readonly renewWith: string;
}

/**
 * Gives a viewer access to a recording: signed URLs to play and to keep it. Devices count as they do for shows, and a
 * viewer who has watched the show keeps the session.
 * @throws NotFoundError, InvalidInputError, ConflictError when there is nothing to play, or `session-over`, UnavailableError
 */
export const playRecording =
  (deps: PlayRecordingDeps) =>
  async ({ caller, breakoutId, recordingId, boundTo, ...asked }: PlayRecordingCommand): Promise<RecordingPlayback> => {
    const { title, accountId } = await getBreakout(deps)(caller, breakoutId);
    const recording = await recordingOf(deps, breakoutId, recordingId);
    requirePlayable(recording);
    const since = Math.floor(deps.now() / 1000);
    const bound = boundTo === undefined ? {} : { boundTo };
    const session = await admitViewer(deps)({ accountId, breakoutId, ...asked, ...bound }, { since, expiresAt: since + deps.tokenSeconds });
    const { token, ...access } = await linksOf(deps, recording, title, { session, ...bound });
    return { ...access, session, renewWith: renewalOf(breakoutId, token) };
  };

/** What taking a viewer's access to a recording away needs. */
export interface RevokeRecordingPlaybackDeps extends RevokeAccessDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly recordings: RecordingLinkDeps['recordings'];
}

/**
 * Takes a viewer's access away, to shows as to recordings: edges refuse it within seconds. Answers the sessions. What is
 * revoked already, or was never given, is no error.
 * @throws NotFoundError, InvalidInputError, ConflictError `session-over`, UnavailableError
 */
export const revokeRecordingPlayback =
  (deps: RevokeRecordingPlaybackDeps) =>
  async ({ recordingId, ...command }: RecordingCommand & ViewersAccess): Promise<readonly string[]> => {
    const { accountId, breakoutId } = await getBreakout(deps)(command.caller, command.breakoutId);
    await recordingOf(deps, breakoutId, recordingId);
    return revokedSessions(deps, accountId, command);
  };
