import { readFileSync, readdirSync } from 'node:fs';

/** A process as Linux describes it. */
export interface ProcessSample {
  readonly pid: number;
  readonly name: string;
  readonly cpuSeconds: number;
  readonly residentBytes: number;
}

interface Listed extends ProcessSample {
  readonly parent: number;
}

// USER_HZ is 100 on every Linux that Node runs on.
const ticksPerSecond = 100;
const mediaPrograms = new Set(['ffmpeg', 'ffprobe']);

/** Fields of /proc/<pid>/stat after the name, which may hold anything: state is the first. */
const parent = 1;
const userTicks = 11;
const systemTicks = 12;

const readProcess = (pid: number): Listed | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [start, end] = [stat.indexOf('('), stat.lastIndexOf(')')];
    const fields = stat.slice(end + 2).split(' ').map(Number);
    const resident = /^VmRSS:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return {
      pid,
      name: stat.slice(start + 1, end),
      parent: fields[parent] ?? 0,
      cpuSeconds: ((fields[userTicks] ?? 0) + (fields[systemTicks] ?? 0)) / ticksPerSecond,
      residentBytes: Number(resident ?? 0) * 1024,
    };
  } catch {
    // It ended between being listed and being read.
    return undefined;
  }
};

/** A process and all that descend from it, as they are now. */
export const processTree = (root: number): readonly ProcessSample[] => {
  const all = readdirSync('/proc').filter((name) => /^\d+$/u.test(name)).map((name) => readProcess(Number(name))).filter((each) => each !== undefined);
  const found = all.filter(({ pid }) => pid === root);
  // Appending while iterating walks the tree breadth first.
  for (const each of found) found.push(...all.filter((other) => other.parent === each.pid));
  return found;
};

/** Whether a process encodes or probes media. */
export const isMedia = ({ name }: ProcessSample): boolean => mediaPrograms.has(name);

/** Bytes resident in the processes of a tree that are not media programs; pages that they share count once each. */
export const residentBytesWithoutMedia = (root: number): number =>
  processTree(root).filter((each) => !isMedia(each)).reduce((sum, { residentBytes }) => sum + residentBytes, 0);
