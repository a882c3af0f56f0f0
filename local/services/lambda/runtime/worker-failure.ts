import type { FunctionFailure } from './worker-messages.ts';

/** What Lambda's Node.js runtime reports of something thrown. */
export const failureOf = (thrown: unknown): FunctionFailure =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

/** As `failureOf`, under one of the runtime's own names. */
export const runtimeFailureOf = (errorType: string, thrown: unknown): FunctionFailure => {
  const { errorMessage, trace } = failureOf(thrown);
  return { errorType, errorMessage: thrown instanceof Error ? `${thrown.name}: ${errorMessage}` : errorMessage, trace };
};
