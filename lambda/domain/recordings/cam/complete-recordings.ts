import { NotFoundError } from '../../shared/errors.ts';
import { endPlaylist, hasEnded, playlistMilliseconds } from '../hls/end-playlist.ts';
import { renamedStreams, streamUris } from '../hls/join-multivariant.ts';
import { folderOf } from '../hls/relative-path.ts';
import type { PlaylistFiles } from '../join-parts.ts';
import type { ServiceRecording } from './service-recordings.ts';

/** The playlists that we write beside those of a recording that broke off, which say that it has ended. */
const endedName = 'ended.m3u8';

interface Media {
  readonly uri: string;
  readonly text: string;
}

/** A playlist that was never written is none. */
const readIfThere = async (playlists: PlaylistFiles, bucket: string, key: string): Promise<string | undefined> => {
  try {
    return await playlists.read(bucket, key);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
};

const mediaOf = async (playlists: PlaylistFiles, bucket: string, folder: string, master: string): Promise<readonly Media[]> => {
  const found = await Promise.all(streamUris(master).map(async (uri) => ({ uri, text: await readIfThere(playlists, bucket, `${folder}${uri}`) })));
  return found.flatMap(({ uri, text }) => (text === undefined ? [] : [{ uri, text }]));
};

const unplayable = ({ playlistKey: _playlistKey, ...recording }: ServiceRecording): ServiceRecording => recording;

const endedUri = (uri: string): string => `${folderOf(uri)}${endedName}`;

/**
 * A recording that broke off, or of which nobody has said that it ended, as far as it goes: playlists beside its own that list
 * the segments that are there and have an end, without which players wait for more and MediaConvert takes none of it
 * (https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html). One whose playlists have ended is
 * answered as it is, one without playlists as one that cannot be played. What AWS leaves of playlists then is UNVERIFIED. Repeatable.
 * @throws UnavailableError
 */
export const completeRecording = async (playlists: PlaylistFiles, bucket: string, recording: ServiceRecording, keys: ReadonlySet<string>): Promise<ServiceRecording> => {
  const { playlistKey, ended } = recording;
  if (playlistKey === undefined || !keys.has(playlistKey)) return unplayable(recording);
  if (ended !== undefined && ended.failure === undefined) return recording;
  const folder = folderOf(playlistKey);
  const master = await playlists.read(bucket, playlistKey);
  const media = await mediaOf(playlists, bucket, folder, master);
  const isWhole = media.length === streamUris(master).length && media.every(({ text }) => hasEnded(text));
  const completed = media.map(({ uri, text }) => ({ uri, text: isWhole ? text : endPlaylist(text, (segment) => keys.has(`${folder}${folderOf(uri)}${segment}`)) }));
  const playable = completed.filter(({ text }) => playlistMilliseconds(text) > 0);
  const durationMilliseconds = Math.max(0, ...playable.map(({ text }) => playlistMilliseconds(text)));
  const known: ServiceRecording = { ...recording, ended: { at: recording.startedAt + durationMilliseconds, ...ended, durationMilliseconds } };
  if (playable.length === 0) return unplayable(known);
  if (isWhole) return known;
  for (const { uri, text } of playable) await playlists.write(bucket, `${folder}${endedUri(uri)}`, text);
  // Last, because it is what says that the others are there.
  await playlists.write(bucket, `${folder}${endedName}`, renamedStreams(master, new Map(playable.map(({ uri }) => [uri, endedUri(uri)]))));
  return { ...known, playlistKey: `${folder}${endedName}` };
};
