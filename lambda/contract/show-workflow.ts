import * as z from 'zod';

/** The input of one execution of the show's state machine, whose name is `<breakoutId>-<attempt>`. */
const showInputSchema = z.object({ breakoutId: z.string().min(1), attempt: z.int().positive() });

/** What an execution is started with. A recovery (`<breakoutId>-<attempt>-recovery-<n>`) ends an attempt whose own execution has died. */
export interface ShowInput {
  readonly breakoutId: string;
  readonly attempt: number;
  readonly isRecovery?: true;
}

/** The tasks of the show, by the function that performs them. Each function takes `{task, breakoutId, attempt, …}`. */
export const showTasks = {
  /** lambda/handlers/workflow/show-channel.ts: the only function that touches the channel in a show. */
  showChannel: ['prepare-channel', 'start-channel', 'check-running', 'stop-channel', 'check-idle', 'ensure-stopped', 'restore-sources'],
  /** lambda/handlers/workflow/show-state.ts: the breakout's own state, and the wait for a stop. */
  showState: ['mark-running', 'await-stop', 'check-hard-stop', 'mark-stopping', 'mark-stopped', 'end-failed', 'release-pipeline', 'mark-final'],
  /** lambda/handlers/workflow/show-edge.ts: what the edge serves. */
  showEdge: ['open-edge', 'limit-edge', 'close-edge'],
  /** lambda/handlers/workflow/conversion.ts */
  conversion: ['submit-conversion', 'check-conversion', 'give-up-conversion'],
  /** lambda/handlers/workflow/metering.ts */
  metering: ['measure-provisional', 'measure-final'],
} as const;

export type ShowTask<Function extends keyof typeof showTasks> = (typeof showTasks)[Function][number];

/** The payload that the state machine sends with a task. `taskToken` comes with `await-stop`, `error` with `end-failed` and `give-up-conversion`. */
export const showTaskInput = <Function extends keyof typeof showTasks>(functionName: Function) =>
  showInputSchema.extend({
    task: z.enum(showTasks[functionName]),
    taskToken: z.string().optional(),
    error: z.object({ Error: z.string(), Cause: z.string().optional() }).optional(),
  });

/**
 * What a polling task answers (`check-running`, `check-idle`, `check-conversion`, `check-hard-stop`, `submit-conversion`,
 * `give-up-conversion`, `measure-final`). The state machine waits and asks again on PENDING. FAILED leads to the failure path with `reason`.
 */
export const progressSchema = z.object({
  status: z.enum(['DONE', 'PENDING', 'FAILED', 'NONE']),
  reason: z.string().optional(),
});

export type Progress = z.infer<typeof progressSchema>;

/** How an attempt has ended: LEFT = the show goes on with another pipeline, RETURNED = the breakout is SCHEDULED again. */
export type ShowOutcome = 'COMPLETED' | 'FAILED' | 'ABORTED' | 'LEFT' | 'RETURNED';

/**
 * What `mark-stopped` and `end-failed` answer: how the attempt ended, when the playout tail ends, when the pipeline is
 * free (the next whole minute, so that minute-aligned metering windows of two shows never overlap), when its archive is
 * converted (at once, or when a show that failed cannot go on any more), and when usage can be final (never before it is
 * free). All in UTC.
 */
export interface StoppedAnswer {
  readonly outcome: ShowOutcome;
  readonly tailEndsAt: string;
  readonly releasesAt: string;
  readonly convertsAt: string;
  readonly settlesAt: string;
}

/** Error names that a task may throw to the state machine. `Unavailable` is retried there, others are not. */
export const taskErrors = { unavailable: 'Unavailable', conflict: 'Conflict', channelFailed: 'ChannelFailed', executionLost: 'ExecutionLost' } as const;
