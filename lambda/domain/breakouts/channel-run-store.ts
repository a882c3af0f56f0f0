import type { ChannelRun, Observed } from './channel-run.ts';

/** What was seen of a run. */
export interface RunObservation {
  readonly started?: Observed;
  readonly ended?: Observed;
}

/** Keeps the runs of channels. All writes may be repeated. */
export interface ChannelRunStore {
  get(breakoutId: string, attempt: number): Promise<ChannelRun | undefined>;
  /** Of a breakout, by attempt. */
  list(breakoutId: string): Promise<readonly ChannelRun[]>;
  /** Keeps a new run and answers it; a run that is kept already stays as it is and is answered. */
  begin(run: ChannelRun): Promise<ChannelRun>;
  /** Adds what was seen by the rules of `withObservation`. A run that does not exist is ignored: answers undefined. */
  observe(breakoutId: string, attempt: number, observation: RunObservation): Promise<ChannelRun | undefined>;
  /** Notes that the channel was told to stop; the latest counts. */
  noteStopRequest(breakoutId: string, attempt: number, at: string): Promise<void>;
}
