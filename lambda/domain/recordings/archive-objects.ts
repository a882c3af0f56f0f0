import type { ChannelRun } from '../breakouts/channel-run.ts';
import type { StoredObject } from '../usage/meters/storage-meter.ts';

/** The UTC time that the encoder writes into a name for `$dt$`: `20261123T101530`. */
const writtenTime = /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)/;

const timeInName = (name: string): number | undefined => {
  const match = writtenTime.exec(name);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
};

/** Names carry whole seconds, and the encoder's clock is not ours: another show is at least a minute away. */
const slackMilliseconds = 5_000;

/**
 * The archive's objects that a run wrote, in the order in which they were written: the time in their names, which
 * makes a restart overwrite nothing, lies in the run. `until` bounds a run whose end is not known.
 */
export const objectsOfRun = (objects: readonly StoredObject[], keyPrefix: string, run: ChannelRun, until: number): readonly StoredObject[] => {
  const from = Date.parse(run.requestedAt) - slackMilliseconds;
  const to = (run.ended ? Date.parse(run.ended.at) : until) + slackMilliseconds;
  return objects
    .filter(({ key }) => {
      const at = key.startsWith(keyPrefix) ? timeInName(key.slice(keyPrefix.length)) : undefined;
      return at !== undefined && at >= from && at <= to;
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1));
};

/** A second copy that has so much more is the better one: two encodes of one programme differ by less. */
const clearlyMorePercent = 102n;

const bytesOf = (objects: readonly StoredObject[]): bigint => objects.reduce((sum, { bytes }) => sum + bytes, 0n);

const isMoreComplete = (one: readonly StoredObject[], other: readonly StoredObject[]): boolean =>
  one.length === other.length ? bytesOf(one) * 100n > bytesOf(other) * clearlyMorePercent : one.length > other.length;

/**
 * One copy of what a run archived. A STANDARD channel writes two, set apart by what their names have before the time:
 * the first is taken unless the second has more files, or clearly more bytes, because the first encoder failed.
 */
export const bestCopy = (objects: readonly StoredObject[], keyPrefix: string): readonly StoredObject[] => {
  const copies = Map.groupBy(objects, ({ key }) => key.slice(keyPrefix.length).split(writtenTime)[0] ?? '');
  const [first = [], ...others] = [...copies].sort(([one], [other]) => one.length - other.length).map(([, files]) => files);
  return others.reduce((best, next) => (isMoreComplete(next, best) ? next : best), first);
};
