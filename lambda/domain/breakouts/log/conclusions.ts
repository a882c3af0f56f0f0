import type { ChannelRun, Observed } from '../channel-run.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import { wholeSecond } from '../../shared/time.ts';
import { initialInputStates, type InputStates, inOrder, strayed, withEntry } from './input-states.ts';
import { inputNamedIn, isInputLoss } from './input-loss.ts';
import type { ShowLogEntry } from './show-log.ts';

/** One attempt of a show: what its log is concluded from besides its entries. */
export interface LoggedAttempt {
  readonly breakoutId: string;
  readonly accountId: string;
  readonly attempt: number;
  readonly pipeline: Pick<ProPipeline, 'channel'>;
  /** When its channel ran, as far as is known: it records as long as it runs. */
  readonly run?: Pick<ChannelRun, 'started' | 'ended'>;
  /** When it was told to stop, or ended: nothing is concluded of what happens then. */
  readonly endsAt?: string;
}

/** What follows from what was told. */
export interface Conclusions {
  /** The entries that have to be there. */
  readonly entries: readonly ShowLogEntry[];
  /** What was seen when looking and is no news, because the change was told after all. */
  readonly redundant: readonly ShowLogEntry[];
}

/** Whether entries of this kind are concluded from others. */
export const isConcluded = ({ type, name }: ShowLogEntry): boolean =>
  type === 'QUALITY' || type === 'RECORDING' || (type === 'INPUT' && (name === 'LOST' || name === 'ACQUIRED'));

const isNoNews = ({ type, source, pipeline = '', input }: ShowLogEntry, { active }: InputStates): boolean =>
  type === 'INPUT' && source === 'POLL' && active.get(pipeline) === input;

const whatIsWrong = ({ pipeline }: LoggedAttempt, states: InputStates): readonly string[] => [
  ...strayed(pipeline, states).map(({ pipeline: id, input }) => `pipeline ${id} is on ${input}`),
  ...[...states.alerts.values()].map(({ alertType = 'an alert', message }) => `${alertType} (${message})`),
];

const quality = (show: LoggedAttempt, told: ShowLogEntry, before: InputStates, after: InputStates): readonly ShowLogEntry[] => {
  const wrong = whatIsWrong(show, after);
  const wasWell = whatIsWrong(show, before).length === 0;
  if (wasWell === (wrong.length === 0)) return [];
  const name = wasWell ? 'DEGRADED' : 'RECOVERED';
  const message = wasWell ? `the show is degraded: ${wrong.join('; ')}` : 'all is well again';
  return [{ ...idsOf(show), at: told.at, id: `${told.id}-${name}`, type: 'QUALITY', name, message, ...sourceOf(told) }];
};

const inputEntry = (show: LoggedAttempt, told: ShowLogEntry): readonly ShowLogEntry[] => {
  if (told.type !== 'ALERT' || !isInputLoss(told.alertType)) return [];
  const input = inputNamedIn(told.message, show.pipeline.channel.inputs.map(({ name }) => name));
  const name = told.name === 'SET' ? 'LOST' : 'ACQUIRED';
  const what = `${input === undefined ? 'an input' : `input ${input}`} ${name === 'LOST' ? 'does not arrive' : 'arrives'}`;
  const message = `${what}${told.pipeline === undefined ? '' : ` on pipeline ${told.pipeline}`}`;
  const where = { ...(told.pipeline === undefined ? {} : { pipeline: told.pipeline }), ...(input === undefined ? {} : { input }) };
  return [{ ...idsOf(show), at: told.at, id: `${told.id}-${name}`, type: 'INPUT', name, message, ...where, ...sourceOf(told) }];
};

const recording = (show: LoggedAttempt): readonly ShowLogEntry[] => {
  const { started, ended } = show.run ?? {};
  const of = { ...idsOf(show), type: 'RECORDING' } as const;
  return [
    ...(started === undefined
      ? []
      : [{ ...of, ...seenAt(started), id: `RECORDING-STARTED-${show.attempt}`, name: 'STARTED', message: 'the channel runs and records' } as const]),
    ...(ended === undefined
      ? []
      : [{ ...of, ...seenAt(ended), id: `RECORDING-STOPPED-${show.attempt}`, name: 'STOPPED', message: 'the channel is idle and records no longer' } as const]),
  ];
};

const seenAt = ({ at, source }: Observed): Pick<ShowLogEntry, 'at' | 'source'> => (source === 'POLL' ? { at, source } : { at });

const idsOf = ({ breakoutId, accountId, attempt }: LoggedAttempt) => ({ breakoutId, accountId, attempt });

const sourceOf = ({ source }: ShowLogEntry): Pick<ShowLogEntry, 'source'> => (source === undefined ? {} : { source });

/** Whether an entry is of the end. What is told carries whole seconds; what is seen as the stop is asked for was so before. */
const isOver = ({ endsAt }: LoggedAttempt, { at, source }: ShowLogEntry): boolean => {
  if (endsAt === undefined) return false;
  return source === 'POLL' ? at > endsAt : at >= wholeSecond(endsAt);
};

/**
 * What the log of one attempt has to say besides what was told: inputs lost and acquired, degradation and recovery,
 * recording. It depends on the set of what was told alone, not on the order in which it came.
 */
export const conclude = (show: LoggedAttempt, entries: readonly ShowLogEntry[]): Conclusions => {
  const told = inOrder(entries.filter((entry) => entry.attempt === show.attempt && !isConcluded(entry)));
  const concluded: ShowLogEntry[] = [...recording(show)];
  const redundant: ShowLogEntry[] = [];
  let states = initialInputStates(show.pipeline);
  for (const entry of told) {
    if (isNoNews(entry, states)) redundant.push(entry);
    const next = withEntry(states, entry);
    if (!isOver(show, entry)) concluded.push(...inputEntry(show, entry), ...quality(show, entry, states, next));
    states = next;
  }
  return { entries: concluded, redundant };
};
