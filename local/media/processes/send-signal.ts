import type { ChildProcess } from 'node:child_process';

/**
 * Signals a child process, if it ever started. Node keeps no process id of one that could not be started, and until that error
 * is reported its own `kill` signals whatever number stands there: 0 is this whole process group.
 */
export const sendSignal = (child: ChildProcess | undefined, signal: NodeJS.Signals): void => {
  if (child?.pid !== undefined) child.kill(signal);
};
