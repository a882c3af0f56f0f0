/** An error as a state machine sees it: what Retry and Catch match, and what a failed execution reports. */
export class StateError extends Error {
  /** `States.Runtime`, or what a function threw. */
  readonly error: string;

  constructor(error: string, cause: string) {
    super(cause);
    this.name = 'StateError';
    this.error = error;
  }
}

/** A definition that the engine does not run. The message names state and field. */
export class DefinitionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DefinitionError';
  }
}

// https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
const uncatchable = ['States.Runtime', 'States.DataLimitExceeded'];
const timeouts = ['States.Timeout', 'States.HeartbeatTimeout'];

/** Whether an error name is matched by the `ErrorEquals` of a retrier or catcher. */
export const matchesError = (errorEquals: readonly string[], error: string): boolean =>
  errorEquals.some((name) => {
    if (name === error) return true;
    if (uncatchable.includes(error)) return false;
    if (name === 'States.ALL') return true;
    if (name === 'States.TaskFailed') return !timeouts.includes(error);
    return name === 'States.Timeout' && error === 'States.HeartbeatTimeout';
  });
