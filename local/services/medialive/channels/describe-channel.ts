import type { Channel, ChannelSummary } from '@aws-sdk/client-medialive';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { Engine } from '../engine.ts';
import type { ChannelRecord } from '../records.ts';

/** How many of a channel's pipelines are healthy: none before it runs. */
export const pipelinesRunning = (engine: Engine, { id, state }: ChannelRecord): number =>
  state === 'RUNNING' || state === 'RECOVERING' ? (engine.run(id)?.healthyPipelines ?? 0) : 0;

/** A channel as lists show it. */
export const summariseChannel = (engine: Engine, channel: ChannelRecord, owner: ResourceOwner): ChannelSummary => {
  const { id, state, declaration, tags } = channel;
  const { EncoderSettings: _, ...rest } = declaration;
  return { ...rest, Id: id, Arn: arnOf(owner, 'channel', id), State: state, Tags: { ...tags }, PipelinesRunningCount: pipelinesRunning(engine, channel), EgressEndpoints: [{ SourceIp: '127.0.0.1' }] };
};

/** A channel with what its pipelines do now. */
export const describeChannel = (engine: Engine, channel: ChannelRecord, owner: ResourceOwner): Channel => {
  const { EncoderSettings } = channel.declaration;
  const isRunning = channel.state === 'RUNNING' || channel.state === 'RECOVERING';
  return {
    ...summariseChannel(engine, channel, owner),
    ...(EncoderSettings === undefined ? {} : { EncoderSettings }),
    PipelineDetails: (isRunning ? (engine.run(channel.id)?.pipelines ?? []) : []).map(({ id, activeInput, switchAction }) => ({
      PipelineId: id,
      ...(activeInput === undefined ? {} : { ActiveInputAttachmentName: activeInput }),
      ...(switchAction === undefined ? {} : { ActiveInputSwitchActionName: switchAction }),
    })),
  };
};
