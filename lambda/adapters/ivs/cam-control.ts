import {
  ChannelNotBroadcasting,
  CreateStreamKeyCommand,
  DeleteStreamKeyCommand,
  GetChannelCommand,
  type IvsClient,
  ListStreamKeysCommand,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  StopStreamCommand,
} from '@aws-sdk/client-ivs';
import type { CamControl } from '../../domain/pipelines/cam-control.ts';
import { ConflictError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';
import { onChannel } from './on-channel.ts';

const keyExists = (channelArn: string, cause: unknown): ConflictError =>
  new ConflictError({ code: 'stream-key-exists', message: `channel ${channelArn} has a stream key, expected none: delete it first`, details: { channelArn }, cause });

/**
 * Stream keys and streams of IVS's channels. A key carries its channel's tags, which roles go by. IAM: ivs:GetChannel, ListStreamKeys and
 * StopStream on channels by tag; ivs:CreateStreamKey, DeleteStreamKey and TagResource on stream keys by tag.
 */
export const ivsCamControl = (client: IvsClient): CamControl => {
  const keyArn = (channelArn: string): Promise<string | undefined> =>
    onChannel(channelArn, async () => {
      const { streamKeys = [] } = await client.send(new ListStreamKeysCommand({ channelArn }));
      return streamKeys[0]?.arn;
    });
  return {
    keyArn,
    createKey: (channelArn) =>
      onChannel(channelArn, async () => {
        const { channel } = await client.send(new GetChannelCommand({ arn: channelArn }));
        try {
          const { streamKey } = await client.send(new CreateStreamKeyCommand({ channelArn, tags: channel?.tags ?? {} }));
          const { arn, value } = streamKey ?? {};
          if (arn === undefined || value === undefined) throw new Error(`IVS made a stream key of ${channelArn} and did not tell it: try again`);
          return { keyArn: arn, value };
        } catch (error) {
          throw error instanceof ServiceQuotaExceededException ? keyExists(channelArn, error) : error;
        }
      }),
    async deleteKey(channelArn) {
      const arn = await keyArn(channelArn);
      if (arn === undefined) return;
      try {
        await calling('ivs', () => client.send(new DeleteStreamKeyCommand({ arn })));
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    },
    stopStream: (channelArn) =>
      onChannel(channelArn, async () => {
        try {
          await client.send(new StopStreamCommand({ channelArn }));
        } catch (error) {
          if (!(error instanceof ChannelNotBroadcasting)) throw error;
        }
      }),
  };
};
