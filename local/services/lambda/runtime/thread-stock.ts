import type { FunctionThread } from './function-thread.ts';
import type { IdleThreads } from './idle-threads.ts';

/** The threads that a function has, of which each serves one caller at a time. */
export interface ThreadStock {
  /** A thread that can be used: waits for one when there may be no more. `undefined` when the stock has ended. */
  acquire(): Promise<FunctionThread | undefined>;
  /** Gives a thread back, also one that cannot be used again. */
  release(thread: FunctionThread): void;
  /** Ends every thread. Who waits for one gets none. */
  end(): Promise<void>;
}

/**
 * Threads started when a call finds none free, ended when they have idled for a while. One is started after the other:
 * loading takes a processor for a tenth of a second, in which the threads that are there serve more calls than it would.
 */
export const threadStock = (start: () => FunctionThread, idleThreads: IdleThreads, limit: number): ThreadStock => {
  const threads = new Set<FunctionThread>();
  const idle: { readonly thread: FunctionThread; readonly wake: () => void }[] = [];
  const waiting: ((thread: FunctionThread | undefined) => void)[] = [];
  let loading = 0;
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
  const canGrow = (): boolean => loading === 0 && threads.size < limit;
  const rest = (thread: FunctionThread): void => {
    const wake = idleThreads.add(() => {
      const position = idle.findIndex((each) => each.thread === thread);
      if (position >= 0) idle.splice(position, 1);
      retire(thread);
    });
    idle.push({ thread, wake });
  };
  return {
    acquire: async () => {
      for (let free = idle.pop(); free; free = idle.pop()) {
        free.wake();
        if (free.thread.usable()) return free.thread;
        retire(free.thread);
      }
      if (ended) return undefined;
      return canGrow() ? add() : new Promise((resolve) => waiting.push(resolve));
    },
    release: (thread) => {
      if (!thread.usable()) retire(thread);
      if (ended) return;
      const next = waiting.shift();
      if (next) next(thread.usable() ? thread : add());
      else if (thread.usable()) rest(thread);
    },
    end: async () => {
      ended = true;
      for (const next of waiting.splice(0)) next(undefined);
      for (const { wake } of idle.splice(0)) wake();
      await Promise.all([...threads].map((thread) => thread.end()));
      threads.clear();
    },
  };
};
