import type { FunctionThread, ThreadOutcome } from './function-thread.ts';
import type { IdleThreads } from './idle-threads.ts';

/** How many threads and calls a function may have. */
export interface PoolLimits {
  /** Threads of one function; further calls wait for one. */
  readonly threads: number;
  /** Calls under way or waiting before a further one is refused. */
  readonly concurrency: number;
}

/** The threads of one function. */
export interface FunctionPool {
  /** `undefined` when too many calls are under way already. */
  invoke(requestId: string, payload: string, log: (line: string) => void): Promise<ThreadOutcome> | undefined;
  /** Ends every thread: calls under way fail. */
  end(): Promise<void>;
}

// An AWS account runs 1000 at once; on one machine a few threads serve as many, one after the other.
const defaultPoolLimits: PoolLimits = { threads: 3, concurrency: 1000 };

const shutDown: ThreadOutcome = { kind: 'failed', failure: { errorType: 'Runtime.ExitError', errorMessage: 'The function was replaced or the platform stopped before the call began', trace: [] } };

/**
 * Threads started when a call finds none free, ended when they have idled for a while. One is started after the other:
 * loading takes a processor for a tenth of a second, in which the threads that are there serve more calls than it would.
 */
export const createFunctionPool = (start: () => FunctionThread, idleThreads: IdleThreads, limits: PoolLimits = defaultPoolLimits): FunctionPool => {
  const threads = new Set<FunctionThread>();
  const idle: { readonly thread: FunctionThread; readonly wake: () => void }[] = [];
  const waiting: ((thread: FunctionThread | undefined) => void)[] = [];
  let loading = 0;
  let underWay = 0;
  let ended = false;

  const retire = (thread: FunctionThread): void => {
    threads.delete(thread);
    void thread.end();
  };
  const add = (): FunctionThread => {
    const thread = start();
    threads.add(thread);
    loading += 1;
    void thread.loaded.then(() => {
      loading -= 1;
      if (!ended && canGrow() && waiting.length > 0) waiting.shift()?.(add());
    });
    return thread;
  };
  const canGrow = (): boolean => loading === 0 && threads.size < limits.threads;
  const acquire = async (): Promise<FunctionThread | undefined> => {
    for (let free = idle.pop(); free; free = idle.pop()) {
      free.wake();
      if (free.thread.usable()) return free.thread;
      retire(free.thread);
    }
    if (ended) return undefined;
    return canGrow() ? add() : new Promise((resolve) => waiting.push(resolve));
  };
  const rest = (thread: FunctionThread): void => {
    const wake = idleThreads.add(() => {
      const position = idle.findIndex((each) => each.thread === thread);
      if (position >= 0) idle.splice(position, 1);
      retire(thread);
    });
    idle.push({ thread, wake });
  };
  const release = (thread: FunctionThread): void => {
    if (!thread.usable()) retire(thread);
    if (ended) return;
    const next = waiting.shift();
    if (next) next(thread.usable() ? thread : add());
    else if (thread.usable()) rest(thread);
  };
  const run = async (...call: Parameters<FunctionThread['invoke']>): Promise<ThreadOutcome> => {
    underWay += 1;
    try {
      const thread = await acquire();
      if (!thread) return shutDown;
      const outcome = await thread.invoke(...call);
      release(thread);
      return outcome;
    } finally {
      underWay -= 1;
    }
  };
  return {
    invoke: (...call) => (underWay >= limits.concurrency ? undefined : run(...call)),
    end: async () => {
      ended = true;
      for (const next of waiting.splice(0)) next(undefined);
      for (const { wake } of idle.splice(0)) wake();
      await Promise.all([...threads].map((thread) => thread.end()));
      threads.clear();
    },
  };
};
