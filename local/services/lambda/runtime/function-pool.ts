import type { Clock } from '../../../runtime/clock.ts';
import type { FunctionThread, ThreadOutcome } from './function-thread.ts';

/** How many threads a function may have, and how long one may idle. */
export interface PoolLimits {
  /** Threads of one function; further calls wait for one. */
  readonly threads: number;
  /** Calls under way or waiting before a further one is refused. */
  readonly concurrency: number;
  readonly idleMilliseconds: number;
}

/** The threads of one function. */
export interface FunctionPool {
  /** `undefined` when too many calls are under way already. */
  invoke(requestId: string, payload: string, log: (line: string) => void): Promise<ThreadOutcome> | undefined;
  /** Ends every thread: calls under way fail. */
  end(): Promise<void>;
}

// An AWS account runs 1000 at once; on one machine a few threads serve as many, one after the other.
export const defaultPoolLimits: PoolLimits = { threads: 4, concurrency: 1000, idleMilliseconds: 60_000 };

const shutDown: ThreadOutcome = { kind: 'failed', failure: { errorType: 'Runtime.ExitError', errorMessage: 'The function was replaced or the platform stopped before the call began', trace: [] } };

/** Threads started when a call finds none free, ended when they have idled for a while. */
export const createFunctionPool = (start: () => FunctionThread, clock: Clock, limits: PoolLimits = defaultPoolLimits): FunctionPool => {
  const threads = new Set<FunctionThread>();
  const idle: { readonly thread: FunctionThread; readonly wake: AbortController }[] = [];
  const waiting: ((thread: FunctionThread | undefined) => void)[] = [];
  let underWay = 0;
  let ended = false;

  const retire = (thread: FunctionThread): void => {
    threads.delete(thread);
    void thread.end();
  };
  const add = (): FunctionThread => {
    const thread = start();
    threads.add(thread);
    return thread;
  };
  const acquire = async (): Promise<FunctionThread | undefined> => {
    for (let free = idle.pop(); free; free = idle.pop()) {
      free.wake.abort();
      if (free.thread.usable()) return free.thread;
      retire(free.thread);
    }
    if (ended) return undefined;
    return threads.size < limits.threads ? add() : new Promise((resolve) => waiting.push(resolve));
  };
  const rest = (thread: FunctionThread): void => {
    const entry = { thread, wake: new AbortController() };
    idle.push(entry);
    void clock.sleep(limits.idleMilliseconds, entry.wake.signal).then(() => {
      const position = idle.indexOf(entry);
      if (position < 0) return;
      idle.splice(position, 1);
      retire(thread);
    });
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
    const thread = await acquire();
    const outcome = await (thread?.invoke(...call) ?? shutDown);
    underWay -= 1;
    if (thread) release(thread);
    return outcome;
  };
  return {
    invoke: (...call) => (underWay >= limits.concurrency ? undefined : run(...call)),
    end: async () => {
      ended = true;
      for (const next of waiting.splice(0)) next(undefined);
      for (const { wake } of idle.splice(0)) wake.abort();
      await Promise.all([...threads].map((thread) => thread.end()));
      threads.clear();
    },
  };
};
