import { isConverted, newRecording, type SubmitConversionDeps } from './submit-conversion.ts';
import type { Recording, RecordingFailure } from './recording.ts';
import { tellFailed } from './tell-failed.ts';
import { hasUnendedJobs, type UnendedConversions } from './unended-jobs.ts';

/** What giving up a conversion needs. */
export interface GiveUpConversionDeps extends Pick<SubmitConversionDeps, 'breakouts' | 'recordings' | 'recordingsBucket' | 'defaultFormats' | 'newId' | 'now' | 'losses'> {
  /** For how long a conversion goes on after faults that pass. */
  readonly timeoutSeconds: number;
  /** Told of jobs that may still end, so that they are asked for later. */
  readonly unended: Pick<UnendedConversions, 'note'>;
}

/** How an outage is named, which retries did not outlast. */
const passingCode = 'unavailable';

/**
 * A conversion could not be submitted or looked at, however often it was tried: keeps why, in its words. After an outage
 * it goes on (PROCESSING), until it has taken too long. Answers the recording; NONE when nothing is converted of this
 * attempt. What has ended stays as it is. Repeatable.
 */
export const giveUpConversion =
  (deps: GiveUpConversionDeps) =>
  async (breakoutId: string, attempt: number, failure: RecordingFailure): Promise<Recording> => {
    const [kept, breakout] = await Promise.all([deps.recordings.get(breakoutId), deps.breakouts.get(breakoutId)]);
    const recording = kept?.attempt === attempt ? kept : newRecording(deps, breakout, attempt, kept);
    if (breakout.attempt !== attempt || !isConverted(breakout)) return { ...recording, status: 'NONE' };
    if (recording.status !== 'PROCESSING') return recording;
    const ageSeconds = (deps.now().getTime() - Date.parse(recording.submittedAt)) / 1_000;
    const goesOn = failure.code === passingCode && ageSeconds < deps.timeoutSeconds;
    const next: Recording = goesOn ? recording : { ...recording, status: 'FAILED', finishedAt: deps.now().toISOString(), failure };
    if (hasUnendedJobs(next)) await deps.unended.note(breakoutId);
    await deps.recordings.save(next);
    tellFailed(deps, next);
    return next;
  };
