import { chunk } from './archive/chunk.ts';
import { mostInputs, type ConversionJobs } from './conversion-jobs.ts';
import type { ShowArchive } from './read-archive.ts';
import type { Recording, RecordingJob } from './recording.ts';

/** The parts that an archive is converted in: one job each. */
export const partsOf = ({ files }: Pick<ShowArchive, 'files'>): readonly ShowArchive['files'][] => chunk(files, mostInputs);

/** Where the files of a part are. The first part, nearly always the only one, is where the recording is. */
export const partKeyPrefix = ({ keyPrefix }: Pick<Recording, 'keyPrefix'>, part: number): string => (part === 1 ? keyPrefix : `${keyPrefix}part-${part}/`);

/** The job's record with its id: of the job that was made under this name before, else of a new one. @throws UnavailableError, InvalidInputError */
export const submitJob = async (jobs: ConversionJobs, recording: Recording, job: RecordingJob, archive: ShowArchive): Promise<RecordingJob> => {
  if (job.jobId !== undefined) return job;
  const { breakoutId, eventId, accountId, attempt, bucket, formats } = recording;
  const name = { breakoutId, attempt, part: job.part, tries: job.tries };
  const submit = (): Promise<string> =>
    jobs.submit({
      ...name,
      eventId,
      accountId,
      formats,
      source: (partsOf(archive)[job.part - 1] ?? []).map(({ bucket: from, key, clip }) => ({ bucket: from, key, ...(clip && { clip }) })),
      ...(archive.heightPixels === undefined ? {} : { sourceHeightPixels: archive.heightPixels }),
      destination: { bucket, keyPrefix: partKeyPrefix(recording, job.part) },
    });
  return { ...job, jobId: (await jobs.find(name)) ?? (await submit()) };
};
