import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

const options = ['--log-format=CLOUDFRONT', '--date-format=%Y-%m-%d', '--time-format=%H:%M:%S', '--no-progress', '--output-format=json', '-'];

/** Seconds that goaccess takes for a compressed log, from its standard input; undefined where it is not installed. */
export const goaccessSeconds = async (file: string, signal: AbortSignal): Promise<number | undefined> => {
  const began = performance.now();
  const program = spawn('goaccess', options, { stdio: ['pipe', 'ignore', 'ignore'], signal });
  try {
    await once(program, 'spawn');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const ended = once(program, 'close');
  await pipeline(createReadStream(file), createGunzip(), program.stdin);
  await ended;
  if (program.exitCode !== 0) throw new Error(`goaccess ended with ${String(program.exitCode ?? program.signalCode)}`);
  return (performance.now() - began) / 1000;
};
