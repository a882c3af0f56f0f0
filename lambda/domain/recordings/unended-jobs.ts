import type { Recording, RecordingJob } from './recording.ts';

/** Remembers the breakouts of which a conversion was given up that the service may still end, and bill. Calls may be repeated. */
export interface UnendedConversions {
  note(breakoutId: string): Promise<void>;
  forget(breakoutId: string): Promise<void>;
  list(): Promise<readonly string[]>;
}

/** Why a job was given up that ran for too long. */
export const timedOutCode = 'conversion-timed-out';

/** Whether nobody knows yet how a job ended that is waited for no longer. */
export const isUnended = ({ status, jobId, failure }: RecordingJob): boolean => jobId !== undefined && (status === 'SUBMITTED' || failure?.code === timedOutCode);

/** Whether a recording that was given up has jobs whose end nobody knows. */
export const hasUnendedJobs = ({ status, jobs, earlierJobs = [] }: Recording): boolean => status !== 'PROCESSING' && [...earlierJobs, ...jobs].some(isUnended);
