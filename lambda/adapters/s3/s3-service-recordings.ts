import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { camRecordingFolder, camRecordingMetadataSchema, camRecordingsPrefix } from '../../contract/cam-recordings.ts';
import type { ServiceRecording, ServiceRecordings } from '../../domain/recordings/cam/service-recordings.ts';
import type { Interval } from '../../domain/usage/calendar-month.ts';
import { calling } from '../service-faults.ts';
import { s3ObjectListing } from './s3-object-listing.ts';

const dayMilliseconds = 86_400_000;

/** The folders of the UTC days that an interval touches, without leading zeroes as IVS writes them. */
const dayFolders = (channelArn: string, { from, to }: Interval): readonly string[] => {
  const [, , , , accountId = '', resource = ''] = channelArn.split(':');
  const channelId = resource.split('/').at(-1) ?? '';
  const first = Math.floor(from / dayMilliseconds);
  const days = Math.max(0, Math.floor((to - 1) / dayMilliseconds) - first + 1);
  return Array.from({ length: days }, (_, index) => {
    const day = new Date((first + index) * dayMilliseconds);
    return `${camRecordingsPrefix}${accountId}/${channelId}/${day.getUTCFullYear()}/${day.getUTCMonth() + 1}/${day.getUTCDate()}/`;
  });
};

/** The newest word on each recording: that it failed or ended, else that it began. */
const metadataKeys = (keys: readonly string[]): readonly string[] => {
  const byFolder = new Map<string, string>();
  for (const key of keys) {
    const folder = camRecordingFolder(key);
    const [, event] = /\/events\/recording-(started|ended|failed)\.json$/.exec(key) ?? [];
    if (folder === undefined || event === undefined) continue;
    if (event !== 'started' || !byFolder.has(folder)) byFolder.set(folder, key);
  }
  return [...byFolder.values()];
};

const recordingOf = (key: string, text: string): ServiceRecording => {
  const { recording_started_at, recording_ended_at, recording_status_message, recording_status, media: { hls } } = camRecordingMetadataSchema.parse(JSON.parse(text));
  const folder = camRecordingFolder(key) ?? '';
  const isFailed = recording_status.includes('FAIL');
  return {
    folder,
    startedAt: Date.parse(recording_started_at),
    playlistKey: `${folder}${hls.path}/${hls.playlist}`,
    renditions: hls.renditions.map(({ path, resolution_width, resolution_height }) => ({ name: path, widthPixels: resolution_width, heightPixels: resolution_height })),
    ...(recording_ended_at === undefined
      ? {}
      : { ended: { at: Date.parse(recording_ended_at), durationMilliseconds: hls.duration_ms, ...(isFailed ? { failure: recording_status_message ?? recording_status } : {}) } }),
  };
};

/** What IVS recorded, by what it wrote: its events may be late, or never come. `s3:ListBucket` on the bucket, `s3:GetObject` on metadata. */
export const s3ServiceRecordings = (client: Pick<S3Client, 'send'>): ServiceRecordings => {
  const objects = s3ObjectListing(client);
  const read = async (bucket: string, key: string): Promise<ServiceRecording> => {
    const { Body } = await calling('s3', () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
    return recordingOf(key, (await Body?.transformToString()) ?? '');
  };
  return {
    async began(bucket, channelArn, interval) {
      const listed = await Promise.all(dayFolders(channelArn, interval).map((folder) => objects.list(bucket, folder)));
      const found = await Promise.all(metadataKeys(listed.flat().map(({ key }) => key)).map((key) => read(bucket, key)));
      return found.filter(({ startedAt }) => startedAt >= interval.from && startedAt < interval.to).toSorted((one, other) => one.startedAt - other.startedAt);
    },
  };
};
