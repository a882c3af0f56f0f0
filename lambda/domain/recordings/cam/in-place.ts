import { ceilMinute } from '../../usage/calendar-month.ts';
import type { StoredObject } from '../../usage/meters/storage-meter.ts';
import type { ObjectListing } from '../../usage/object-listing.ts';
import { folderOf } from '../hls/relative-path.ts';
import type { Recording, RecordingFile } from '../recording.ts';
import type { PlayablePart } from './join-recordings.ts';

type Placed = Pick<Recording, 'keyPrefix' | 'inPlace'>;

/** The folder that the service recorded a file into; undefined when a conversion wrote it. */
export const folderInPlace = ({ inPlace = [] }: Pick<Recording, 'inPlace'>, key: string): string | undefined => inPlace.find(({ folder }) => key.startsWith(folder))?.folder;

/** What the service recorded was written all through the show, a second after the other: it counts from the next whole minute, at most a minute less than it was there. */
export const countedByMinute = (object: StoredObject): StoredObject => ({ ...object, storedAt: ceilMinute(object.storedAt) });

/** Everything that a recording consists of: what conversions wrote, and what the service recorded. @throws UnavailableError */
export const recordedObjects = async (objects: ObjectListing, bucket: string, { keyPrefix, inPlace = [] }: Placed): Promise<readonly StoredObject[]> => {
  const [converted, ...recorded] = await Promise.all([keyPrefix, ...inPlace.map(({ folder }) => folder)].map((prefix) => objects.list(bucket, prefix)));
  return [...(converted ?? []), ...recorded.flat().map(countedByMinute)];
};

const fileOf = ({ folder, playlistKey }: PlayablePart, index: number, objects: readonly StoredObject[]): RecordingFile => {
  const media = folderOf(playlistKey);
  const own = objects.filter(({ key }) => key.startsWith(folder) && key.startsWith(media));
  return { format: 'HLS', part: index + 1, key: playlistKey, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0n), objects: own.length };
};

/** The HLS of recordings of the service: one file each, or one for all where they were joined. */
export const filesInPlace = (parts: readonly PlayablePart[], objects: readonly StoredObject[], wholeKey: string | undefined): readonly RecordingFile[] => {
  const files = parts.map((part, index) => fileOf(part, index, objects));
  if (wholeKey === undefined) return files;
  return [{ format: 'HLS', part: 1, key: wholeKey, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0n), objects: files.reduce((sum, file) => sum + file.objects, 0) }];
};
