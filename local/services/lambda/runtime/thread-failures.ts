import { failureOf, isError } from './worker-failure.ts';
import type { FunctionFailure } from './worker-messages.ts';

/** What Lambda reports of a function that ended its process. */
export const exitedThread = (requestId: string, code: number): FunctionFailure => ({
  errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`, trace: [],
});

/** What Lambda reports of a function that ran out of its time. */
export const timedOutThread = (requestId: string, milliseconds: number): FunctionFailure => ({
  errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`, trace: [],
});

/** What Lambda reports of a function that threw where nobody catches, or that ran out of memory. */
export const brokenThread = (requestId: string, error: unknown): FunctionFailure =>
  isError(error) && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? { errorType: 'Runtime.OutOfMemory', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`, trace: [] }
    : failureOf(error);
