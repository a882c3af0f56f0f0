import {
  CloudFrontClient,
  CreateCachePolicyCommand,
  CreateDistributionWithTagsCommand,
  CreateFunctionCommand,
  CreateKeyValueStoreCommand,
  CreateOriginAccessControlCommand,
  CreateOriginRequestPolicyCommand,
  CreateResponseHeadersPolicyCommand,
  DescribeKeyValueStoreCommand,
  PublishFunctionCommand,
} from '@aws-sdk/client-cloudfront';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, required, tagsAreInert, type ResourceProvider } from '../resource-provider.ts';
import { waitFor } from '../wait-for.ts';
import { keyProviders } from './cloudfront-keys.ts';
import { distributionConfigOf, policyConfigOf } from './cloudfront-shapes.ts';

const functionProperties = z.object({
  Name: z.string(),
  FunctionCode: z.string(),
  AutoPublish: z.boolean().default(false),
  FunctionConfig: z.object({
    Comment: z.string(),
    Runtime: z.string(),
    KeyValueStoreAssociations: z.array(z.object({ KeyValueStoreARN: z.string() })).default([]),
  }),
});

const functionProvider = (client: CloudFrontClient): ResourceProvider => ({
  type: 'AWS::CloudFront::Function',
  properties: { ...enforced('Name', 'FunctionCode', 'FunctionConfig', 'AutoPublish'), ...tagsAreInert },
  create: async (properties) => {
    const { Name, FunctionCode, AutoPublish, FunctionConfig } = functionProperties.parse(properties);
    const stores = FunctionConfig.KeyValueStoreAssociations;
    const config = { ...FunctionConfig, KeyValueStoreAssociations: { Quantity: stores.length, Items: stores } };
    const input = { Name, FunctionCode: Buffer.from(FunctionCode), FunctionConfig: config };
    const { FunctionSummary, ETag } = await client.send(commandOf(CreateFunctionCommand, input));
    if (AutoPublish) await client.send(new PublishFunctionCommand({ Name, IfMatch: ETag }));
    const arn = required(FunctionSummary?.FunctionMetadata?.FunctionARN, 'the ARN');
    return { physicalId: arn, attributes: { FunctionARN: arn, 'FunctionMetadata.FunctionARN': arn, Stage: AutoPublish ? 'LIVE' : 'DEVELOPMENT' } };
  },
});

const keyValueStoreProvider = (client: CloudFrontClient): ResourceProvider => ({
  type: 'AWS::CloudFront::KeyValueStore',
  properties: { ...enforced('Name', 'Comment'), ...tagsAreInert },
  create: async (properties) => {
    const { Name, Comment } = z.object({ Name: z.string(), Comment: z.string().optional() }).parse(properties);
    const { KeyValueStore } = await client.send(new CreateKeyValueStoreCommand({ Name, Comment }));
    await waitFor(`key value store ${Name} to be ready`, async () => (await client.send(new DescribeKeyValueStoreCommand({ Name }))).KeyValueStore?.Status === 'READY');
    const Arn = required(KeyValueStore?.ARN, 'the ARN');
    return { physicalId: Name, attributes: { Arn, Id: required(KeyValueStore?.Id, 'the id'), Status: 'READY' } };
  },
});

const policyProviders = (client: CloudFrontClient): ResourceProvider[] => [
  {
    type: 'AWS::CloudFront::CachePolicy',
    properties: enforced('CachePolicyConfig'),
    create: async ({ CachePolicyConfig }) => {
      const { CachePolicy } = await client.send(commandOf(CreateCachePolicyCommand, { CachePolicyConfig: policyConfigOf(CachePolicyConfig) }));
      const physicalId = required(CachePolicy?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
  {
    type: 'AWS::CloudFront::OriginRequestPolicy',
    properties: enforced('OriginRequestPolicyConfig'),
    create: async ({ OriginRequestPolicyConfig }) => {
      const input = { OriginRequestPolicyConfig: policyConfigOf(OriginRequestPolicyConfig) };
      const { OriginRequestPolicy } = await client.send(commandOf(CreateOriginRequestPolicyCommand, input));
      const physicalId = required(OriginRequestPolicy?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
  {
    type: 'AWS::CloudFront::OriginAccessControl',
    properties: enforced('OriginAccessControlConfig'),
    create: async ({ OriginAccessControlConfig }) => {
      const { OriginAccessControl } = await client.send(commandOf(CreateOriginAccessControlCommand, { OriginAccessControlConfig }));
      const physicalId = required(OriginAccessControl?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
  {
    type: 'AWS::CloudFront::ResponseHeadersPolicy',
    properties: enforced('ResponseHeadersPolicyConfig'),
    create: async ({ ResponseHeadersPolicyConfig }) => {
      // CloudFormation nests these lists in Items already; only quantities are missing.
      const input = { ResponseHeadersPolicyConfig: withItemQuantities(ResponseHeadersPolicyConfig) };
      const { ResponseHeadersPolicy } = await client.send(commandOf(CreateResponseHeadersPolicyCommand, input));
      const physicalId = required(ResponseHeadersPolicy?.Id, 'the id');
      return { physicalId, attributes: { Id: physicalId } };
    },
  },
];

const withItemQuantities = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, key === 'Items' ? item : withItemQuantities(item)] as const);
  const items: unknown = 'Items' in value ? value.Items : undefined;
  return Object.fromEntries(Array.isArray(items) ? [['Quantity', items.length], ...entries] : entries);
};

/** AWS::CloudFront: distributions, the edge function and its store, policies. */
export const cloudFrontProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new CloudFrontClient({ ...settings });
  return [
    functionProvider(client),
    keyValueStoreProvider(client),
    ...policyProviders(client),
    ...keyProviders(client),
    {
      type: 'AWS::CloudFront::Distribution',
      properties: enforced('DistributionConfig', 'Tags'),
      create: async ({ DistributionConfig, Tags }, context) => {
        const config = distributionConfigOf(DistributionConfig, generatedName(context, 128));
        const tags = z.array(z.unknown()).parse(Tags ?? []);
        const { Distribution } = await client.send(
          commandOf(CreateDistributionWithTagsCommand, { DistributionConfigWithTags: { DistributionConfig: config, Tags: { Items: tags } } }),
        );
        const physicalId = required(Distribution?.Id, 'the id');
        return { physicalId, attributes: { Id: physicalId, DomainName: required(Distribution?.DomainName, 'the domain name') } };
      },
    },
  ];
};
