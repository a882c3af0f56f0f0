import type { Breakout } from '../breakouts/breakout.ts';
import type { ViewerGrant, ViewerTokens } from '../playback/viewer-tokens.ts';
import { ConflictError } from '../shared/errors.ts';
import { notFound } from '../shared/caller.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { folderInPlace } from './cam/in-place.ts';
import { isWhole } from './cam/join-recordings.ts';
import { spanOf, spanText } from './cam/recorded-span.ts';
import type { Recording, RecordingFile, RecordingStore } from './recording.ts';

/** What giving access to recordings needs. */
export interface RecordingLinkDeps {
  readonly recordings: Pick<RecordingStore, 'get'>;
  readonly tokens: Pick<ViewerTokens, 'issue'>;
  /** Makes the viewer's URL of a file by its path; `downloadName` is the name under which it is kept, absent = it is played. */
  readonly recordingUrl: (path: string, token: string, downloadName?: string) => string;
  readonly tokenSeconds: number;
  readonly now: Now;
}

/** A file of a recording as a viewer reaches it. */
export interface RecordingLink {
  readonly format: RecordingFile['format'];
  readonly part: number;
  readonly url: string;
  /** Answers with a name to keep it under; absent for what is in many files. */
  readonly downloadUrl?: string;
}

/** Access to a recording, good until it expires. */
export interface RecordingAccess {
  readonly recordingId: string;
  readonly breakoutId: string;
  readonly expiresAt: string;
  readonly files: readonly RecordingLink[];
}

const extensions: Readonly<Partial<Record<RecordingFile['format'], string>>> = { MP4: 'mp4', AUDIO: 'm4a' };

/** What file systems and headers take of a title. */
const fileNameOf = (title: string, { part }: RecordingFile, extension: string): string =>
  `${title.replaceAll(/[^A-Za-z0-9 _.-]+/g, '_').slice(0, 80) || 'recording'}${part === 1 ? '' : ` part ${part}`}.${extension}`;

/** The breakout's recording with this id. @throws NotFoundError */
export const recordingOf = async ({ recordings }: Pick<RecordingLinkDeps, 'recordings'>, breakoutId: string, recordingId: string): Promise<Recording> => {
  const recording = await recordings.get(breakoutId);
  if (recording?.recordingId !== recordingId) throw notFound('recording', recordingId);
  return recording;
};

/** Refuses a recording of which there is nothing to play. @throws ConflictError */
export const requirePlayable = ({ recordingId, status, files }: Recording): void => {
  if (status !== 'DELETED' && files.length > 0) return;
  throw new ConflictError({ code: 'recording-not-playable', message: `recording ${recordingId} is ${status} and has ${files.length} files, expected one that is READY`, details: { status } });
};

interface Place {
  readonly path: string;
  /** What its token opens. */
  readonly subject: string;
}

/**
 * Where viewers find a file: below account, event and breakout, wherever it is stored, so that logs tell whose it is. A token
 * opens what conversions wrote, or a folder that the service recorded into, or those that it joined, and nothing of others.
 */
const placeOf = (recording: Recording, key: string): Place => {
  const { breakoutId, keyPrefix, inPlace = [] } = recording;
  const folder = folderInPlace(recording, key);
  if (folder === undefined) return { path: key, subject: breakoutId };
  const span = isWhole(key) ? spanOf(inPlace.map((one) => one.folder)) : undefined;
  if (span === undefined) return { path: `${keyPrefix}${key}`, subject: `${breakoutId}/${folder.slice(0, -1)}` };
  return { path: `${keyPrefix}${spanText(span)}/${key}`, subject: `${breakoutId}/${spanText(span)}/${span.channelFolder}` };
};

/** Signed URLs of every file of a recording that can be played, and the token that they carry. @throws ConflictError, UnavailableError */
export const linksOf = async (deps: RecordingLinkDeps, recording: Recording, title: Breakout['title'], viewer: Pick<ViewerGrant, 'session' | 'boundTo'>): Promise<RecordingAccess & { readonly token: string }> => {
  requirePlayable(recording);
  const { recordingId, breakoutId } = recording;
  const expiresAt = Math.floor(deps.now() / 1000) + deps.tokenSeconds;
  const signed = (subject: string): Promise<string> => deps.tokens.issue({ purpose: 'recording', subject, expiresAt, ...viewer });
  const token = await signed(breakoutId);
  const linkOf = async (file: RecordingFile): Promise<RecordingLink> => {
    const extension = extensions[file.format];
    const place = placeOf(recording, file.key);
    const ofFile = place.subject === breakoutId ? token : await signed(place.subject);
    const download = extension === undefined ? {} : { downloadUrl: deps.recordingUrl(place.path, ofFile, fileNameOf(title, file, extension)) };
    return { format: file.format, part: file.part, url: deps.recordingUrl(place.path, ofFile), ...download };
  };
  const files = await Promise.all(recording.files.map(linkOf));
  return { recordingId, breakoutId, expiresAt: timestamp(expiresAt * 1000), files, token };
};
