import type { Interval } from '../../usage/calendar-month.ts';
import { archivedFiles, type ArchivedFile, type ArchivedRun } from './archived-file.ts';
import { chooseCopies } from './choose-copies.ts';
import { totalLength, uncovered } from './intervals.ts';

/** What a recording is made of, and what is wrong with it. */
export interface ArchivePlan {
  /** In the order in which they are joined. */
  readonly files: readonly ArchivedFile[];
  /** When a channel ran and nothing is archived. */
  readonly gaps: readonly Interval[];
  /** What is in the recording twice. */
  readonly overlaps: readonly Interval[];
}

/** Names carry whole seconds, and an encoder needs its time between RUNNING and the first picture, and to stop. */
const toleranceMilliseconds = 30_000;

const isWorthTelling = (interval: Interval): boolean => totalLength([interval]) > toleranceMilliseconds;

const overlapsOf = (files: readonly ArchivedFile[]): readonly Interval[] =>
  files
    .flatMap((file, index) => {
      const before = files[index - 1];
      return before === undefined ? [] : [{ from: Math.max(file.from, before.from), to: Math.min(file.to, before.to) }];
    })
    .filter(isWorthTelling);

/**
 * Orders the archive of all runs of a show, run after run, one copy of each, and tells what is missing and what is
 * there twice, each of more than 30 seconds. A run of which there is nothing is one gap.
 */
export const planArchive = (runs: readonly ArchivedRun[]): ArchivePlan => {
  const perRun = runs.map((run) => ({ ran: run.ran, files: chooseCopies(archivedFiles(run)) }));
  const files = perRun.flatMap((run) => run.files);
  return {
    files,
    gaps: perRun.flatMap((run) => uncovered(run.ran, run.files)).filter(isWorthTelling),
    overlaps: overlapsOf(files),
  };
};
