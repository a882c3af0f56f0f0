import { chunk } from './archive/chunk.ts';
import { mostInputs, type ArchiveFile, type ConversionJobs } from './conversion-jobs.ts';
import type { Recording, RecordingFormat, RecordingJob } from './recording.ts';

/** What is converted. */
export interface ConversionSource {
  /** In the order in which they are joined. */
  readonly files: readonly ArchiveFile[];
  /** Of the highest picture; absent = not known. */
  readonly heightPixels?: number;
}

/** The parts that an archive is converted in: one job each. */
export const partsOf = ({ files }: Pick<ConversionSource, 'files'>): readonly ConversionSource['files'][] => chunk(files, mostInputs);

/** What a conversion has to make: the HLS of a recording that is in place is there. */
export const convertedFormats = ({ formats, inPlace }: Pick<Recording, 'formats' | 'inPlace'>): readonly RecordingFormat[] =>
  inPlace === undefined ? formats : formats.filter((format) => format !== 'HLS');

/** Where the files of a part are. The first part, nearly always the only one, is where the recording is. */
export const partKeyPrefix = ({ keyPrefix }: Pick<Recording, 'keyPrefix'>, part: number): string => (part === 1 ? keyPrefix : `${keyPrefix}part-${part}/`);

/** The job's record with its id: of the job that was made under this name before, else of a new one. @throws UnavailableError, InvalidInputError */
export const submitJob = async (jobs: ConversionJobs, recording: Recording, job: RecordingJob, archive: ConversionSource): Promise<RecordingJob> => {
  if (job.jobId !== undefined) return job;
  const { breakoutId, eventId, accountId, attempt, bucket } = recording;
  const name = { breakoutId, attempt, part: job.part, tries: job.tries };
  const submit = (): Promise<string> =>
    jobs.submit({
      ...name,
      eventId,
      accountId,
      formats: convertedFormats(recording),
      source: (partsOf(archive)[job.part - 1] ?? []).map(({ bucket: from, key, clip }) => ({ bucket: from, key, ...(clip && { clip }) })),
      ...(archive.heightPixels === undefined ? {} : { sourceHeightPixels: archive.heightPixels }),
      destination: { bucket, keyPrefix: partKeyPrefix(recording, job.part) },
    });
  return { ...job, jobId: (await jobs.find(name)) ?? (await submit()) };
};
