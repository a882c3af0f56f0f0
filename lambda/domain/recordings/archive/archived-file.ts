import type { StoredObject } from '../../usage/meters/storage-meter.ts';
import type { Interval } from '../../usage/calendar-month.ts';
import type { FileClip } from './clip-file.ts';
import { readArchiveName, type ArchiveName } from './archive-name.ts';

/** A file of an archive and the time of it that is used, half-open, milliseconds since the epoch. */
export interface ArchivedFile extends Interval {
  readonly bucket: string;
  readonly key: string;
  readonly bytes: bigint;
  readonly copy: string;
  /** Absent = all of it is used. */
  readonly clip?: FileClip;
}

/** Where a run's files are, and when it ran. */
export interface ArchivedRun {
  readonly bucket: string;
  readonly keyPrefix: string;
  /** A new file begins after so long. */
  readonly rolloverMilliseconds: number;
  /** The run: what the archive should hold. */
  readonly ran: Interval;
  readonly objects: readonly StoredObject[];
}

type NamedObject = ArchiveName & StoredObject;

const seriesOf = (objects: readonly NamedObject[]): readonly (readonly NamedObject[])[] => [
  ...Map.groupBy(objects, ({ copy, beganAt }) => `${beganAt} ${copy}`).values(),
];

/**
 * A series' files with their times: each is as long as the rollover, the last ends with the run at the latest, and all
 * end when the same encoder begins its next series. A file that was cut short (a discontinuity begins a new one) makes
 * those after it seem later than they are, never earlier.
 */
const timed = (series: readonly NamedObject[], { bucket, rolloverMilliseconds, ran }: ArchivedRun, nextBeganAt: number): readonly ArchivedFile[] => {
  const ordered = series.toSorted((one, other) => one.sequence - other.sequence);
  return ordered.map(({ key, bytes, copy, beganAt, sequence }, index) => {
    const from = Math.min(beganAt + sequence * rolloverMilliseconds, nextBeganAt);
    const to = Math.min(from + rolloverMilliseconds, nextBeganAt);
    const isLast = index === ordered.length - 1;
    return { bucket, key, bytes, copy, from, to: isLast && ran.to > from ? Math.min(to, ran.to) : to };
  });
};

/** When the encoder of a series began its next one; never = Infinity. */
const nextBeganAt = (series: readonly NamedObject[], named: readonly NamedObject[]): number =>
  Math.min(...named.filter(({ copy, beganAt }) => copy === series[0]?.copy && beganAt > series[0].beganAt).map(({ beganAt }) => beganAt));

/** The files of a run by time, with the time that each holds by its name. What is no archive file is left out. */
export const archivedFiles = (run: ArchivedRun): readonly ArchivedFile[] => {
  const named = run.objects.flatMap((object) => {
    const name = readArchiveName(object.key, run.keyPrefix);
    return name === undefined ? [] : [{ ...object, ...name }];
  });
  return seriesOf(named)
    .flatMap((series) => timed(series, run, nextBeganAt(series, named)))
    .toSorted((one, other) => one.from - other.from || (one.key < other.key ? -1 : 1));
};
