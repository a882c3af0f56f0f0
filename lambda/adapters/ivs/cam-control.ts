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
 * The tags that a caller may give. A channel that a template made may carry CloudFormation's own as well, `aws:cloudformation:stack-name` and others,
 * and whoever gives such is refused: keys that begin with `aws:` in any case are AWS's.
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
const givableTags = (tags: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !key.toLowerCase().startsWith('aws:')));

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
          const { streamKey } = await client.send(new CreateStreamKeyCommand({ channelArn, tags: givableTags(channel?.tags) }));
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
