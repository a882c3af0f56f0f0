import type { Execution, ExecutionStatus } from './execution.ts';
import type { Run } from './run.ts';

/** Ends the execution: no state of it goes on. */
export const endExecution = (run: Run, status: Exclude<ExecutionStatus, 'RUNNING'>, outcome: Pick<Execution, 'output' | 'error' | 'cause'>): void => {
  const { execution } = run;
  const { output, error, cause } = outcome;
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  Object.assign(execution, { status, stoppedAt: run.now, ...(output !== undefined && { output }), ...failure });
  run.ready.length = 0;
  run.advanced.length = 0;
  switch (status) {
    case 'SUCCEEDED':
      run.record(execution.root, 'ExecutionSucceeded', { executionSucceededEventDetails: { output, outputDetails: { truncated: false } } });
      break;
    case 'FAILED':
      run.record(execution.root, 'ExecutionFailed', { executionFailedEventDetails: failure });
      break;
    case 'TIMED_OUT':
      run.record(execution.root, 'ExecutionTimedOut', { executionTimedOutEventDetails: failure });
      break;
    case 'ABORTED':
      run.record(execution.root, 'ExecutionAborted', { executionAbortedEventDetails: failure });
      break;
  }
};
