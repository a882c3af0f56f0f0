import type { Permission } from '../../../gateway/service.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import { notFound } from '../faults.ts';
import type { ChannelRecord, MediaLiveRecords } from '../records.ts';

/** Looks a channel up. @throws NotFoundException */
export const existingChannel = (records: MediaLiveRecords) => (id: string): ChannelRecord => {
  const channel = records.channels.get(id);
  if (channel === undefined) throw notFound('channel', id);
  return channel;
};

/** What a call on one channel needs to be allowed. */
export const onChannel = (action: string) => ({ ChannelId }: { readonly ChannelId: string }, owner: ResourceOwner): readonly Permission[] =>
  [{ action: `medialive:${action}`, resources: [arnOf(owner, 'channel', ChannelId)] }];
