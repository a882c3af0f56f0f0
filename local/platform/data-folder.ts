import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStateStore, type StateStore } from '../runtime/state/collection.ts';

/** Where a platform keeps what it has. */
export interface DataFolder {
  readonly path: string;
  readonly state: StateStore;
  /** Lets another platform use the folder; removes it when nobody asked to keep it. */
  release(): void;
}

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

const rejectFull = (path: string): void => {
  const { bavail, bsize } = statfsSync(path);
  const freeMegabytes = Math.floor((bavail * bsize) / 1024 ** 2);
  if (bavail * bsize < neededBytes) throw new Error(`too little space in ${path}: ${freeMegabytes} MB are free, ${neededBytes / 1024 ** 2} MB are needed; free some, or choose another folder with --data`);
};

/**
 * Opens the folder, creating it when it is not there; without one, a temporary folder that is removed at the end.
 * @throws Error when another platform uses it, it cannot be written or the disk is nearly full.
 */
export const openDataFolder = (kept: string | undefined): DataFolder => {
  const path = kept ?? mkdtempSync(join(tmpdir(), 'visionstream-'));
  const lock = join(path, 'platform.pid');
  try {
    mkdirSync(path, { recursive: true });
    rejectUsed(lock, path);
    rejectFull(path);
    writeFileSync(lock, String(process.pid));
  } catch (error) {
    if (kept === undefined) rmSync(path, { recursive: true, force: true });
    if (error instanceof Error && 'code' in error) throw new Error(`the data folder ${path} cannot be used: ${error.message}`, { cause: error });
    throw error;
  }
  return {
    path,
    state: folderStateStore(join(path, 'state')),
    release: () => (kept === undefined ? rmSync(path, { recursive: true, force: true }) : rmSync(lock, { force: true })),
  };
};
