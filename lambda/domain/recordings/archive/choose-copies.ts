import type { ArchivedFile } from './archived-file.ts';
import { clipped, namePrecisionMilliseconds } from './clip-file.ts';
import { totalLength, uncovered } from './intervals.ts';

/** A second copy that has so much more is the better one: two encodes of one programme differ by less. */
const clearlyMorePercent = 102n;

const bytesOf = (files: readonly ArchivedFile[]): bigint => files.reduce((sum, { bytes }) => sum + bytes, 0n);

const isMoreComplete = (one: readonly ArchivedFile[], other: readonly ArchivedFile[]): boolean =>
  one.length === other.length ? bytesOf(one) * 100n > bytesOf(other) * clearlyMorePercent : one.length > other.length;

const copiesOf = (files: readonly ArchivedFile[]): readonly (readonly ArchivedFile[])[] =>
  [...Map.groupBy(files, ({ copy }) => copy)].sort(([one], [other]) => one.length - other.length).map(([, copy]) => copy);

/** What a file has that is not there already, as far as times by name can tell. */
const newOf = (file: ArchivedFile, chosen: readonly ArchivedFile[]): readonly ArchivedFile[] =>
  uncovered(file, chosen)
    .filter((stretch) => totalLength([stretch]) > namePrecisionMilliseconds)
    .map((stretch) => clipped(file, stretch));

const withFallback = (chosen: readonly ArchivedFile[], fallback: readonly ArchivedFile[]): readonly ArchivedFile[] =>
  fallback.reduce((files, file) => [...files, ...newOf(file, files)], chosen);

/**
 * One copy of what a run archived, by time. A STANDARD channel writes two: the first is taken, unless the second has
 * more files, or clearly more bytes, because the first encoder failed. What the taken copy has not is clipped from
 * the other.
 */
export const chooseCopies = (files: readonly ArchivedFile[]): readonly ArchivedFile[] => {
  const copies = copiesOf(files);
  const best = copies.reduce<readonly ArchivedFile[]>((taken, next) => (isMoreComplete(next, taken) ? next : taken), copies[0] ?? []);
  return copies
    .filter((copy) => copy !== best)
    .reduce(withFallback, best)
    .toSorted((one, other) => one.from - other.from || (one.key < other.key ? -1 : 1));
};
