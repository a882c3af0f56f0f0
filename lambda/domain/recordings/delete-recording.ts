import type { BreakoutStore } from '../breakouts/breakout-store.ts';
import { getBreakout } from '../breakouts/read-breakouts.ts';
import { ConflictError } from '../shared/errors.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { ObjectListing } from '../usage/object-listing.ts';
import { recordedObjects } from './cam/in-place.ts';
import { cooling } from './cooling.ts';
import type { RecordingCommand } from './play-recording.ts';
import { recordingOf } from './recording-links.ts';
import type { Recording, RecordingStore } from './recording.ts';
import { storedTogether } from './stored-intervals.ts';

/** Removes what is stored. */
export interface ObjectRemoval {
  /** What is not there is no error. @throws UnavailableError */
  remove(bucket: string, keys: readonly string[]): Promise<void>;
}

/** What deleting a recording needs. */
export interface DeleteRecordingDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly recordings: Pick<RecordingStore, 'get' | 'save'>;
  readonly objects: ObjectListing & ObjectRemoval;
  /** After how many days recordings go over to storage for what is seldom read; 0 = never. */
  readonly coldDays: number;
  /** Has what a breakout holds looked at soon, should this not come to its end. Repeatable. @throws UnavailableError */
  readonly makeDue: (breakoutId: string) => Promise<unknown>;
  /** Ends the charges of what a breakout does not hold any more. Repeatable. @throws UnavailableError */
  readonly endCharges: (breakoutId: string) => Promise<unknown>;
  readonly now: Now;
}

const requireEnded = ({ recordingId, status }: Recording): void => {
  if (status !== 'PROCESSING') return;
  throw new ConflictError({ code: 'recording-in-progress', message: `recording ${recordingId} is PROCESSING, expected one that has ended: delete it then`, details: { status } });
};

/**
 * Deletes the files of a recording, and keeps what was stored until when, so that its storage is charged until then and
 * no longer. Repeatable: what an interrupted deletion left is deleted. Whoever has a URL still may see what the edge has
 * cached, for a day at most.
 * @throws NotFoundError, ConflictError while it is being made, UnavailableError
 */
export const deleteRecording =
  (deps: DeleteRecordingDeps) =>
  async ({ caller, breakoutId, recordingId }: RecordingCommand): Promise<Recording> => {
    await getBreakout(deps)(caller, breakoutId);
    const recording = await recordingOf(deps, breakoutId, recordingId);
    requireEnded(recording);
    const objects = await recordedObjects(deps.objects, recording.bucket, recording);
    // Before it is kept that the recording is gone: whoever dies in between has left it to the next hour, not to the month's end.
    await deps.makeDue(breakoutId);
    // Somebody else may have deleted it since: what he listed was more.
    const present = (await deps.recordings.get(breakoutId)) ?? recording;
    const deleted = present.deleted ?? { at: timestamp(deps.now()), stored: storedTogether(cooling(objects, deps.coldDays)) };
    const gone: Recording = { ...present, status: 'DELETED', files: [], deleted };
    if (present.status !== 'DELETED') await deps.recordings.save(gone);
    await deps.objects.remove(recording.bucket, objects.map(({ key }) => key));
    await deps.endCharges(breakoutId);
    return gone;
  };
