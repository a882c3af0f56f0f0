/** The states of a breakout. A breakout runs once: COMPLETED and FAILED are ends. */
export type BreakoutStatus = 'SCHEDULED' | 'STARTING' | 'RUNNING' | 'STOPPING' | 'COMPLETED' | 'FAILED';

/**
 * The legal transitions; whatever is not here is a conflict. FAILED is reached with nothing left running. STARTING goes
 * back to SCHEDULED only when the show's execution could not be started: nothing has run then.
 */
export const breakoutTransitions: Readonly<Record<BreakoutStatus, readonly BreakoutStatus[]>> = {
  SCHEDULED: ['STARTING'],
  STARTING: ['RUNNING', 'STOPPING', 'FAILED', 'SCHEDULED'],
  RUNNING: ['STOPPING', 'FAILED'],
  STOPPING: ['COMPLETED', 'FAILED'],
  COMPLETED: [],
  FAILED: [],
};

/** One show inside an event: run once, on one pipeline. Times are ISO 8601 UTC with milliseconds. */
export interface Breakout {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
  readonly title: string;
  readonly pipelineId: string;
  /** The booked interval, half-open. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly status: BreakoutStatus;
  /** 0 before the first start; names the execution `<breakoutId>-<attempt>`. */
  readonly attempt: number;
  /** When the show is stopped whatever happens; moved by `extend`. Set at the start. */
  readonly hardStopAt?: string;
  readonly startRequestedAt?: string;
  /** Set by whoever asks for the stop, also before the workflow waits for it. */
  readonly stopRequestedAt?: string;
  readonly stopReason?: 'REQUESTED' | 'HARD_STOP';
  /** The workflow's task token while it waits for a stop. */
  readonly stopToken?: string;
  /** When the channel was seen idle after the show. */
  readonly stoppedAt?: string;
  /** When the last viewer can have played the last segment; the pipeline is held until then. */
  readonly tailEndsAt?: string;
  /** When the show was closed for good: its usage was settled. */
  readonly finalisedAt?: string;
  readonly failure?: { readonly code: string; readonly message: string };
  /** Whether an MP4 is made of the archive. */
  readonly wantsMp4: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Moves by one with every change; the ETag. */
  readonly revision: number;
}
