import { CreateChannelCommand, CreateInputCommand, CreateInputSecurityGroupCommand, DescribeChannelCommand, MediaLiveClient, UpdateInputSecurityGroupCommand } from '@aws-sdk/client-medialive';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, generatedName, required, commandOf, tagMap, type ResourceProvider } from '../resource-provider.ts';
import { waitFor } from '../wait-for.ts';

const whitelist = z.object({ WhitelistRules: z.array(z.object({ Cidr: z.string() })).default([]) });

/** AWS::MediaLive::InputSecurityGroup, Input and Channel: their properties are the API's input. */
export const mediaLiveProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new MediaLiveClient({ ...settings });
  const waitUntilIdle = (ChannelId: string): Promise<void> =>
    waitFor(`channel ${ChannelId} to be created`, async () => {
      const { State } = await client.send(new DescribeChannelCommand({ ChannelId }));
      if (State === 'CREATE_FAILED') throw new Error(`channel ${ChannelId} could not be created`);
      return State === 'IDLE';
    });
  return [
    {
      type: 'AWS::MediaLive::InputSecurityGroup',
      properties: enforced('WhitelistRules', 'Tags'),
      create: async (properties) => {
        const { WhitelistRules } = whitelist.parse(properties);
        const { SecurityGroup } = await client.send(new CreateInputSecurityGroupCommand({ WhitelistRules, Tags: tagMap(properties['Tags']) }));
        return { physicalId: required(SecurityGroup?.Id, 'the id'), attributes: { Arn: required(SecurityGroup?.Arn, 'the ARN') } };
      },
      // As CloudFormation does, only when the template has changed: what was added at run time is lost then.
      update: async (resource, properties) => {
        const { WhitelistRules } = whitelist.parse(properties);
        await client.send(new UpdateInputSecurityGroupCommand({ InputSecurityGroupId: resource.physicalId, WhitelistRules }));
        return resource;
      },
    },
    {
      type: 'AWS::MediaLive::Input',
      properties: enforced('Name', 'Type', 'Destinations', 'InputSecurityGroups', 'Vpc', 'RoleArn', 'Tags'),
      create: async (properties, context) => {
        const input = { ...properties, RequestId: generatedName(context, 64), Tags: tagMap(properties['Tags']) };
        const { Input } = await client.send(commandOf(CreateInputCommand, input));
        return { physicalId: required(Input?.Id, 'the id'), attributes: { Arn: required(Input?.Arn, 'the ARN') } };
      },
    },
    {
      type: 'AWS::MediaLive::Channel',
      properties: enforced('Name', 'ChannelClass', 'InputSpecification', 'InputAttachments', 'Destinations', 'EncoderSettings', 'RoleArn', 'LogLevel', 'Maintenance', 'Tags'),
      create: async (properties, context) => {
        const input = { ...properties, RequestId: generatedName(context, 64), Tags: tagMap(properties['Tags']) };
        const { Channel } = await client.send(commandOf(CreateChannelCommand, input));
        const physicalId = required(Channel?.Id, 'the id');
        await waitUntilIdle(physicalId);
        return { physicalId, attributes: { Arn: required(Channel?.Arn, 'the ARN') } };
      },
    },
  ];
};
