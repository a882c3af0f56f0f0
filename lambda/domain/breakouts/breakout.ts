import type { Curtain } from '../playback/curtain.ts';
import type { RecordingFormat } from '../recordings/recording.ts';
import type { EarlierLeg } from './show-leg.ts';

/** The states of a breakout. A breakout runs once: COMPLETED, FAILED and ABORTED are ends. */
export type BreakoutStatus = 'SCHEDULED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'COMPLETED' | 'FAILED' | 'ABORTED';

/**
 * The legal transitions; whatever is not here is a conflict. FAILED and ABORTED are reached with nothing left running.
 * STARTING goes back to SCHEDULED when nothing of the show has touched its pipeline, FAILED by a reset when nothing of
 * it has run. A show that goes on with a spare pipeline is STARTING again.
 */
export const breakoutTransitions: Readonly<Record<BreakoutStatus, readonly BreakoutStatus[]>> = {
  SCHEDULED: ['STARTING'],
  STARTING: ['RUNNING', 'STOPPING', 'FAILED', 'ABORTED', 'SCHEDULED', 'STARTING'],
  RUNNING: ['STOPPING', 'FAILED', 'ABORTED', 'STARTING'],
  STOPPING: ['COMPLETED', 'FAILED', 'ABORTED'],
  COMPLETED: [],
  FAILED: ['SCHEDULED', 'STARTING'],
  ABORTED: [],
};

/** Why a show was told to stop. NO_INPUT: nobody fed it. */
export type StopReason = 'REQUESTED' | 'HARD_STOP' | 'ABORTED' | 'NO_INPUT';

/** One show inside an event: run once, on one pipeline. Times are ISO 8601 UTC with milliseconds. */
export interface Breakout {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly title: string;
  /** What it streams through; of a show that changed its pipeline, the present one. */
  readonly pipelineId: string;
  /** The booked interval, half-open. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: BreakoutStatus;
  /** 0 before the first start; names the execution `<breakoutId>-<attempt>`. */
  readonly attempt: number;
  /** When the show is stopped whatever happens; moved by `extend`. Set at the start. */
  readonly hardStopAt?: string;
  /** When the pipeline that it is on was claimed. */
  readonly startRequestedAt?: string;
  /** When viewers were first let in. */
  readonly startedAt?: string;
  /** Set by whoever asks for the stop, also before the workflow waits for it. */
  readonly stopRequestedAt?: string;
  readonly stopReason?: StopReason;
  /** The workflow's task token while it waits for a stop. */
  readonly stopToken?: string;
  /** When the channel was seen idle after the show. */
  readonly stoppedAt?: string;
  /** When the last viewer can have played the last segment; the pipeline is held until then. */
  readonly tailEndsAt?: string;
  /** When the show was closed for good: its usage was settled. */
  readonly finalisedAt?: string;
  /** Why it is FAILED, or why its last start came to nothing where it is SCHEDULED again. */
  readonly failure?: { readonly code: string; readonly message: string };
  /** The pipelines that it has left for others, in order; absent = none. */
  readonly earlierLegs?: readonly EarlierLeg[];
  /** IPv4 ranges that may push while it runs, in place of the pipeline's own; absent = the pipeline's own. */
  readonly sources?: readonly string[];
  /** Whether attendees may watch; absent = up. */
  readonly curtain?: Curtain;
  /** How often the curtain has fallen: with the attempt it is the version of viewers' tokens of Cam pipelines. Absent = never. */
  readonly curtainFalls?: number;
  /** How often its previews were ended: with the attempt it is the version of previews' tokens of Cam pipelines. Absent = never. */
  readonly previewRevocations?: number;
  /** Whether an MP4 is made of the archive. */
  readonly wantsMp4: boolean;
  /** What its recording is made in beside HLS; absent = what the stage makes. */
  readonly recordingFormats?: readonly RecordingFormat[];
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Moves by one with every change; the ETag. */
  readonly revision: number;
}
