import type * as sdk from '@aws-sdk/client-ivs';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf, idOf, randomLetters } from '../arns.ts';
import { tagsFrom } from '../checks.ts';
import { onResource, resourceOf, type ControlPlane } from '../control-plane.ts';
import { conflict, overQuota } from '../faults.ts';
import { quotas } from '../limits.ts';
import { pageOf } from '../page-of.ts';
import { openSessionOf, streamKeyOf, type ChannelRecord } from '../records.ts';
import { batchOf } from './batch-of.ts';
import { channelOf, streamKeyShown, summaryOf } from './describe-channel.ts';
import { newStreamKey } from './new-stream-key.ts';
import { readChannel } from './read-channel.ts';

/** Operations on channels. A new one has its stream key with it. */
export const channelOperations = (plane: ControlPlane): Operations<typeof sdk> => {
  const { records, owner } = plane;
  const existing = (arn: string): ChannelRecord => resourceOf(records.channels, 'channel', arn);
  const onKinds = (action: string) => (_: object, caller: ResourceOwner) => [{ action: `ivs:${action}`, resources: [arnOf(caller, 'channel')] }];
  const refuseLive = ({ id }: ChannelRecord, change: string): void => {
    if (openSessionOf(records, id) !== undefined) throw conflict(`channel ${arnOf(owner, 'channel', id)} is live: stop its stream and wait for its end, then ${change} it`);
  };

  return {
    CreateChannel: {
      permissions: (_, caller) => [{ action: 'ivs:CreateChannel', resources: [arnOf(caller, 'channel'), arnOf(caller, 'stream-key')] }],
      handle: (input) => {
        if ([...records.channels.values()].length >= quotas.channels) throw overQuota('channels', quotas.channels);
        const channel = { id: randomLetters(12), ...readChannel(records, input), tags: tagsFrom(input.tags) };
        records.channels.put(channel.id, channel);
        const key = newStreamKey(plane, channel.id, channel.tags);
        return { channel: channelOf(channel, plane), streamKey: streamKeyShown(key, plane) };
      },
    },
    GetChannel: { permissions: onResource('GetChannel'), handle: ({ arn }) => ({ channel: channelOf(existing(arn), plane) }) },
    BatchGetChannel: {
      permissions: ({ arns }) => [{ action: 'ivs:BatchGetChannel', resources: arns }],
      handle: ({ arns }) => {
        const { items, errors } = batchOf(records.channels, arns);
        return { channels: items.map((channel) => channelOf(channel, plane)), errors };
      },
    },
    UpdateChannel: {
      permissions: onResource('UpdateChannel'),
      handle: (input) => {
        const { id, tags, ...before } = existing(input.arn);
        refuseLive({ id, tags, ...before }, 'update');
        const channel = { id, tags, ...readChannel(records, input, before) };
        records.channels.put(id, channel);
        return { channel: channelOf(channel, plane) };
      },
    },
    ListChannels: {
      permissions: onKinds('ListChannels'),
      handle: ({ filterByName, filterByRecordingConfigurationArn, ...page }) => {
        const all = [...records.channels.values()].filter(
          ({ name, recordingConfigurationArn }) => (filterByName === undefined || name === filterByName) && (filterByRecordingConfigurationArn === undefined || recordingConfigurationArn === filterByRecordingConfigurationArn),
        );
        const { items, next } = pageOf(all, page);
        return { channels: items.map((channel) => summaryOf(channel, plane)), ...next };
      },
    },
    DeleteChannel: {
      permissions: onResource('DeleteChannel'),
      handle: ({ arn }) => {
        refuseLive(existing(arn), 'delete');
        const key = streamKeyOf(records, idOf(arn));
        if (key !== undefined) records.streamKeys.delete(key.id);
        records.channels.delete(idOf(arn));
        return {};
      },
    },
  };
};
