import type { Clock } from '../../runtime/clock.ts';
import type { RoleSessions } from '../../runtime/ports.ts';
import type { JobQueue } from './jobs/job-queue.ts';
import type { MediaConvertRecords } from './records.ts';

/** What the operations work on. */
export interface ControlPlane {
  readonly records: MediaConvertRecords;
  readonly queue: JobQueue;
  readonly roles: RoleSessions;
  readonly clock: Clock;
  /** Six characters that tell jobs of one millisecond apart. */
  readonly newSuffix: () => string;
}
