import type { ObjectListing } from '../usage/object-listing.ts';
import { folderInPlace, recordedObjects } from './cam/in-place.ts';
import { joinParts, type PlaylistFiles } from './join-parts.ts';
import { recordingFiles } from './recording-files.ts';
import type { Recording, RecordingFailure } from './recording.ts';

/** What concluding a recording needs. */
export interface ConcludeRecordingDeps {
  readonly objects: ObjectListing;
  readonly playlists: PlaylistFiles;
  readonly now: () => Date;
}

const failureOf = ({ jobs }: Recording): RecordingFailure | undefined =>
  jobs.length === 0 ? { code: 'conversion-not-submitted', message: 'no job was made: the archive was not read to its end' } : jobs.find(({ failure }) => failure)?.failure;

/**
 * What a recording came to when no job of it is under way any more: READY with its files, or FAILED in the words of what
 * failed first; parts that were converted are there even if others failed. @throws UnavailableError
 */
export const concludedRecording = async ({ objects, playlists, now }: ConcludeRecordingDeps, recording: Recording): Promise<Recording> => {
  await joinParts(playlists, recording);
  const recorded = await recordedObjects(objects, recording.bucket, recording);
  const inPlace = recording.files.filter(({ key }) => folderInPlace(recording, key) !== undefined);
  const failure = failureOf(recording);
  const finishedAt = recording.jobs.map((job) => job.finishedAt ?? '').toSorted().at(-1) ?? '';
  return {
    ...recording,
    status: failure ? 'FAILED' : 'READY',
    finishedAt: finishedAt === '' ? now().toISOString() : finishedAt,
    files: [...inPlace, ...recordingFiles(recording, recorded)],
    ...(failure ? { failure } : {}),
  };
};
