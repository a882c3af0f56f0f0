import type { Interval } from '../../usage/calendar-month.ts';
import type { ArchivedFile } from './archived-file.ts';

/** What of a file is used, milliseconds from its own beginning. Absent ends are the file's. */
export interface FileClip {
  readonly fromMilliseconds?: number;
  readonly toMilliseconds?: number;
}

/** Names carry whole seconds, each rounded on its own: nearer edges than that are the same. */
export const namePrecisionMilliseconds = 2_000;

/** The part of a file that lies in an interval; an edge that is as near as names are exact stays where it is. */
export const clipped = (file: ArchivedFile, { from, to }: Interval): ArchivedFile => {
  const start = from - file.from > namePrecisionMilliseconds ? from : file.from;
  const end = file.to - to > namePrecisionMilliseconds ? to : file.to;
  const began = file.from - (file.clip?.fromMilliseconds ?? 0);
  const clip: FileClip = {
    ...file.clip,
    ...(start === file.from ? {} : { fromMilliseconds: start - began }),
    ...(end === file.to ? {} : { toMilliseconds: end - began }),
  };
  return { ...file, from: start, to: end, ...(Object.keys(clip).length === 0 ? {} : { clip }) };
};
