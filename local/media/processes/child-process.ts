import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { setPriority } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import { sendSignal } from './send-signal.ts';

/** How a program ended, with the last lines of what it complained about. */
export interface ExitReport {
  /** The exit status, or the signal that ended it. */
  readonly status: number | NodeJS.Signals;
  readonly complaint: string;
}

/** A program that this machine runs for us. Its end is a value, never an exception. */
export interface RunningProgram {
  readonly input: Writable;
  /** The extra pipes asked for, in order. */
  readonly pipes: readonly Readable[];
  /** Resolves when the program has ended and its pipes are drained. */
  readonly exit: Promise<ExitReport>;
  kill(): void;
}

const complaintCharacters = 2000;

/** On a scale to 19: what is live has nearly all of a processor that both want. */
const backgroundNiceness = 15;

/** Lets a program have the processor only when nothing that is live wants it. */
export const keepInBackground = ({ pid }: ChildProcess): void => {
  // Without an id it has not started, which its exit tells.
  if (pid === undefined) return;
  try {
    setPriority(pid, backgroundNiceness);
  } catch {
    // It has ended already.
  }
};

/** How a program is run. */
export interface ProgramOptions {
  /** How many pipes from descriptor 3 on. @default 0 */
  readonly pipeCount?: number;
  /** Whether it waits for what is live. @default false */
  readonly isInBackground?: boolean;
}

/** Runs a program with its standard input open and its standard error kept for the report. */
export const runProgram = (path: string, programArguments: readonly string[], { pipeCount = 0, isInBackground = false }: ProgramOptions = {}): RunningProgram => {
  const stdio: SpawnOptions['stdio'] = ['pipe', 'ignore', 'pipe', ...Array.from({ length: pipeCount }, () => 'pipe' as const)];
  const child = spawn(path, [...programArguments], { stdio });
  if (isInBackground) keepInBackground(child);
  const complaint = tailOf(child.stderr);
  if (child.stdin === null) throw new Error(`${path} was started without a standard input`);
  // Writing to a program that has ended is reported by its exit.
  child.stdin.on('error', () => undefined);
  return {
    input: child.stdin,
    pipes: Array.from({ length: pipeCount }, (_, index) => readablePipe(child, 3 + index)),
    exit: exitOf(child, complaint),
    kill: () => sendSignal(child, 'SIGKILL'),
  };
};

const readablePipe = (child: ChildProcess, descriptor: number): Readable => {
  const pipe = child.stdio[descriptor];
  if (pipe === null || pipe === undefined || !('read' in pipe)) throw new Error(`descriptor ${descriptor} of a child process is not readable`);
  return pipe;
};

const tailOf = (stream: Readable | null): (() => string) => {
  let tail = '';
  stream?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-complaintCharacters);
  });
  return () => tail.trim();
};

const exitOf = (child: ChildProcess, complaint: () => string): Promise<ExitReport> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve({ status: -1, complaint: error.message }));
    child.once('close', (code, signal) => resolve({ status: code ?? signal ?? -1, complaint: complaint() }));
  });
