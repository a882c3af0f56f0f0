import {
  ConflictException,
  DescribeChannelCommand,
  type DescribeChannelCommandOutput,
  type MediaLiveClient,
  NotFoundException,
  StartChannelCommand,
  StopChannelCommand,
} from '@aws-sdk/client-medialive';
import type { ChannelControl, ChannelState } from '../../domain/pipelines/channel-control.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { ConflictError, UnavailableError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';
import { channelStateOf } from './channel-state.ts';
import { ranChannelOf } from './ran-channel.ts';

/** The channels of MediaLive. IAM: medialive:DescribeChannel, StartChannel and StopChannel on channels by tag. */
export const mediaLiveChannelControl = (client: MediaLiveClient): ChannelControl => {
  const describe = async (ChannelId: string): Promise<DescribeChannelCommandOutput> => {
    try {
      return await calling('medialive', () => client.send(new DescribeChannelCommand({ ChannelId })));
    } catch (error) {
      throw error instanceof NotFoundException ? notFound('channel', ChannelId) : error;
    }
  };
  const state = async (channelId: string): Promise<ChannelState> => channelStateOf((await describe(channelId)).State);
  return {
    state,
    describe: async (channelId) => ranChannelOf(channelId, await describe(channelId)),
    async start(ChannelId) {
      try {
        await calling('medialive', () => client.send(new StartChannelCommand({ ChannelId })));
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error;
        const current = await state(ChannelId);
        if (current === 'STARTING' || current === 'RUNNING') return;
        throw new ConflictError({ code: 'channel-not-idle', message: `channel ${ChannelId} is ${current}, expected IDLE`, details: { state: current }, cause: error });
      }
    },
    async stop(ChannelId) {
      try {
        await calling('medialive', () => client.send(new StopChannelCommand({ ChannelId })));
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error;
        const current = await state(ChannelId);
        if (current === 'STOPPING' || current === 'IDLE') return;
        throw new UnavailableError({ code: 'channel-not-stoppable', message: `channel ${ChannelId} is ${current} and cannot be stopped yet: try again`, cause: error });
      }
    },
  };
};
