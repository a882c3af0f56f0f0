import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { folderStateStore, type StateStore } from '../runtime/state/collection.ts';

/** Where a platform keeps what it has. */
export interface DataFolder {
  readonly path: string;
  readonly state: StateStore;
  /** Lets another platform use the folder; removes it when nobody asked to keep it. */
  release(): void;
}

const systemErrorSchema = z.object({ code: z.string(), message: z.string() });

const neededBytes = 512 * 1024 * 1024;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

const rejectUsed = (lock: string, path: string): void => {
  const pid = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : undefined;
  if (pid !== undefined && pid !== process.pid && isAlive(pid)) {
    throw new Error(`the data folder ${path} is used by another platform (process ${pid}): stop that one, or choose another folder with --data`);
  }
};

const freeBytesOf = (path: string): number => {
  const { bavail, bsize } = statfsSync(path);
  return bavail * bsize;
};

const rejectFull = (path: string, freeBytes: number): void => {
  const freeMegabytes = Math.floor(freeBytes / 1024 ** 2);
  if (freeBytes < neededBytes) throw new Error(`too little space in ${path}: ${freeMegabytes} MB are free, ${neededBytes / 1024 ** 2} MB are needed; free some, or choose another folder with --data`);
};

/**
 * Opens the folder, creating it when it is not there; without one, a temporary folder that is removed at the end.
 * @throws Error when another platform uses it, it cannot be written or the disk is nearly full.
 */
export const openDataFolder = (kept: string | undefined, freeBytes: (path: string) => number = freeBytesOf): DataFolder => {
  const path = kept ?? mkdtempSync(join(tmpdir(), 'visionstream-'));
  const lock = join(path, 'platform.pid');
  try {
    mkdirSync(path, { recursive: true });
    rejectUsed(lock, path);
    rejectFull(path, freeBytes(path));
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    if (kept === undefined) rmSync(path, { recursive: true, force: true });
    const { success, data } = systemErrorSchema.safeParse(error);
    if (success) throw new Error(`the data folder ${path} cannot be used: ${data.message}`, { cause: error });
    throw error;
  }
  return {
    path,
    state: folderStateStore(join(path, 'state')),
    release: () => (kept === undefined ? rmSync(path, { recursive: true, force: true }) : rmSync(lock, { force: true })),
  };
};
