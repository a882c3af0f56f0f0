import type { ChannelRun } from '../../breakouts/channel-run.ts';
import type { StoredObject } from '../../usage/meters/storage-meter.ts';
import { readArchiveName } from './archive-name.ts';

/** Names carry whole seconds, and the encoder's clock is not ours: another show is at least a minute away. */
const slackMilliseconds = 5_000;

/**
 * The archive's objects that a run wrote, by key: the time in their names, which makes a restart overwrite nothing,
 * lies in the run. `until` bounds a run whose end is not known.
 */
export const objectsOfRun = (objects: readonly StoredObject[], keyPrefix: string, run: ChannelRun, until: number): readonly StoredObject[] => {
  const from = Date.parse(run.requestedAt) - slackMilliseconds;
  const to = (run.ended ? Date.parse(run.ended.at) : until) + slackMilliseconds;
  return objects
    .filter(({ key }) => {
      const at = readArchiveName(key, keyPrefix)?.beganAt;
      return at !== undefined && at >= from && at <= to;
    })
    .sort((left, right) => (left.key < right.key ? -1 : 1));
};
