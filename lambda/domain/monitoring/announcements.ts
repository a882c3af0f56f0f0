import type { Breakout } from '../breakouts/breakout.ts';
import type { ShowLogEntry } from '../breakouts/log/show-log.ts';
import type { ShowRun } from '../breakouts/channel-run.ts';
import { secondsAfter } from '../shared/time.ts';

/** What subscribers are told. */
export interface Announcement {
  readonly id: string;
  readonly kind: 'INPUT_LOST' | 'FAILED_OVER' | 'RECOVERED' | 'RECORDING_FAILED' | 'STOPPED_BY_GUARD' | 'ORPHAN_CHANNEL';
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly pipelineId: string;
  /** A sentence for people. */
  readonly message: string;
  readonly show?: Pick<Breakout, 'breakoutId' | 'eventId' | 'accountId' | 'title'>;
  readonly pipeline?: string;
  readonly input?: string;
}

/** Tells whoever has subscribed. */
export interface Announcements {
  /** @throws UnavailableError when nobody could be told */
  publish(announcement: Announcement): Promise<void>;
}

/** A log's entry as an announcement of its show. */
const announcementOf = (kind: Announcement['kind'], { breakoutId, eventId, accountId, title, pipelineId }: Breakout, entry: ShowLogEntry): Announcement => ({
  id: `${breakoutId}-${entry.id}`,
  kind,
  at: entry.at,
  pipelineId,
  message: entry.message,
  show: { breakoutId, eventId, accountId, title },
  ...(entry.pipeline === undefined ? {} : { pipeline: entry.pipeline }),
  ...(entry.input === undefined ? {} : { input: entry.input }),
});

// While a channel starts, inputs that have not come yet are said to be missing: nobody has lost them.
const startingSeconds = 30;

/** From when on the losses of a run are announced. */
export const announcedFrom = ({ started }: Pick<ShowRun, 'started'>): string | undefined => started && secondsAfter(started.at, startingSeconds);

const kindOf = ({ type, name, at }: ShowLogEntry, run: ShowRun | undefined): Announcement['kind'] | undefined => {
  if (type === 'QUALITY' && name === 'RECOVERED') return 'RECOVERED';
  if (type === 'RECORDING' && name === 'FAILED') return 'RECORDING_FAILED';
  if (type !== 'INPUT') return undefined;
  if (name === 'FAILED_OVER') return 'FAILED_OVER';
  const from = run && announcedFrom(run);
  return name === 'LOST' && from !== undefined && at >= from ? 'INPUT_LOST' : undefined;
};

/** What of these new entries subscribers are told: nothing of a show that does not run. */
export const announcementsOf = (breakout: Breakout, run: ShowRun | undefined, entries: readonly ShowLogEntry[]): readonly Announcement[] => {
  if (breakout.status !== 'RUNNING') return [];
  return entries.flatMap((entry) => {
    const kind = kindOf(entry, run);
    return kind === undefined || entry.attempt !== breakout.attempt ? [] : [announcementOf(kind, breakout, entry)];
  });
};
