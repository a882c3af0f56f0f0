import type * as sdk from '@aws-sdk/client-ivs';
import type { Operations } from '../../../gateway/define-service.ts';
import { arnOf, idOf } from '../arns.ts';
import { tagsFrom } from '../checks.ts';
import { onResource, resourceOf, type ControlPlane } from '../control-plane.ts';
import { pageOf } from '../page-of.ts';
import { batchOf } from './batch-of.ts';
import { streamKeyShown } from './describe-channel.ts';
import { newStreamKey } from './new-stream-key.ts';

/** Operations on stream keys: one a channel. An encoder that is connected stays when its key is deleted. */
export const streamKeyOperations = (plane: ControlPlane): Operations<typeof sdk> => {
  const { records, owner } = plane;
  const existing = (arn: string) => resourceOf(records.streamKeys, 'stream-key', arn);

  return {
    CreateStreamKey: {
      permissions: (_, caller) => [{ action: 'ivs:CreateStreamKey', resources: [arnOf(caller, 'stream-key')] }],
      handle: ({ channelArn, tags }) => {
        const { id } = resourceOf(records.channels, 'channel', channelArn);
        return { streamKey: streamKeyShown(newStreamKey(plane, id, tagsFrom(tags)), plane) };
      },
    },
    GetStreamKey: { permissions: onResource('GetStreamKey'), handle: ({ arn }) => ({ streamKey: streamKeyShown(existing(arn), plane) }) },
    BatchGetStreamKey: {
      permissions: ({ arns }) => [{ action: 'ivs:BatchGetStreamKey', resources: arns }],
      handle: ({ arns }) => {
        const { items, errors } = batchOf(records.streamKeys, arns);
        return { streamKeys: items.map((key) => streamKeyShown(key, plane)), errors };
      },
    },
    ListStreamKeys: {
      permissions: ({ channelArn }) => [{ action: 'ivs:ListStreamKeys', resources: [channelArn] }],
      handle: ({ channelArn, ...page }) => {
        const { id } = resourceOf(records.channels, 'channel', channelArn);
        const { items, next } = pageOf([...records.streamKeys.values()].filter(({ channelId }) => channelId === id), page);
        return { streamKeys: items.map((key) => ({ arn: arnOf(owner, 'stream-key', key.id), channelArn, tags: { ...key.tags } })), ...next };
      },
    },
    DeleteStreamKey: {
      permissions: onResource('DeleteStreamKey'),
      handle: ({ arn }) => {
        existing(arn);
        records.streamKeys.delete(idOf(arn));
        return {};
      },
    },
  };
};
