import type { StoredObject } from '../usage/meters/storage-meter.ts';
import { partKeyPrefix } from './submit-job.ts';
import type { Recording, RecordingFile, RecordingFormat } from './recording.ts';

/** A format's folder in a part, and which of its files is opened. */
export interface FormatFolder {
  readonly format: RecordingFormat;
  readonly folder: string;
  readonly isOpened: (name: string) => boolean;
}

/** Where a part's HLS is. */
export const hlsFolder = 'hls/';

/** The playlist that is opened, in a part as in the whole. */
export const multivariantName = 'show.m3u8';

/** Where each format's files are, below a recording's part. */
const formatFolders: readonly FormatFolder[] = [
  { format: 'HLS', folder: hlsFolder, isOpened: (name) => name === multivariantName },
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

const sumOf = (counts: readonly bigint[]): bigint => counts.reduce((sum, count) => sum + count, 0n);

/** The HLS of all parts as one, where its playlists were joined: they lie beside the parts. */
const withJoinedHls = (files: readonly RecordingFile[], keyPrefix: string, objects: readonly StoredObject[]): readonly RecordingFile[] => {
  const key = `${keyPrefix}${multivariantName}`;
  if (!objects.some((object) => object.key === key)) return files;
  const playlists = objects.filter((object) => object.key.startsWith(keyPrefix) && !object.key.slice(keyPrefix.length).includes('/'));
  const parts = files.filter(({ format }) => format === 'HLS');
  const joined: RecordingFile = {
    format: 'HLS',
    part: 1,
    key,
    bytes: sumOf([...parts, ...playlists].map(({ bytes }) => bytes)),
    objects: playlists.length + parts.reduce((sum, part) => sum + part.objects, 0),
  };
  return [joined, ...files.filter(({ format }) => format !== 'HLS')];
};

/** What a recording's stored objects are: one file a format and part, but HLS as a whole, each with the bytes of all that belongs to it. */
export const recordingFiles = ({ keyPrefix, jobs }: Pick<Recording, 'keyPrefix' | 'jobs'>, objects: readonly StoredObject[]): readonly RecordingFile[] => {
  const files = jobs.flatMap(({ part }) => formatFolders.flatMap((folder) => fileOf(objects, `${partKeyPrefix({ keyPrefix }, part)}${folder.folder}`, part, folder)));
  return withJoinedHls(files, keyPrefix, objects);
};
