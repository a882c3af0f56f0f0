import type { FunctionFailure } from './worker-messages.ts';

/** Whether a value is an error, of whatever realm: a thread's errors are not of the host's classes. */
export const isError = (value: unknown): value is Error => Object.prototype.toString.call(value) === '[object Error]';

/** What Lambda's Node.js runtime reports of something thrown. */
export const failureOf = (thrown: unknown): FunctionFailure =>
  isError(thrown)
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

/** As `failureOf`, under one of the runtime's own names. */
export const runtimeFailureOf = (errorType: string, thrown: unknown): FunctionFailure => {
  const { errorMessage, trace } = failureOf(thrown);
  return { errorType, errorMessage: isError(thrown) ? `${thrown.name}: ${errorMessage}` : errorMessage, trace };
};
