import type { RanChannel, RanInput, RanOutput } from '../../breakouts/channel-run.ts';
import { uncovered, union } from '../../recordings/archive/intervals.ts';
import { minuteMilliseconds, type Interval } from '../calendar-month.ts';
import { billableRunMinutes } from '../meters/streaming-meter.ts';

/** That a channel began to run for nobody, or that it, or whatever it ran for, ceased. */
export interface ChannelTurn {
  readonly pipelineId: string;
  /** ISO 8601 UTC with milliseconds. */
  readonly at: string;
  readonly isOn: boolean;
}

/** Remembers when channels ran for nobody. Noting the same again changes nothing. */
export interface ChannelTurns {
  note(turn: ChannelTurn): Promise<void>;
  /** By time: those of the interval, and those before it back to the last time that the channel ceased. */
  around(pipelineId: string, interval: Interval): Promise<readonly ChannelTurn[]>;
}

/** What a running channel is billed by, as its pipeline is registered. */
export interface ChannelClasses extends Pick<RanChannel, 'channelClass'> {
  readonly inputs: readonly RanInput[];
  readonly outputs: readonly Omit<RanOutput, 'outputGroup'>[];
}

/** Time for which a channel ran and no show bore it. */
export interface UnheldRun extends Interval {
  /** Whether it has ended; else it goes on at `to`. */
  readonly isOver: boolean;
  /** Whether all that the channel ran is in it, and no show took a part. */
  readonly isWhole: boolean;
}

/**
 * When a channel ran for nobody up to an instant: from each time that it began to the first end after it, of its own or of a show's
 * run, less what shows bear. An end that nobody told of is the end of the next show.
 */
export const unheldRuns = (turns: readonly ChannelTurn[], shows: readonly Interval[], until: number): readonly UnheldRun[] => {
  const ends = [...turns.filter(({ isOn }) => !isOn).map(({ at }) => Date.parse(at)), ...shows.map(({ to }) => to)].filter((end) => end < until);
  const endOf = (from: number): number => Math.min(until, ...ends.filter((end) => end > from));
  const began = turns.filter(({ isOn }) => isOn).map(({ at }) => Date.parse(at));
  return union(began.map((from) => ({ from, to: endOf(from) }))).flatMap((run) =>
    uncovered(run, shows).map((part) => ({ ...part, isOver: part.to < until, isWhole: part.from === run.from && part.to === run.to })),
  );
};

/** The billable minutes of a run up to an instant: whole minutes while it runs, and all that it is billed for at its end, which is at least 10 minutes for a whole run. */
const minutesUpTo = ({ from, to, isOver, isWhole }: UnheldRun, at: number): bigint => {
  if (at <= from) return 0n;
  if (at < to || !isOver) return BigInt(Math.floor((Math.min(at, to) - from) / minuteMilliseconds));
  return isWhole ? billableRunMinutes(to - from) : BigInt(Math.ceil((to - from) / minuteMilliseconds));
};

/** The billable minutes of a run that fall into a part of its time: those of all parts come to the run's. */
export const minutesWithin = (run: UnheldRun, { from, to }: Interval): bigint => minutesUpTo(run, to) - minutesUpTo(run, from);
