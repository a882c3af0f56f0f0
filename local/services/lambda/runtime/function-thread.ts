import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../../runtime/clock.ts';
import { brokenThread, exitedThread, timedOutThread } from './thread-failures.ts';
import { workerCode } from './worker-code.ts';
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

/** What is known of a thread, and where the invocation under way is told of it. */
interface ThreadState {
  isUsable: boolean;
  /** Why the function cannot be loaded. */
  unusable?: FunctionFailure;
  requestId: string;
  log(line: string): void;
  conclude(outcome: ThreadOutcome): void;
}

const fail = (state: ThreadState, failure: FunctionFailure): void => state.conclude({ kind: 'failed', failure });

const newWorker = ({ environment, memoryMegabytes, taskRoot, handler, context, logsJson }: ThreadSettings, state: ThreadState): Worker => {
  const worker = new Worker(workerCode(), {
    workerData: { taskRoot, handler, context, logsJson } satisfies WorkerSettings,
    env: { ...environment },
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes, maxYoungGenerationSizeMb: youngGenerationMegabytes },
  });
  for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', (line) => state.log(line));
  return worker;
};

const hear = (message: WorkerMessage, state: ThreadState, loaded: () => void): void => {
  switch (message.kind) {
    case 'ready':
      loaded();
      break;
    case 'unusable':
      state.isUsable = false;
      state.unusable = message.failure;
      loaded();
      break;
    case 'logged':
      state.log(message.line);
      break;
    case 'answered':
      state.conclude({ kind: 'answered', payload: message.payload });
      break;
    case 'failed':
      if (message.fatal) state.isUsable = false;
      fail(state, message.failure);
      break;
  }
};

/** Resolves when the function is loaded, or never will be; hears the worker from then on. */
const listenTo = (worker: Worker, state: ThreadState): Promise<void> =>
  new Promise((loaded) => {
    const breakWith = (failure: FunctionFailure): void => {
      state.isUsable = false;
      fail(state, failure);
      loaded();
    };
    worker.on('message', (message: WorkerMessage) => hear(message, state, loaded));
    worker.on('error', (error: unknown) => breakWith(brokenThread(state.requestId, error)));
    // A thread that could not load its function has nothing left to do and exits; what it said before is the reason.
    worker.on('exit', (code) => breakWith(state.unusable ?? exitedThread(state.requestId, code)));
  });

/** Starts a thread for a function. Its standard output goes line by line to the log of the invocation under way. */
export const startFunctionThread = (settings: ThreadSettings, clock: Clock): FunctionThread => {
  const { timeoutMilliseconds } = settings;
  const state: ThreadState = { isUsable: true, requestId: '', log: () => undefined, conclude: () => undefined };
  const worker = newWorker(settings, state);
  const loaded = listenTo(worker, state);

  const expire = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    await clock.sleep(milliseconds, signal);
    if (signal.aborted) return;
    state.isUsable = false;
    fail(state, timedOutThread(state.requestId, timeoutMilliseconds));
    await worker.terminate();
  };
  const handle = async (requestId: string, payload: string, outcome: Promise<ThreadOutcome>, done: AbortSignal): Promise<void> => {
    const load = new AbortController();
    const expiry = expire(loadMilliseconds + timeoutMilliseconds, load.signal);
    await Promise.race([loaded, outcome]);
    load.abort();
    await expiry;
    if (state.unusable) fail(state, state.unusable);
    if (!state.isUsable) return;
    worker.postMessage({ requestId, payload, deadline: Date.now() + timeoutMilliseconds } satisfies InvokeMessage);
    await expire(timeoutMilliseconds, done);
  };
  return {
    usable: () => state.isUsable,
    loaded,
    end: async () => {
      state.isUsable = false;
      await worker.terminate();
    },
    invoke: async (requestId, payload, log) => {
      const done = new AbortController();
      const outcome = new Promise<ThreadOutcome>((resolve) => Object.assign(state, { requestId, log, conclude: resolve }));
      void handle(requestId, payload, outcome, done.signal);
      const result = await outcome;
      done.abort();
      if (state.unusable) await worker.terminate();
      return result;
    },
  };
};
