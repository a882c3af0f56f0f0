import { inOrder } from '../../breakouts/log/input-states.ts';
import type { ShowLogEntry } from '../../breakouts/log/show-log.ts';
import { later } from '../../shared/time.ts';
import { streamOf } from './stream-facts.ts';

/** The type of the alert that nobody has streamed to a show since its start. */
export const noStreamAlert = 'no stream';

/** How a Cam show's one stream is, as its log tells. */
export interface LoggedStream {
  readonly state: 'ARRIVING' | 'LOST' | 'UNKNOWN';
  /** What is wrong with the stream that arrives, or why the last one ended. */
  readonly alerts: readonly ShowLogEntry[];
  /** That the last recording failed, and why, until another one begins; absent = nothing is wrong, or nothing is known. */
  readonly unrecorded?: ShowLogEntry;
  /** When viewers were refused last, and why. */
  readonly refusedViewers?: ShowLogEntry;
}

type Troubles = Omit<LoggedStream, 'state'>;

const withoutFailure = ({ unrecorded: _unrecorded, ...troubles }: Troubles): Troubles => troubles;

/** Whether an alert is over with a stream that comes: that nobody had come, and whatever was wrong with others. */
const isOver = ({ alertType, ...alert }: ShowLogEntry, acquired: ShowLogEntry): boolean => alertType === noStreamAlert || streamOf(alert) !== streamOf(acquired);

const withEntry = (troubles: Troubles, entry: ShowLogEntry): Troubles => {
  if (entry.type === 'INPUT' && entry.name === 'ACQUIRED') return { ...troubles, alerts: troubles.alerts.filter((alert) => !isOver(alert, entry)) };
  if (entry.type === 'RECORDING' && entry.name === 'FAILED') return { ...troubles, unrecorded: entry };
  if (entry.type === 'RECORDING' && entry.name === 'STARTED') return withoutFailure(troubles);
  if (entry.type === 'VIEWERS') return { ...troubles, refusedViewers: entry };
  if (entry.type !== 'ALERT') return troubles;
  // That nobody has come is over with whatever is wrong with a stream that has.
  const others = troubles.alerts.filter(({ alertId, alertType }) => alertId !== entry.alertId && alertType !== noStreamAlert);
  return { ...troubles, alerts: entry.name === 'SET' ? [...others, entry] : others };
};

interface Visit {
  readonly began: string;
  readonly isArriving: boolean;
}

/** Each stream that came, from its own entries alone: within one second their order is not known. */
const visitsOf = (entries: readonly ShowLogEntry[]): readonly Visit[] => {
  const told = entries.filter(({ type, name }) => type === 'INPUT' && (name === 'ACQUIRED' || name === 'LOST'));
  return [...Map.groupBy(told, streamOf).values()].flatMap((own) => {
    const [first] = own.toSorted((one, other) => (one.at < other.at ? -1 : 1));
    return first === undefined ? [] : [{ began: first.at, isArriving: own.every(({ name }) => name === 'ACQUIRED') }];
  });
};

/** One stream follows another: the last one that began arrives, or has ended. */
const stateOf = (entries: readonly ShowLogEntry[]): LoggedStream['state'] => {
  const visits = visitsOf(entries);
  const last = visits.reduce((latest, { began }) => later(latest, began), '');
  if (visits.length === 0) return 'UNKNOWN';
  return visits.some(({ began, isArriving }) => began === last && isArriving) ? 'ARRIVING' : 'LOST';
};

/** The stream after all entries of an attempt. */
export const loggedStream = (entries: readonly ShowLogEntry[]): LoggedStream => ({ state: stateOf(entries), ...inOrder(entries).reduce(withEntry, { alerts: [] }) });

/** An alert, and when it was over without anybody's word. */
export interface SilentEnd {
  readonly alert: ShowLogEntry;
  readonly at: string;
}

/** The alerts of an attempt's entries that nothing clears, and that are over for what came after them. */
export const silentEnds = (entries: readonly ShowLogEntry[]): readonly SilentEnd[] => {
  const ends: SilentEnd[] = [];
  let troubles: Troubles = { alerts: [] };
  for (const entry of inOrder(entries)) {
    const next = withEntry(troubles, entry);
    const over = troubles.alerts.filter(({ alertId }) => alertId !== entry.alertId && !next.alerts.some((alert) => alert.alertId === alertId));
    ends.push(...over.map((alert) => ({ alert, at: entry.at })));
    troubles = next;
  }
  return ends;
};
