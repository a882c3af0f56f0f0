import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { LogSink } from '../runtime/ports.ts';

/** The platform's own log: what functions print and what services could not do, one line of JSON each. */
export interface LogFile extends LogSink {
  readonly path: string;
  /** A fault that nobody is told of otherwise. */
  fault(source: string, message: string): void;
  close(): Promise<void>;
}

/** Appends to a file; what comes after the close is dropped. */
export const openLogFile = (path: string): LogFile => {
  const stream = createWriteStream(path, { flags: 'a' });
  const write = (at: number, source: string, message: string): void => {
    // A call in flight while the platform stops may fail after the log was closed.
    if (stream.writableEnded) return;
    stream.write(`${JSON.stringify({ at: new Date(at).toISOString(), source, message })}\n`);
  };
  return {
    path,
    write: ({ logGroupName, message, at }) => write(at, logGroupName, message),
    fault: (source, message) => write(Date.now(), source, message),
    close: async () => {
      stream.end();
      await once(stream, 'close');
    },
  };
};
