import { CreateChannelCommand, CreateOriginEndpointCommand, MediaPackageClient } from '@aws-sdk/client-mediapackage';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { enforced, required, commandOf, tagMap, type ResourceProvider } from '../resource-provider.ts';

/** AWS::MediaPackage::Channel and OriginEndpoint. */
export const mediaPackageProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new MediaPackageClient({ ...settings });
  return [
    {
      type: 'AWS::MediaPackage::Channel',
      properties: enforced('Id', 'Description', 'Tags'),
      create: async (properties) => {
        const { Id, Description } = z.object({ Id: z.string(), Description: z.string().optional() }).parse(properties);
        const { Arn } = await client.send(new CreateChannelCommand({ Id, Description, Tags: tagMap(properties['Tags']) }));
        return { physicalId: Id, attributes: { Arn: required(Arn, 'the ARN') } };
      },
    },
    {
      type: 'AWS::MediaPackage::OriginEndpoint',
      properties: enforced('Id', 'ChannelId', 'Description', 'Authorization', 'HlsPackage', 'DashPackage', 'MssPackage', 'CmafPackage', 'ManifestName', 'Origination', 'StartoverWindowSeconds', 'TimeDelaySeconds', 'Whitelist', 'Tags'),
      create: async (properties) => {
        // CMAF has a URL for each manifest, which templates cannot ask for: its own is empty.
        const { Id, Arn, Url } = await client.send(commandOf(CreateOriginEndpointCommand, { ...properties, Tags: tagMap(properties['Tags']) }));
        return { physicalId: required(Id, 'the id'), attributes: { Arn: required(Arn, 'the ARN'), Url: Url ?? '' } };
      },
    },
  ];
};
