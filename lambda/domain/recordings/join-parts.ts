import { joinMediaPlaylists } from './hls/join-media-playlists.ts';
import { joinMultivariant, streamUris } from './hls/join-multivariant.ts';
import type { Recording, RecordingJob } from './recording.ts';
import { hlsFolder, multivariantName } from './recording-files.ts';
import { partKeyPrefix } from './submit-job.ts';

/** Reads and writes playlists where recordings are. */
export interface PlaylistFiles {
  /** @throws NotFoundError, UnavailableError */
  read(bucket: string, key: string): Promise<string>;
  /** Writes over what is there. @throws UnavailableError */
  write(bucket: string, key: string, text: string): Promise<void>;
}

interface PartPlaylists {
  /** Where the part's playlists are, below the recording. */
  readonly folder: string;
  readonly text: string;
}

const readPart = async (playlists: PlaylistFiles, recording: Recording, { part }: RecordingJob): Promise<PartPlaylists> => {
  const prefix = `${partKeyPrefix(recording, part)}${hlsFolder}`;
  return { folder: prefix.slice(recording.keyPrefix.length), text: await playlists.read(recording.bucket, `${prefix}${multivariantName}`) };
};

/**
 * Makes one HLS recording of one that was converted in parts: playlists beside the parts, which list their segments one
 * part after the other. What parts failed is left out. Nothing is made of a recording in one part, or without HLS.
 * Repeatable.
 * @throws NotFoundError when a part's playlist is gone, UnavailableError
 */
export const joinParts = async (playlists: PlaylistFiles, recording: Recording): Promise<void> => {
  const made = recording.jobs.filter(({ status }) => status === 'COMPLETE');
  if (made.length < 2 || !recording.formats.includes('HLS')) return;
  const { bucket, keyPrefix } = recording;
  const parts = await Promise.all(made.map((job) => readPart(playlists, recording, job)));
  const uris = streamUris(parts[0]?.text ?? '').filter((uri) => parts.every(({ text }) => streamUris(text).includes(uri)));
  if (uris.length === 0) return;
  for (const uri of uris) {
    const media = await Promise.all(parts.map(async ({ folder }) => ({ folder, text: await playlists.read(bucket, `${keyPrefix}${folder}${uri}`) })));
    await playlists.write(bucket, `${keyPrefix}${uri}`, joinMediaPlaylists(media));
  }
  // Last, because it is what says that the recording is one.
  await playlists.write(bucket, `${keyPrefix}${multivariantName}`, joinMultivariant(parts.map(({ text }) => text), uris));
};
