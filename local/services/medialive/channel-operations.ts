import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../gateway/define-service.ts';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';
import { arnOf } from './arns.ts';
import { pipelinesRunning } from './channel-lifecycle.ts';
import type { ControlPlane } from './control-plane.ts';
import { conflict, notFound, unprocessable } from './faults.ts';
import { channelsOfInput, type ChannelDeclaration, type ChannelRecord } from './records.ts';
import { reasonOf } from './run/encoded-piece.ts';
import { readChannelPlan } from './settings/read-channel-plan.ts';

/** Operations on channels. */
export const channelOperations = (controlPlane: ControlPlane): Operations<typeof sdk> => {
  const { records, lifecycle, newId } = controlPlane;
  const existing = (id: string): ChannelRecord => {
    const channel = records.channels.get(id);
    if (channel === undefined) throw notFound('channel', id);
    return channel;
  };
  const permission = (action: string) => (input: { readonly ChannelId: string }, owner: ResourceOwner) =>
    [{ action: `medialive:${action}`, resources: [arnOf(owner, 'channel', input.ChannelId)] }];
  const passing = (roleArn: string | undefined) => (roleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [roleArn] }]);

  return {
    CreateChannel: {
      permissions: ({ RoleArn }, owner) => [{ action: 'medialive:CreateChannel', resources: [arnOf(owner, 'channel')] }, ...passing(RoleArn)],
      handle: (input, owner) => {
        const earlier = [...records.channels.values()].find(({ requestId }) => requestId !== undefined && requestId === input.RequestId);
        if (earlier !== undefined) return { Channel: describeChannel(earlier, owner) };
        const { Tags: tags = {}, RequestId: requestId, ...declaration } = input;
        check(controlPlane, declaration);
        const channel: ChannelRecord = { id: newId(), state: 'CREATING', declaration: { ChannelClass: 'SINGLE_PIPELINE', ...declaration }, tags, ...(requestId === undefined ? {} : { requestId }) };
        return { Channel: describeChannel(lifecycle.create(channel), owner) };
      },
    },
    UpdateChannel: {
      permissions: ({ RoleArn, ChannelId }, owner) => [{ action: 'medialive:UpdateChannel', resources: [arnOf(owner, 'channel', ChannelId)] }, ...passing(RoleArn)],
      handle: ({ ChannelId, ...changes }, owner) => {
        const before = existing(ChannelId);
        const declaration: ChannelDeclaration = { ...before.declaration, ...changes };
        check(controlPlane, declaration, ChannelId);
        return { Channel: describeChannel(lifecycle.update({ ...before, declaration }), owner) };
      },
    },
    DescribeChannel: { permissions: permission('DescribeChannel'), handle: ({ ChannelId }, owner) => describeChannel(existing(ChannelId), owner) },
    ListChannels: {
      permissions: (_, owner) => [{ action: 'medialive:ListChannels', resources: [arnOf(owner, 'channel')] }],
      handle: (_, owner) => ({ Channels: [...records.channels.values()].filter(({ state }) => state !== 'DELETED').map((channel) => summarise(channel, owner)) }),
    },
    StartChannel: { permissions: permission('StartChannel'), handle: ({ ChannelId }, owner) => describeChannel(lifecycle.start(existing(ChannelId)), owner) },
    StopChannel: { permissions: permission('StopChannel'), handle: ({ ChannelId }, owner) => describeChannel(lifecycle.stop(existing(ChannelId)), owner) },
    DeleteChannel: { permissions: permission('DeleteChannel'), handle: ({ ChannelId }, owner) => describeChannel(lifecycle.delete(existing(ChannelId)), owner) },
  };
};

/** Throws what MediaLive answers to a declaration that cannot run: 422 with every element, 409 for an input in use. */
const check = ({ records, roles }: ControlPlane, declaration: ChannelDeclaration, ownId?: string): void => {
  const read = readChannelPlan(declaration);
  if ('problems' in read) throw unprocessable(read.problems);
  for (const [index, { InputId = '' }] of (declaration.InputAttachments ?? []).entries()) {
    if (records.inputs.get(InputId) === undefined) throw unprocessable([{ elementPath: `/inputAttachments[${index}]/inputId`, message: `input ${InputId} does not exist` }]);
    const other = channelsOfInput(records, InputId).find(({ id }) => id !== ownId);
    if (other !== undefined) throw conflict(`input ${InputId} is attached to channel ${other.id} already`);
  }
  try {
    roles.assume(read.plan.roleArn, 'medialive.amazonaws.com', 'validation');
  } catch (error) {
    throw unprocessable([{ elementPath: '/roleArn', message: reasonOf(error) }]);
  }
};

const summarise = ({ id, state, declaration, tags }: ChannelRecord, owner: ResourceOwner) => {
  const { EncoderSettings: _, ...rest } = declaration;
  return { ...rest, Id: id, Arn: arnOf(owner, 'channel', id), State: state, Tags: { ...tags }, PipelinesRunningCount: pipelinesRunning({ id, state, declaration, tags }), EgressEndpoints: [{ SourceIp: '127.0.0.1' }] };
};

const describeChannel = (channel: ChannelRecord, owner: ResourceOwner) => {
  const { EncoderSettings, InputAttachments } = channel.declaration;
  const active = InputAttachments?.[0]?.InputAttachmentName;
  return {
    ...summarise(channel, owner),
    ...(EncoderSettings === undefined ? {} : { EncoderSettings }),
    PipelineDetails: channel.state === 'RUNNING' ? [{ PipelineId: '0', ...(active === undefined ? {} : { ActiveInputAttachmentName: active }) }] : [],
  };
};
