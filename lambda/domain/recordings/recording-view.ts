import { timestamp } from '../shared/time.ts';
import type { Interval } from '../usage/calendar-month.ts';
import { lastExpiryOf } from './archive/archive-release.ts';
import type { RecordedInPlace, Recording, RecordingJob } from './recording.ts';

const interval = ({ from, to }: Interval) => ({ from: timestamp(from), to: timestamp(to) });

const rendition = (part: number) => ({ name, durationMilliseconds, outputClass: { widthPixels, heightPixels } }: RecordingJob['outputs'][number]) => ({
  part,
  name,
  ...(durationMilliseconds === undefined ? {} : { durationMilliseconds }),
  ...(widthPixels === undefined ? {} : { widthPixels }),
  ...(heightPixels === undefined ? {} : { heightPixels }),
});

/** The service's own, each part as long as it recorded. */
const renditionsInPlace = ({ durationMilliseconds, renditions }: RecordedInPlace, index: number) =>
  renditions.map(({ name, widthPixels, heightPixels }) => ({ part: index + 1, name: `hls-${name}`, durationMilliseconds, widthPixels, heightPixels }));

const jobView = ({ outputs: _outputs, ...job }: RecordingJob) => job;

/** As far as its jobs are, in percent: each counts the same. What needs none is there or is not. */
const percentOf = (jobs: readonly RecordingJob[], status: Recording['status']): number =>
  jobs.length === 0 ? (status === 'READY' ? 100 : 0) : Math.floor(jobs.reduce((sum, { percentComplete }) => sum + percentComplete, 0) / jobs.length);

/** How long it is: its parts one after the other, each as long as the longest of its renditions. */
const durationOf = (jobs: readonly RecordingJob[]): number =>
  jobs.reduce((sum, { outputs }) => sum + Math.max(0, ...outputs.map(({ durationMilliseconds = 0 }) => durationMilliseconds)), 0);

const archiveExpiry = (archive: Recording['archive']) => {
  const at = archive && lastExpiryOf(archive);
  return at === undefined ? {} : { archiveExpiresAt: timestamp(at) };
};

/** A recording as people read it. */
export const recordingView = ({ deleted, archive, attempt: _attempt, bucket: _bucket, keyPrefix: _keyPrefix, inPlace = [], formats, jobs, files, gaps, overlaps, ...recording }: Recording) => ({
  ...recording,
  formats: [...formats],
  percentComplete: percentOf(jobs, recording.status),
  durationMilliseconds: Math.max(durationOf(jobs), inPlace.reduce((sum, { durationMilliseconds }) => sum + durationMilliseconds, 0)),
  bytes: files.reduce((sum, file) => sum + file.bytes, 0n).toString(),
  jobs: jobs.map(jobView),
  renditions: [...inPlace.flatMap(renditionsInPlace), ...jobs.flatMap(({ part, outputs }) => outputs.map(rendition(part)))],
  files: files.map(({ bytes, ...file }) => ({ ...file, bytes: bytes.toString() })),
  gaps: gaps.map(interval),
  overlaps: overlaps.map(interval),
  ...archiveExpiry(archive),
  ...(deleted ? { deletedAt: deleted.at } : {}),
});
