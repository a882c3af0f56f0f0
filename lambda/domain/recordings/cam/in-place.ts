import { ceilMinute } from '../../usage/calendar-month.ts';
import type { StoredObject } from '../../usage/meters/storage-meter.ts';
import type { ObjectListing } from '../../usage/object-listing.ts';
import type { Recording, RecordingFile } from '../recording.ts';
import type { ServiceRecording } from './service-recordings.ts';

type Placed = Pick<Recording, 'keyPrefix' | 'inPlace'>;

/** The folder that the service recorded a file into; undefined when a conversion wrote it. */
export const folderInPlace = ({ inPlace = [] }: Pick<Recording, 'inPlace'>, key: string): string | undefined => inPlace.find(({ folder }) => key.startsWith(folder))?.folder;

/**
 * Everything that a recording consists of: what conversions wrote, and what the service recorded. The latter was written
 * all through the show, a second after the other: it counts from the next whole minute, at most a minute less than it was there.
 * @throws UnavailableError
 */
export const recordedObjects = async (objects: ObjectListing, bucket: string, { keyPrefix, inPlace = [] }: Placed): Promise<readonly StoredObject[]> => {
  const [converted, ...recorded] = await Promise.all([keyPrefix, ...inPlace.map(({ folder }) => folder)].map((prefix) => objects.list(bucket, prefix)));
  return [...(converted ?? []), ...recorded.flat().map((object) => ({ ...object, storedAt: ceilMinute(object.storedAt) }))];
};

/** The HLS of each recording of the service that can be played, in order. */
export const filesInPlace = (recordings: readonly ServiceRecording[], objects: readonly StoredObject[]): readonly RecordingFile[] => {
  const keys = new Set(objects.map(({ key }) => key));
  return recordings
    .filter(({ playlistKey }) => keys.has(playlistKey))
    .map(({ folder, playlistKey }, index): RecordingFile => {
      const media = playlistKey.slice(0, playlistKey.lastIndexOf('/') + 1);
      const own = objects.filter(({ key }) => key.startsWith(folder) && key.startsWith(media));
      return { format: 'HLS', part: index + 1, key: playlistKey, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0n), objects: own.length };
    });
};
