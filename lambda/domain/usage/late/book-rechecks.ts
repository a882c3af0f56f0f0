import type { BookedLateLogs, BookLateLogsDeps } from './book-late-logs.ts';
import type { MetricRechecks } from './metric-recheck.ts';

/** What reading metrics once more needs. */
export interface BookRechecksDeps extends Pick<BookLateLogsDeps, 'measureAgain' | 'leaveAt' | 'now'> {
  readonly rechecks: Pick<MetricRechecks, 'due' | 'done'>;
}

/** Measures the shows again whose metrics are due to be read once more: late points are corrections. One that fails is due the next time. */
export const bookRechecks =
  ({ rechecks, measureAgain, leaveAt, now }: BookRechecksDeps) =>
  async (): Promise<BookedLateLogs> => {
    const failed: { what: string; error: unknown }[] = [];
    let booked = 0;
    for (const recheck of await rechecks.due(now().getTime())) {
      if (now().getTime() >= leaveAt) return { booked, failed, isComplete: false };
      try {
        await measureAgain(recheck.breakoutId, { rereadsMetrics: true });
        await rechecks.done(recheck);
        booked += 1;
      } catch (error) {
        failed.push({ what: recheck.breakoutId, error });
      }
    }
    return { booked, failed, isComplete: true };
  };
