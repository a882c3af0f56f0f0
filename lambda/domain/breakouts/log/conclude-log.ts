import type { ChannelRunStore } from '../channel-run-store.ts';
import type { BreakoutStore } from '../breakout-store.ts';
import type { ProPipelineRegistry } from '../../pipelines/pro-pipelines.ts';
import { earlier } from '../../shared/time.ts';
import type { Show } from '../show-executions.ts';
import { pipelineIdOf } from '../show-leg.ts';
import { conclude, isConcluded, type LoggedAttempt } from './conclusions.ts';
import type { ShowLog, ShowLogEntry } from './show-log.ts';

/** What concluding needs. */
export interface ConcludeLogDeps {
  readonly log: Pick<ShowLog, 'entries' | 'note' | 'withdraw'>;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'get'>;
  readonly pipelines: Pick<ProPipelineRegistry, 'get'>;
}

// Each round follows a write of somebody else; more of them than this at once is a fault.
const maximumRounds = 10;

const loggedAttempt = async ({ breakouts, runs, pipelines }: ConcludeLogDeps, { breakoutId, attempt }: Show): Promise<LoggedAttempt> => {
  const [breakout, run] = await Promise.all([breakouts.get(breakoutId), runs.get(breakoutId, attempt)]);
  const pipeline = await pipelines.get(pipelineIdOf(breakout, attempt));
  const askedAt = breakout.attempt === attempt ? breakout.stopRequestedAt : breakout.earlierLegs?.find((leg) => leg.attempt === attempt)?.leftAt;
  const ends = [askedAt, run?.stopRequestedAt, run?.ended?.at];
  const endsAt = ends.reduce((first, end) => (first === undefined || end === undefined ? (first ?? end) : earlier(first, end)), undefined);
  return { breakoutId, attempt, accountId: breakout.accountId, pipeline, ...(run === undefined ? {} : { run }), ...(endsAt === undefined ? {} : { endsAt }) };
};

const isSame = (one: ShowLogEntry, other: ShowLogEntry): boolean => one.id === other.id && one.at === other.at && one.message === other.message;

/** What came of concluding. */
export interface ConcludedLog {
  /** The entries that are new. */
  readonly noted: readonly ShowLogEntry[];
  /** What had been seen when looking before it was told. */
  readonly seenBefore: readonly ShowLogEntry[];
}

/**
 * Brings what a log concludes into line with what it was told. Whoever notes
 * something concludes afterwards and looks again after each write of his own, so that of many who do so at once the
 * last one has seen everything. @throws NotFoundError
 */
export const concludeLog =
  (deps: ConcludeLogDeps) =>
  async (show: Show): Promise<ConcludedLog> => {
    const noted: ShowLogEntry[] = [];
    const seenBefore: ShowLogEntry[] = [];
    for (let rounds = 0; rounds < maximumRounds; rounds += 1) {
      const entries = await deps.log.entries(show.breakoutId);
      const conclusions = conclude(await loggedAttempt(deps, show), entries);
      const known = entries.filter((entry) => entry.attempt === show.attempt && isConcluded(entry));
      const missing = conclusions.entries.filter((entry) => !known.some((one) => isSame(one, entry)));
      const wrong = [...conclusions.redundant, ...known.filter((entry) => !conclusions.entries.some((one) => isSame(one, entry)))];
      if (missing.length + wrong.length === 0) break;
      seenBefore.push(...conclusions.redundant);
      for (const entry of wrong) await deps.log.withdraw(entry);
      for (const entry of missing) if (await deps.log.note(entry)) noted.push(entry);
    }
    return { noted, seenBefore };
  };
