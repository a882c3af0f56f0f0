import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import { concludeLog, type ConcludeLogDeps } from '../breakouts/log/conclude-log.ts';
import type { ShowLogEntry } from '../breakouts/log/show-log.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import { type Announcements, announcementsOf } from './announcements.ts';

/** What noting things of a show and announcing what follows needs. */
export interface SettleLogDeps extends ConcludeLogDeps {
  readonly runs: Pick<ChannelRunStore, 'get' | 'observe'>;
  readonly announcements: Announcements;
}

/** An entry of the log, without whose it is. */
export type ToldEntry = Omit<ShowLogEntry, 'breakoutId' | 'accountId' | 'attempt'>;

/** The show of a hold. */
export type HoldingShow = Pick<PipelineHold, 'breakoutId' | 'accountId' | 'attempt'>;

/**
 * Notes what was told of a show, brings what its log concludes into line, and announces what is new: at most once, as
 * an entry is new once. Answers whether anything told was new. @throws UnavailableError
 */
export const settleLog =
  (deps: SettleLogDeps) =>
  async ({ breakoutId, accountId, attempt }: HoldingShow, told: readonly ToldEntry[]): Promise<boolean> => {
    const noted: ShowLogEntry[] = [];
    for (const entry of told) {
      const whole = { ...entry, breakoutId, accountId, attempt };
      if (await deps.log.note(whole)) noted.push(whole);
    }
    const concluded = await concludeLog(deps)({ breakoutId, attempt });
    // What was seen and announced before it was told is no news.
    const isNews = (entry: ShowLogEntry): boolean => !concluded.seenBefore.some((seen) => seen.pipeline === entry.pipeline && seen.input === entry.input);
    const [breakout, run] = await Promise.all([deps.breakouts.get(breakoutId), deps.runs.get(breakoutId, attempt)]);
    for (const announcement of announcementsOf(breakout, run, [...noted.filter(isNews), ...concluded.noted])) await deps.announcements.publish(announcement);
    return noted.length > 0;
  };
