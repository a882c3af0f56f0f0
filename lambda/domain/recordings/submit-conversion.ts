import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import type { Breakout } from '../breakouts/breakout.ts';
import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import { InvalidInputError } from '../shared/errors.ts';
import type { NewId } from '../shared/identifiers.ts';
import type { ConversionJobs } from './conversion-jobs.ts';
import { filmRecording, type FilmRecordingDeps } from './film/film-recording.ts';
import { readArchive, type ReadArchiveDeps, type ShowArchive } from './read-archive.ts';
import { recordingKeyPrefix, type Recording, type RecordingFormat, type RecordingJob, type RecordingStore } from './recording.ts';
import { recordShow, sourceInPlace, type RecordShowDeps } from './cam/record-show.ts';
import { convertedFormats, partsOf, submitJob, type ConversionSource } from './submit-job.ts';
import { tellFailed, type TellFailedDeps } from './tell-failed.ts';
import { isUnended } from './unended-jobs.ts';

/** What submitting a conversion needs. */
export interface SubmitConversionDeps extends ReadArchiveDeps, RecordShowDeps, TellFailedDeps, Pick<FilmRecordingDeps, 'media'> {
  readonly now: () => Date;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly jobs: ConversionJobs;
  readonly recordings: Pick<RecordingStore, 'get' | 'save'>;
  readonly recordingsBucket: string;
  /** What is made of a show that asks for nothing else. */
  readonly defaultFormats: readonly RecordingFormat[];
  readonly newId: NewId;
}

/** HLS always; what the show asks for, else what the stage makes; and an MP4 where one is wanted. */
const formatsOf = ({ wantsMp4, recordingFormats }: Breakout, defaults: readonly RecordingFormat[]): readonly RecordingFormat[] => [
  ...new Set<RecordingFormat>(['HLS', ...(wantsMp4 ? (['MP4'] as const) : []), ...(recordingFormats ?? defaults)]),
];

/** What was converted of attempts before, or may still be: it is paid for, although nothing of it is left. */
const convertedBefore = ({ earlierJobs = [], jobs }: Recording): Pick<Recording, 'earlierJobs'> => {
  const converted = [...earlierJobs, ...jobs.filter((job) => job.status === 'COMPLETE' || isUnended(job))];
  return converted.length === 0 ? {} : { earlierJobs: converted };
};

/** The record of a conversion that begins; `before` is what an earlier attempt has left. */
export const newRecording = (
  deps: Pick<SubmitConversionDeps, 'newId' | 'defaultFormats' | 'recordingsBucket' | 'now'>,
  breakout: Breakout,
  attempt: number,
  before: Recording | undefined,
): Recording => ({
  recordingId: deps.newId('recording'),
  breakoutId: breakout.breakoutId,
  eventId: breakout.eventId,
  accountId: breakout.accountId,
  attempt,
  status: 'PROCESSING',
  formats: formatsOf(breakout, deps.defaultFormats),
  bucket: deps.recordingsBucket,
  keyPrefix: recordingKeyPrefix(breakout),
  submittedAt: deps.now().toISOString(),
  jobs: [],
  ...(before ? convertedBefore(before) : {}),
  files: [],
  gaps: [],
  overlaps: [],
});

const newJob = (part: number, submittedAt: string): RecordingJob => ({ part, tries: 1, status: 'SUBMITTED', percentComplete: 0, submittedAt, outputs: [] });

/** A recording knows its jobs before they are made. */
const withJobs = (deps: SubmitConversionDeps, recording: Recording, archive: ShowArchive): Recording => {
  const submittedAt = deps.now().toISOString();
  const jobs = recording.jobs.length > 0 ? recording.jobs : partsOf(archive).map((_, index) => newJob(index + 1, submittedAt));
  return { ...recording, jobs, gaps: archive.gaps, overlaps: archive.overlaps };
};

const submitted = async (deps: SubmitConversionDeps, recording: Recording, archive: ConversionSource): Promise<Recording> => {
  const jobs: RecordingJob[] = [];
  try {
    for (const job of recording.jobs) jobs.push(await submitJob(deps.jobs, recording, job, archive));
    return { ...recording, jobs };
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return { ...recording, status: 'FAILED', failure: { code: error.code, message: error.message } };
  }
};

/** Whether a show's archive is converted: of one that failed too, never of one that was aborted, which is what aborting means. */
export const isConverted = ({ status }: Pick<Breakout, 'status'>): boolean => status === 'COMPLETED' || status === 'FAILED';

const isSubmitted = ({ status, jobs }: Recording): boolean => status !== 'PROCESSING' || (jobs.length > 0 && jobs.every(({ jobId }) => jobId !== undefined));

/**
 * Has the archive of a breakout's attempt converted, once however often it is asked: the recording is kept before its
 * jobs are made, and a job that was made before is looked up. What several pipelines have archived is joined in order,
 * and what is missing is said. Answers the recording: NONE when the show was aborted or goes on with another
 * pipeline, or the archive is empty; FAILED, in its words, when the service refuses. What IVS records is waited for:
 * PROCESSING without jobs, to be asked again.
 * @throws UnavailableError
 */
export const submitConversion =
  (deps: SubmitConversionDeps) =>
  async (breakoutId: string, attempt: number): Promise<Recording> => {
    const kept = await deps.recordings.get(breakoutId);
    const isThisAttempt = kept?.attempt === attempt;
    if (kept && isThisAttempt && isSubmitted(kept)) return kept;
    const breakout = await deps.breakouts.get(breakoutId);
    const recording = kept && isThisAttempt ? kept : newRecording(deps, breakout, attempt, kept);
    // Goes on, or was reset: what the present attempt keeps must not be written over.
    if (breakout.attempt !== attempt) return { ...recording, status: 'NONE' };
    const result = await decided(deps, recording, breakout);
    await deps.recordings.save(result);
    tellFailed(deps, result);
    return result;
  };

const decided = async (deps: SubmitConversionDeps, recording: Recording, breakout: Breakout): Promise<Recording> => {
  const pipeline = await deps.pipelines.get(breakout.pipelineId);
  if (pipeline.kind === 'CAM') return decidedInPlace(deps, recording, breakout, pipeline);
  if (!isConverted(breakout)) return { ...recording, status: 'NONE' };
  const archive = await readArchive(deps)(breakout.breakoutId);
  const known = withJobs(deps, recording, archive);
  if (archive.files.length === 0) return { ...known, status: 'NONE' };
  await deps.recordings.save(known);
  return submitted(deps, known, archive);
};

/** What a Cam pipeline recorded is played where it is; what else is wanted is converted of it. */
const decidedInPlace = async (deps: SubmitConversionDeps, recording: Recording, breakout: Breakout, pipeline: CamPipeline): Promise<Recording> => {
  const isRecorded = recording.inPlace !== undefined;
  const recorded = isRecorded ? recording : await recordShow(deps)(breakout, pipeline, recording);
  if (recorded.status === 'PROCESSING' && !isRecorded) return recorded;
  if (!isConverted(breakout)) return { ...recorded, status: 'NONE', files: [] };
  const isConvertible = recorded.files.length > 0 && convertedFormats(recorded).length > 0;
  if (!isConvertible) return recorded;
  if (pipeline.channel.containerFormat === 'FRAGMENTED_MP4') return filmRecording(deps)(recorded);
  const { finishedAt: _finishedAt, ...begun } = recorded;
  const known: Recording = { ...begun, status: 'PROCESSING', jobs: recorded.jobs.length > 0 ? recorded.jobs : [newJob(1, deps.now().toISOString())] };
  await deps.recordings.save(known);
  return submitted(deps, known, sourceInPlace(known, await deps.cam.sessions.list(breakout.breakoutId)));
};
