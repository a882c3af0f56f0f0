import { showTasks, taskErrors, type ShowTask } from '../../../../lambda/contract/show-workflow.ts';

/** The functions that perform a show's tasks. */
export type ShowFunction = keyof typeof showTasks;

/** A state of the Amazon States Language (JSONPath). */
export type State = Readonly<Record<string, unknown>>;

/** States by name. */
export type States = Readonly<Record<string, State>>;

/** A state machine, or a branch of one. */
export interface Flow {
  readonly StartAt: string;
  readonly States: States;
}

/** ARNs of the functions that perform the tasks. */
export type ShowFunctionArns = Readonly<Record<ShowFunction, string>>;

/** Faults of Lambda itself, which say nothing of the task. Tasks can be repeated, so that unknown outcomes are too. */
const lambdaFaults = ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.TooManyRequestsException', 'Lambda.Unknown', 'Sandbox.Timedout'];

/** Tries again for about three minutes: 2 + 4 + 8 + 16 + 30 × 4 seconds, each with full jitter. */
const retry = [
  { ErrorEquals: [taskErrors.unavailable, ...lambdaFaults], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 8, MaxDelaySeconds: 30, JitterStrategy: 'FULL' },
];

/** Where a task's error leads, and where it is kept: `end-failed` finds the one that ended the show in `error`. */
const catchAll = (next: string, keepErrorAs = 'error') => [{ ErrorEquals: ['States.ALL'], ResultPath: `$.${keepErrorAs}`, Next: next }];

/** A task of the show and where it leads. */
export interface TaskOptions<Function extends ShowFunction> {
  readonly function: Function;
  readonly task: ShowTask<Function>;
  /** Absent = the flow ends here. */
  readonly next?: string;
  /** Where an error leads that no retry mends. Absent = the execution fails here, and can be redriven from here. */
  readonly onError?: string;
  /** Where that error is kept. @default error */
  readonly keepErrorAs?: string;
  /** Where the answer is kept: `$.check.answer` for `check`. Absent = it is dropped. */
  readonly keepAs?: string;
  /** What goes with the task beside the show's own identity. */
  readonly payload?: Readonly<Record<string, string>>;
}

const transition = (next: string | undefined) => (next === undefined ? { End: true } : { Next: next });

/** Makes the state of a task: `{task, breakoutId, attempt}` to its function, retried while the fault is a passing one. */
export const taskStates =
  (functionArns: ShowFunctionArns) =>
  <Function extends ShowFunction>(options: TaskOptions<Function>): State => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: invocation(functionArns, options),
    ...(options.keepAs === undefined ? { ResultPath: null } : { ResultSelector: { 'answer.$': '$.Payload' }, ResultPath: `$.${options.keepAs}` }),
    Retry: retry,
    ...(options.onError !== undefined && { Catch: catchAll(options.onError, options.keepErrorAs) }),
    ...transition(options.next),
  });

const invocation = <Function extends ShowFunction>(functionArns: ShowFunctionArns, { function: name, task, payload }: TaskOptions<Function>) => ({
  FunctionName: functionArns[name],
  Payload: { task, 'breakoutId.$': '$.breakoutId', 'attempt.$': '$.attempt', ...payload },
});

/** A wait for whoever holds the task's token, at most so long; then `onTimeout` decides. */
export const waitForToken = (
  functionArns: ShowFunctionArns,
  options: TaskOptions<ShowFunction> & { readonly timeoutSeconds: number; readonly onTimeout: string; readonly onError: string; readonly next: string },
): State => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Parameters: invocation(functionArns, { ...options, payload: { 'taskToken.$': '$$.Task.Token' } }),
  TimeoutSeconds: options.timeoutSeconds,
  ResultPath: null,
  Retry: retry,
  Catch: [{ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: options.onTimeout }, ...catchAll(options.onError)],
  Next: options.next,
});

export const waitSeconds = (seconds: number, next: string): State => ({ Type: 'Wait', Seconds: seconds, Next: next });

export const waitUntil = (timestampPath: string, next: string): State => ({ Type: 'Wait', TimestampPath: timestampPath, Next: next });

/** What a polling task has answered, where {@link TaskOptions.keepAs} is `check`. */
export const answerPath = '$.check.answer';

/** Chooses by the status that a polling task answered (`DONE`, `PENDING`, `FAILED`, `NONE`). */
export const chooseByStatus = (next: Readonly<Partial<Record<'DONE' | 'PENDING' | 'NONE', string>>>, otherwise: string): State => ({
  Type: 'Choice',
  Choices: Object.entries(next).map(([status, state]) => ({ Variable: `${answerPath}.status`, StringEquals: status, Next: state })),
  Default: otherwise,
});
