import { buffer } from 'node:stream/consumers';
import { runProgram } from './child-process.ts';

/** Where {@link readProgram} reads what a program makes, as ffmpeg names it. */
export const readPipe = 'pipe:3';

/**
 * What a program that runs to its end writes to {@link readPipe}.
 * @throws Error with its complaint when it cannot be started, fails or is aborted.
 */
export const readProgram = async (path: string, programArguments: readonly string[], signal: AbortSignal): Promise<Buffer> => {
  signal.throwIfAborted();
  const program = runProgram(path, programArguments, { pipeCount: 1 });
  const [output] = program.pipes;
  if (output === undefined) throw new Error(`${path} was started without a pipe to read from`);
  const kill = (): void => program.kill();
  signal.addEventListener('abort', kill);
  const [read, { status, complaint }] = await Promise.all([buffer(output), program.exit]).finally(() => signal.removeEventListener('abort', kill));
  signal.throwIfAborted();
  if (status !== 0) throw new Error(`${path} ended with ${status}: ${complaint}`);
  return read;
};
