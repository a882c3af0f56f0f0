import { joinMediaPlaylists } from '../hls/join-media-playlists.ts';
import { joinMultivariant, renamedStreams, streamUris } from '../hls/join-multivariant.ts';
import { folderOf, relativePath } from '../hls/relative-path.ts';
import type { PlaylistFiles } from '../join-parts.ts';
import { isWithin, spanOf } from './recorded-span.ts';

/** What the playlists are called that play all recordings of a show as one; they are in the first one's folder. */
const wholeName = 'whole.m3u8';

/** A recording of the service that can be played. */
export interface PlayablePart {
  readonly folder: string;
  readonly playlistKey: string;
}

const wholeUri = (uri: string): string => `${folderOf(uri)}${wholeName}`;

/** The same stream of all parts has one name then, whatever each part calls its playlist. */
const renamed = (text: string): string => renamedStreams(text, new Map(streamUris(text).map((uri) => [uri, wholeUri(uri)])));

/** Whether a file plays several recordings of the service as one. */
export const isWhole = (key: string): boolean => key.endsWith(`/${wholeName}`);

/**
 * Writes playlists that play several recordings of one channel one after the other, with a discontinuity in between
 * (RFC 8216, 4.3.2.3), and copies nothing. Answers the key of the one to open; undefined, and nothing is written, where they cannot
 * be one: no rendition that all have, several channels, or `others` of the channel, which a viewer of these must not see, in between.
 * Repeatable.
 * @throws NotFoundError when a playlist is gone, UnavailableError
 */
export const joinRecordings = async (playlists: PlaylistFiles, bucket: string, parts: readonly PlayablePart[], others: readonly string[]): Promise<string | undefined> => {
  const span = spanOf(parts.map(({ folder }) => folder));
  const [first] = parts;
  if (first === undefined || parts.length < 2 || span === undefined || others.some((folder) => isWithin(span, folder))) return undefined;
  const read = await Promise.all(parts.map(async ({ playlistKey }) => ({ folder: folderOf(playlistKey), text: await playlists.read(bucket, playlistKey) })));
  const named = read.map(({ text }) => renamed(text));
  const shared = streamUris(named[0] ?? '').filter((uri) => named.every((text) => streamUris(text).includes(uri)));
  if (shared.length === 0) return undefined;
  const target = folderOf(first.playlistKey);
  for (const uri of shared) {
    const media = read.map(({ folder, text }) => `${folder}${streamUris(text).find((own) => wholeUri(own) === uri) ?? ''}`);
    const texts = await Promise.all(media.map(async (key) => ({ folder: relativePath(folderOf(`${target}${uri}`), folderOf(key)), text: await playlists.read(bucket, key) })));
    await playlists.write(bucket, `${target}${uri}`, joinMediaPlaylists(texts));
  }
  const key = `${target}${wholeName}`;
  // Last, because it is what says that they are one.
  await playlists.write(bucket, key, joinMultivariant(named, shared));
  return key;
};
