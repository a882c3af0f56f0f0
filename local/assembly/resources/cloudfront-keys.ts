import { type CloudFrontClient, CreateKeyGroupCommand, CreatePublicKeyCommand } from '@aws-sdk/client-cloudfront';
import { commandOf, enforced, required, type ResourceProvider } from '../resource-provider.ts';

/** AWS::CloudFront keys that verify viewers' signatures, and their groups. */
export const keyProviders = (client: CloudFrontClient): ResourceProvider[] => [
  {
    type: 'AWS::CloudFront::PublicKey',
    properties: enforced('PublicKeyConfig'),
    create: async ({ PublicKeyConfig }) => {
      const { PublicKey } = await client.send(commandOf(CreatePublicKeyCommand, { PublicKeyConfig }));
      const physicalId = required(PublicKey?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
  {
    type: 'AWS::CloudFront::KeyGroup',
    properties: enforced('KeyGroupConfig'),
    create: async ({ KeyGroupConfig }) => {
      const { KeyGroup } = await client.send(commandOf(CreateKeyGroupCommand, { KeyGroupConfig }));
      const physicalId = required(KeyGroup?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
];
