import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../../gateway/define-service.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { ControlPlane } from '../control-plane.ts';
import type { ChannelDeclaration, ChannelRecord } from '../records.ts';
import { checkDeclaration } from './check-declaration.ts';
import { describeChannel, summariseChannel } from './describe-channel.ts';
import { existingChannel, onChannel } from './existing-channel.ts';

/** Operations on channels. */
export const channelOperations = (controlPlane: ControlPlane): Operations<typeof sdk> => {
  const { records, lifecycle, engine, newId, quotas } = controlPlane;
  const existing = existingChannel(records);
  const passing = (roleArn: string | undefined) => (roleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [roleArn] }]);
  const shown = (channel: ChannelRecord, owner: ResourceOwner) => describeChannel(engine, channel, owner);
  const present = (): readonly ChannelRecord[] => [...records.channels.values()].filter(({ state }) => state !== 'DELETED');

  return {
    CreateChannel: {
      permissions: ({ RoleArn }, owner) => [{ action: 'medialive:CreateChannel', resources: [arnOf(owner, 'channel')] }, ...passing(RoleArn)],
      handle: (input, owner) => {
        const earlier = [...records.channels.values()].find(({ requestId }) => requestId !== undefined && requestId === input.RequestId);
        if (earlier !== undefined) return { Channel: shown(earlier, owner) };
        const { Tags: tags = {}, RequestId: requestId, ...rest } = input;
        const declaration: ChannelDeclaration = { ChannelClass: 'STANDARD', ...rest };
        checkDeclaration(controlPlane, declaration);
        quotas.admit('channels', present().length);
        const channel: ChannelRecord = { id: newId(), state: 'CREATING', declaration, tags, ...(requestId === undefined ? {} : { requestId }) };
        return { Channel: shown(lifecycle.create(channel), owner) };
      },
    },
    UpdateChannel: {
      permissions: ({ RoleArn, ChannelId }, owner) => [{ action: 'medialive:UpdateChannel', resources: [arnOf(owner, 'channel', ChannelId)] }, ...passing(RoleArn)],
      handle: ({ ChannelId, ...changes }, owner) => {
        const before = existing(ChannelId);
        const declaration: ChannelDeclaration = { ...before.declaration, ...changes };
        checkDeclaration(controlPlane, declaration, ChannelId);
        return { Channel: shown(lifecycle.update({ ...before, declaration }), owner) };
      },
    },
    UpdateChannelClass: {
      permissions: onChannel('UpdateChannelClass'),
      handle: ({ ChannelId, ChannelClass, Destinations }, owner) => {
        const before = existing(ChannelId);
        const declaration: ChannelDeclaration = { ...before.declaration, ChannelClass, ...(Destinations === undefined ? {} : { Destinations }) };
        checkDeclaration(controlPlane, declaration, ChannelId);
        return { Channel: shown(lifecycle.update({ ...before, declaration }), owner) };
      },
    },
    DescribeChannel: { permissions: onChannel('DescribeChannel'), handle: ({ ChannelId }, owner) => shown(existing(ChannelId), owner) },
    ListChannels: {
      permissions: (_, owner) => [{ action: 'medialive:ListChannels', resources: [arnOf(owner, 'channel')] }],
      handle: (_, owner) => ({ Channels: present().map((channel) => summariseChannel(engine, channel, owner)) }),
    },
    StartChannel: { permissions: onChannel('StartChannel'), handle: ({ ChannelId }, owner) => shown(lifecycle.start(existing(ChannelId)), owner) },
    StopChannel: { permissions: onChannel('StopChannel'), handle: ({ ChannelId }, owner) => shown(lifecycle.stop(existing(ChannelId)), owner) },
    DeleteChannel: { permissions: onChannel('DeleteChannel'), handle: ({ ChannelId }, owner) => shown(lifecycle.delete(existing(ChannelId)), owner) },
  };
};
