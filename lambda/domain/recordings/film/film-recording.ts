import { DomainError, UnavailableError } from '../../shared/errors.ts';
import type { Recording, RecordingFailure, RecordingFile, RecordingStore } from '../recording.ts';
import { convertedFormats } from '../submit-job.ts';
import { makeFilms, type MakeFilmsDeps } from './make-films.ts';

/** What making what can be made of fragmented MP4 needs. */
export interface FilmRecordingDeps extends MakeFilmsDeps {
  readonly recordings: Pick<RecordingStore, 'save'>;
  readonly now: () => Date;
}

/** Why something that was asked for is not made: the pipeline's container has none of it. */
export const formatNotPossibleCode = 'format-not-possible';

/** MediaConvert reads HLS of MPEG-TS alone: https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html */
const notPossible = (formats: readonly string[]): RecordingFailure => ({
  code: formatNotPossibleCode,
  message: `${formats.join(', ')} cannot be made of fragmented MP4, expected a pipeline of the container format TS: its HLS is there`,
});

const filmsOrWhy = async (deps: FilmRecordingDeps, recording: Recording): Promise<{ readonly files: readonly RecordingFile[]; readonly failure?: RecordingFailure }> => {
  try {
    return { files: await makeFilms(deps)(recording) };
  } catch (error) {
    if (!(error instanceof DomainError) || error instanceof UnavailableError) throw error;
    return { files: [], failure: { code: error.code, message: error.message } };
  }
};

/**
 * A recording of fragmented MP4 with an MP4 where one is wanted, which is copied of its fragments: MediaConvert reads none of them.
 * READY with its HLS, and with why, where something that is wanted cannot be made. PROCESSING is kept meanwhile. Repeatable.
 * @throws UnavailableError
 */
export const filmRecording =
  (deps: FilmRecordingDeps) =>
  async ({ finishedAt: _finishedAt, ...recorded }: Recording): Promise<Recording> => {
    const wanted = convertedFormats(recorded);
    await deps.recordings.save({ ...recorded, status: 'PROCESSING' });
    const { files, failure } = wanted.includes('MP4') ? await filmsOrWhy(deps, recorded) : { files: [] };
    const others = wanted.filter((format) => format !== 'MP4');
    const why = failure ?? (others.length > 0 ? notPossible(others) : undefined);
    return {
      ...recorded,
      status: 'READY',
      formats: files.length > 0 ? ['HLS', 'MP4'] : ['HLS'],
      files: [...recorded.files, ...files],
      finishedAt: deps.now().toISOString(),
      // What became of the recording says more than what could not be made of it.
      ...(recorded.failure === undefined && why !== undefined && { failure: why }),
    };
  };
