import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { ConflictError, NotFoundError } from '../shared/errors.ts';
import { notFound } from '../shared/caller.ts';
import type { NewId } from '../shared/identifiers.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { RecordingCommand } from './play-recording.ts';
import { linksOf, recordingOf, requirePlayable, type RecordingLinkDeps } from './recording-links.ts';
import type { RecordingFormat, RecordingStore } from './recording.ts';

/** A link that whoever has it can follow to a recording, until it is revoked. Its secret is known to those alone. */
export interface RecordingShare {
  readonly shareId: string;
  readonly recordingId: string;
  readonly breakoutId: string;
  readonly format: RecordingFormat;
  /** Whether it leads to a file to keep. */
  readonly isDownload: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
}

/** Keeps shares by their secrets, of which only a hash is kept. */
export interface RecordingShareStore {
  create(share: RecordingShare, secret: string): Promise<void>;
  /** The share of a link that was not revoked. */
  find(secret: string): Promise<RecordingShare | undefined>;
  /** Answers whether there was one. */
  revoke(breakoutId: string, shareId: string): Promise<boolean>;
}

/** What sharing needs. */
export interface ShareRecordingDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly recordings: Pick<RecordingStore, 'get'>;
  readonly shares: RecordingShareStore;
  readonly newId: NewId;
  /** Text that nobody guesses. */
  readonly newSecret: () => string;
  readonly now: Now;
}

/** What is to be shared. */
export interface ShareRecordingCommand extends RecordingCommand {
  readonly format: RecordingFormat;
  readonly isDownload: boolean;
}

const requireFormat = (formats: readonly RecordingFormat[], { recordingId, format, isDownload }: ShareRecordingCommand): void => {
  const allowed = formats.filter((one) => !isDownload || one === 'MP4' || one === 'AUDIO');
  if (allowed.includes(format)) return;
  throw new ConflictError({
    code: 'recording-without-format',
    message: `recording ${recordingId} cannot be shared as ${isDownload ? 'a download of ' : ''}${format}, expected ${allowed.join(', ') || 'another one: it has nothing of that kind'}`,
    details: { formats: allowed },
  });
};

/** Makes a share link, whose secret is told this once. @throws NotFoundError, ConflictError when there is nothing to play or not in this format */
export const shareRecording =
  (deps: ShareRecordingDeps) =>
  async (command: ShareRecordingCommand): Promise<RecordingShare & { readonly secret: string }> => {
    const { caller, breakoutId, recordingId, format, isDownload } = command;
    await getBreakout(deps)(caller, breakoutId);
    const recording = await recordingOf(deps, breakoutId, recordingId);
    requirePlayable(recording);
    requireFormat([...new Set(recording.files.map((file) => file.format))], command);
    const share = { shareId: deps.newId('share'), recordingId, breakoutId, format, isDownload, createdAt: timestamp(deps.now()), createdBy: caller.subject };
    const secret = deps.newSecret();
    await deps.shares.create(share, secret);
    return { ...share, secret };
  };

/** Ends a share link for good. @throws NotFoundError */
export const revokeShare =
  (deps: Pick<ShareRecordingDeps, 'breakouts' | 'shares'>) =>
  async ({ caller, breakoutId, shareId }: Pick<RecordingCommand, 'caller' | 'breakoutId'> & { readonly shareId: string }): Promise<void> => {
    await getBreakout(deps)(caller, breakoutId);
    if (!(await deps.shares.revoke(breakoutId, shareId))) throw notFound('share', shareId);
  };

const noShare = (): NotFoundError => new NotFoundError({ code: 'share-not-found', message: 'there is no such link, or it was revoked' });

/** What opening a share link needs. */
export interface OpenShareDeps extends RecordingLinkDeps, Pick<ShareRecordingDeps, 'breakouts' | 'shares'> {
  /** Whoever follows a link is a viewer of its own: nobody is named. */
  readonly newSession: () => string;
}

/** Where a share link leads now: a URL that is signed anew at each use. @throws NotFoundError when it was revoked, or the recording is gone; UnavailableError */
export const openShare =
  (deps: OpenShareDeps) =>
  async (secret: string): Promise<string> => {
    const share = await deps.shares.find(secret);
    if (share === undefined) throw noShare();
    const recording = await deps.recordings.get(share.breakoutId);
    if (recording?.recordingId !== share.recordingId || recording.status === 'DELETED') throw noShare();
    const { title } = await deps.breakouts.get(share.breakoutId);
    const { files } = await linksOf(deps, recording, title, { session: deps.newSession() });
    const link = files.find(({ format }) => format === share.format);
    const url = share.isDownload ? link?.downloadUrl : link?.url;
    if (url === undefined) throw noShare();
    return url;
  };
