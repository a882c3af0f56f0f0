import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../runtime/clock.ts';
import { workerCode } from './worker-code.ts';
import { failureOf, isError } from './worker-failure.ts';
import type { FunctionFailure, InvokeMessage, WorkerMessage, WorkerSettings } from './worker-messages.ts';

/** What an invocation came to. */
export type ThreadOutcome = { readonly kind: 'answered'; readonly payload: string } | { readonly kind: 'failed'; readonly failure: FunctionFailure };

/** What a thread needs to run a function. */
export interface ThreadSettings extends WorkerSettings {
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutMilliseconds: number;
}

/** One execution environment of a function: a thread that handles one event at a time. */
export interface FunctionThread {
  /** Whether it can handle another event. */
  readonly usable: () => boolean;
  /** Resolves when the function is loaded, or never will be. */
  readonly loaded: Promise<void>;
  /** Never rejects. Ends the thread when the function runs out of time, exits or breaks. */
  invoke(requestId: string, payload: string, log: (line: string) => void): Promise<ThreadOutcome>;
  end(): Promise<void>;
}

// Lambda gives a function this long to load before the function's own time-out counts.
const loadMilliseconds = 10_000;
// Short-lived garbage of a handler fits: V8's own default would keep three times 16 MB for each thread.
const youngGenerationMegabytes = 8;

const exited = (requestId: string, code: number): FunctionFailure => ({ errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${code}`, trace: [] });
const outOfMemory = (requestId: string): FunctionFailure => ({ errorType: 'Runtime.OutOfMemory', errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: signal: killed`, trace: [] });
const timedOut = (requestId: string, milliseconds: number): FunctionFailure => ({ errorType: 'Sandbox.Timedout', errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(milliseconds / 1000).toFixed(2)} seconds`, trace: [] });

/** Starts a thread for a function. Its standard output goes line by line to the log of the invocation under way. */
export const startFunctionThread = (settings: ThreadSettings, clock: Clock): FunctionThread => {
  const { environment, memoryMegabytes, timeoutMilliseconds, ...workerData } = settings;
  const worker = new Worker(workerCode(), {
    workerData,
    env: { ...environment },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
  let usable = true;
  let lastId = '';
  let log: (line: string) => void = () => undefined;
  let conclude: (outcome: ThreadOutcome) => void = () => undefined;
  const fail = (failure: FunctionFailure): void => conclude({ kind: 'failed', failure });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', (line) => log(line));

  let loaded: () => void = () => undefined;
  let unusable: FunctionFailure | undefined;
  const loading = new Promise<void>((resolve) => { loaded = resolve; });
  worker.on('message', (message: WorkerMessage) => {
    switch (message.kind) {
      case 'ready':
        loaded();
        break;
      case 'unusable':
        [usable, unusable] = [false, message.failure];
        loaded();
        break;
      case 'logged':
        log(message.line);
        break;
      case 'answered':
        conclude({ kind: 'answered', payload: message.payload });
        break;
      case 'failed':
        if (message.fatal) usable = false;
        fail(message.failure);
        break;
    }
  });
  worker.on('error', (error: unknown) => {
    usable = false;
    const isMemory = isError(error) && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    fail(isMemory ? outOfMemory(lastId) : failureOf(error));
    loaded();
  });
  worker.on('exit', (code) => {
    usable = false;
    fail(exited(lastId, code));
    loaded();
  });
  const expire = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    await clock.sleep(milliseconds, signal);
    if (signal.aborted) return;
    usable = false;
    fail(timedOut(lastId, timeoutMilliseconds));
    await worker.terminate();
  };
  return {
    usable: () => usable,
    loaded: loading,
    end: async () => {
      usable = false;
      await worker.terminate();
    },
    invoke: async (requestId, payload, write) => {
      const done = new AbortController();
      const outcome = new Promise<ThreadOutcome>((resolve) => { conclude = resolve; });
      [lastId, log] = [requestId, write];
      void (async () => {
        const load = new AbortController();
        const expiry = expire(loadMilliseconds + timeoutMilliseconds, load.signal);
        await Promise.race([loading, outcome]);
        load.abort();
        await expiry;
        if (unusable) fail(unusable);
        if (!usable) return;
        worker.postMessage({ requestId, payload, deadline: Date.now() + timeoutMilliseconds } satisfies InvokeMessage);
        await expire(timeoutMilliseconds, done.signal);
      })();
      const result = await outcome;
      done.abort();
      if (unusable) await worker.terminate();
      return result;
    },
  };
};
