import { checkConversion, type CheckConversionDeps } from './check-conversion.ts';
import type { Recording } from './recording.ts';
import { submitConversion, type SubmitConversionDeps } from './submit-conversion.ts';

/** Looks how a conversion stands; one that waits for what the service records is submitted when that is there. @throws NotFoundError, UnavailableError */
export const followConversion =
  (deps: SubmitConversionDeps & CheckConversionDeps) =>
  async (breakoutId: string, attempt: number): Promise<Recording> => {
    const recording = await deps.recordings.get(breakoutId);
    const isWaiting = recording?.status === 'PROCESSING' && recording.jobs.length === 0;
    return isWaiting ? submitConversion(deps)(breakoutId, attempt) : checkConversion(deps)(breakoutId);
  };
