/** As whom, and how, a target is invoked. */
export interface TargetOptions {
  /** The role that the caller assumes for this target, where one is set. */
  readonly roleArn?: string;
  /** The rule on whose behalf the target is invoked: a function's resource policy may name it. */
  readonly sourceArn?: string;
  /** The message group of a FIFO queue. */
  readonly messageGroupId?: string;
}

/**
 * Invokes a target by its ARN (a function, asynchronously; a queue; a state machine) with a payload of JSON text.
 * Rejects when the target does not take it; an error whose name says that it never will is not retried.
 */
export type TargetInvoker = (arn: string, payload: string, options: TargetOptions) => Promise<void>;

const permanentErrors = [
  'AccessDeniedException',
  'AccessDenied',
  'ResourceNotFoundException',
  'QueueDoesNotExist',
  'StateMachineDoesNotExist',
  'ExecutionAlreadyExists',
  'InvalidExecutionInput',
];

/** Whether trying again is pointless: EventBridge sends such events to the dead-letter queue at once. */
export const isPermanent = (error: unknown): boolean => error instanceof Error && permanentErrors.includes(error.name);
