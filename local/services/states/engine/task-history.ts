import type { Json } from '../../../runtime/state/collection.ts';
import type { TaskState } from '../asl/definition.ts';
import type { StateError } from '../asl/state-error.ts';
import type { Frame } from './execution.ts';
import type { Run } from './run.ts';

const resourceOf = (state: TaskState): { resourceType: string; resource: string } => ({
  resourceType: 'lambda',
  resource: state.Resource.kind === 'lambda-invoke' && state.Resource.waitsForToken ? 'invoke.waitForTaskToken' : 'invoke',
});

/** The Region in the ARN of an execution. */
const regionOf = (run: Run): string => run.execution.arn.split(':')[3] ?? '';

/** Records that a task's function is about to be called, and gives the number of the first event. */
export const recordScheduled = (run: Run, frame: Frame, state: TaskState, argument: Json, limits: { timeout: number | undefined; heartbeat: number | undefined }): number => {
  const text = JSON.stringify(argument);
  if (state.Resource.kind === 'function') {
    const id = run.record(frame, 'LambdaFunctionScheduled', { lambdaFunctionScheduledEventDetails: { resource: state.Resource.arn, input: text, inputDetails: { truncated: false }, timeoutInSeconds: limits.timeout } });
    run.record(frame, 'LambdaFunctionStarted');
    return id;
  }
  const resource = resourceOf(state);
  const id = run.record(frame, 'TaskScheduled', {
    taskScheduledEventDetails: { ...resource, region: regionOf(run), parameters: text, timeoutInSeconds: limits.timeout, heartbeatInSeconds: limits.heartbeat },
  });
  run.record(frame, 'TaskStarted', { taskStartedEventDetails: resource });
  return id;
};

/** Records that the function of a task that waits for its token has been called. */
export const recordSubmitted = (run: Run, frame: Frame, state: TaskState, answer: Json): void => {
  run.record(frame, 'TaskSubmitted', { taskSubmittedEventDetails: { ...resourceOf(state), output: JSON.stringify(answer), outputDetails: { truncated: false } } });
};

/** Records that a task has its result. */
export const recordSucceeded = (run: Run, frame: Frame, state: TaskState, result: Json): void => {
  const output = { output: JSON.stringify(result), outputDetails: { truncated: false } };
  if (state.Resource.kind === 'function') run.record(frame, 'LambdaFunctionSucceeded', { lambdaFunctionSucceededEventDetails: output });
  else run.record(frame, 'TaskSucceeded', { taskSucceededEventDetails: { ...resourceOf(state), ...output } });
};

/** Records that a task has failed, or has run out of its time. */
export const recordFailed = (run: Run, frame: Frame, state: TaskState, { error, message: cause }: StateError): void => {
  const timedOut = error === 'States.Timeout' || error === 'States.HeartbeatTimeout';
  if (state.Resource.kind === 'function') {
    if (timedOut) run.record(frame, 'LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: { error, cause } });
    else run.record(frame, 'LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: { error, cause } });
    return;
  }
  const details = { ...resourceOf(state), error, cause };
  if (timedOut) run.record(frame, 'TaskTimedOut', { taskTimedOutEventDetails: details });
  else run.record(frame, 'TaskFailed', { taskFailedEventDetails: details });
};
