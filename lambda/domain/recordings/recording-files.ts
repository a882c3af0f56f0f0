import type { StoredObject } from '../usage/meters/storage-meter.ts';
import { partKeyPrefix } from './submit-job.ts';
import type { Recording, RecordingFile, RecordingFormat } from './recording.ts';

/** A format's folder in a part, and which of its files is opened. */
export interface FormatFolder {
  readonly format: RecordingFormat;
  readonly folder: string;
  readonly isOpened: (name: string) => boolean;
}

/** Where each format's files are, below a recording's part. */
const formatFolders: readonly FormatFolder[] = [
  { format: 'HLS', folder: 'hls/', isOpened: (name) => name === 'show.m3u8' },
  { format: 'MP4', folder: 'mp4/', isOpened: (name) => name.endsWith('.mp4') },
  { format: 'AUDIO', folder: 'audio/', isOpened: (name) => name.endsWith('.m4a') },
  { format: 'THUMBNAILS', folder: 'thumbnails/', isOpened: (name) => name.endsWith('.jpg') },
];

const fileOf = (objects: readonly StoredObject[], prefix: string, part: number, { format, isOpened }: FormatFolder): readonly RecordingFile[] => {
  const own = objects.filter(({ key }) => key.startsWith(prefix));
  const opened = own.find(({ key }) => isOpened(key.slice(prefix.length)));
  if (opened === undefined) return [];
  return [{ format, part, key: opened.key, bytes: own.reduce((sum, { bytes }) => sum + bytes, 0n), objects: own.length }];
};

/** What a recording's stored objects are: one file a format and part, each with the bytes of all that belongs to it. */
export const recordingFiles = (recording: Pick<Recording, 'keyPrefix' | 'jobs'>, objects: readonly StoredObject[]): readonly RecordingFile[] =>
  recording.jobs.flatMap(({ part }) =>
    formatFolders.flatMap((folder) => fileOf(objects, `${partKeyPrefix(recording, part)}${folder.folder}`, part, folder)),
  );
