import type { FunctionThread, ThreadOutcome } from './function-thread.ts';
import type { IdleThreads } from './idle-threads.ts';
import { threadStock } from './thread-stock.ts';

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

/** A pool that hands each call to a thread of its own, and refuses calls beyond its concurrency. */
export const createFunctionPool = (start: () => FunctionThread, idleThreads: IdleThreads, limits: PoolLimits = defaultPoolLimits): FunctionPool => {
  const stock = threadStock(start, idleThreads, limits.threads);
  let underWay = 0;
  const run = async (...call: Parameters<FunctionThread['invoke']>): Promise<ThreadOutcome> => {
    underWay += 1;
    try {
      const thread = await stock.acquire();
      if (!thread) return shutDown;
      const outcome = await thread.invoke(...call);
      stock.release(thread);
      return outcome;
    } finally {
      underWay -= 1;
    }
  };
  return {
    invoke: (...call) => (underWay >= limits.concurrency ? undefined : run(...call)),
    end: () => stock.end(),
  };
};
