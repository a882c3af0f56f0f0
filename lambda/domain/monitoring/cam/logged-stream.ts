import { inOrder } from '../../breakouts/log/input-states.ts';
import type { ShowLogEntry } from '../../breakouts/log/show-log.ts';

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

const withoutFailure = ({ unrecorded: _unrecorded, ...stream }: LoggedStream): LoggedStream => stream;

const withEntry = (stream: LoggedStream, entry: ShowLogEntry): LoggedStream => {
  if (entry.type === 'INPUT' && entry.name === 'ACQUIRED') return { ...stream, state: 'ARRIVING', alerts: [] };
  if (entry.type === 'INPUT' && entry.name === 'LOST') return { ...stream, state: 'LOST' };
  if (entry.type === 'RECORDING' && entry.name === 'FAILED') return { ...stream, unrecorded: entry };
  if (entry.type === 'RECORDING' && entry.name === 'STARTED') return withoutFailure(stream);
  if (entry.type === 'VIEWERS') return { ...stream, refusedViewers: entry };
  if (entry.type !== 'ALERT') return stream;
  // That nobody has come is over with whatever is wrong with a stream that has.
  const others = stream.alerts.filter(({ alertId, alertType }) => alertId !== entry.alertId && alertType !== noStreamAlert);
  return { ...stream, alerts: entry.name === 'SET' ? [...others, entry] : others };
};

/** The stream after all entries of an attempt. */
export const loggedStream = (entries: readonly ShowLogEntry[]): LoggedStream => inOrder(entries).reduce(withEntry, { state: 'UNKNOWN', alerts: [] });
