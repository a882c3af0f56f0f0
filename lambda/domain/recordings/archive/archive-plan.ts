import type { Interval } from '../../usage/calendar-month.ts';
import { archivedFiles, type ArchivedFile, type ArchivedRun } from './archived-file.ts';
import { chooseCopies } from './choose-copies.ts';
import { clipped, namePrecisionMilliseconds } from './clip-file.ts';
import { totalLength, uncovered, union } from './intervals.ts';

/** What a recording is made of, and what is wrong with it. */
export interface ArchivePlan {
  /** In the order in which they are joined. */
  readonly files: readonly ArchivedFile[];
  /** When a channel ran and nothing is archived. */
  readonly gaps: readonly Interval[];
  /** What two runs have archived at once. It is used once: of the earlier run. */
  readonly overlaps: readonly Interval[];
}

/** Names carry whole seconds, and an encoder needs its time between RUNNING and the first picture, and to stop. */
const toleranceMilliseconds = 30_000;

const isWorthTelling = (interval: Interval): boolean => totalLength([interval]) > toleranceMilliseconds;

interface Joined {
  readonly files: readonly ArchivedFile[];
  readonly overlaps: readonly Interval[];
}

/** A run after those before it: what they have archived already is clipped. */
const joined = ({ files, overlaps }: Joined, run: readonly ArchivedFile[]): Joined => {
  const end = Math.max(...files.map(({ to }) => to));
  const isNew = ({ from, to }: ArchivedFile): boolean => from >= end || to - end > namePrecisionMilliseconds;
  const twice = run.filter(({ from }) => from < end).map(({ from, to }) => ({ from, to: Math.min(to, end) }));
  return {
    files: [...files, ...run.filter(isNew).map((file) => clipped(file, { from: Math.max(file.from, end), to: file.to }))],
    overlaps: [...overlaps, ...union(twice)],
  };
};

/**
 * Orders the archive of all runs of a show, run after run, one copy of each and every moment once, and tells what is
 * missing and what was there twice, each of more than 30 seconds. A run of which there is nothing is one gap.
 */
export const planArchive = (runs: readonly ArchivedRun[]): ArchivePlan => {
  const perRun = runs.map((run) => ({ ran: run.ran, files: chooseCopies(archivedFiles(run)) }));
  const { files, overlaps } = perRun.reduce<Joined>((before, run) => joined(before, run.files), { files: [], overlaps: [] });
  return {
    files,
    gaps: perRun.flatMap((run) => uncovered(run.ran, run.files)).filter(isWorthTelling),
    overlaps: overlaps.filter(isWorthTelling),
  };
};
