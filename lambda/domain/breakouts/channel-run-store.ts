import type { CamRun } from './cam/cam-run.ts';
import type { ChannelRun, Observed, ShowRun } from './channel-run.ts';

/** What was seen of a run. */
export interface RunObservation {
  readonly started?: Observed;
  readonly ended?: Observed;
}

/** Keeps runs of pipelines, of one kind or of all; a run of another kind is not there. All writes may be repeated. */
export interface RunStore<Run extends ShowRun> {
  get(breakoutId: string, attempt: number): Promise<Run | undefined>;
  /** Of a breakout, by attempt. */
  list(breakoutId: string): Promise<readonly Run[]>;
  /** Keeps a new run and answers it; a run that is kept already stays as it is and is answered. */
  begin(run: Run): Promise<Run>;
  /** Adds what was seen by the rules of `withObservation`. A run that does not exist is ignored: answers undefined. */
  observe(breakoutId: string, attempt: number, observation: RunObservation): Promise<Run | undefined>;
  /** Notes that the pipeline was told to stop; the latest counts. */
  noteStopRequest(breakoutId: string, attempt: number, at: string): Promise<void>;
}

/** Keeps the runs of Pro pipelines' channels. */
export type ChannelRunStore = RunStore<ChannelRun>;

/** Keeps the runs of Cam pipelines. */
export type CamRunStore = RunStore<CamRun>;

/** Keeps runs of either kind. */
export type ShowRunStore = RunStore<ChannelRun | CamRun>;
