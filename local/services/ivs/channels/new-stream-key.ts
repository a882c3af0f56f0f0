import { randomLetters } from '../arns.ts';
import type { ControlPlane } from '../control-plane.ts';
import { overQuota } from '../faults.ts';
import { quotas } from '../limits.ts';
import { streamKeyOf, type StreamKeyRecord } from '../records.ts';

/** Makes the stream key of a channel. @throws ServiceQuotaExceededException where it has one: delete it first */
export const newStreamKey = ({ records, owner }: Pick<ControlPlane, 'owner' | 'records'>, channelId: string, tags: Readonly<Record<string, string>> = {}): StreamKeyRecord => {
  if (streamKeyOf(records, channelId) !== undefined) throw overQuota('stream key of a channel', quotas.streamKeysOfChannel);
  const key = { id: randomLetters(12), channelId, value: `sk_${owner.region}_${randomLetters(12)}_${randomLetters(30)}`, tags };
  records.streamKeys.put(key.id, key);
  return key;
};
