import type { LogSink } from '../runtime/ports.ts';

/** What is written goes to all of them, in order. */
export const logSinks = (sinks: readonly LogSink[]): LogSink => ({
  write: (entry) => {
    for (const sink of sinks) sink.write(entry);
  },
});
