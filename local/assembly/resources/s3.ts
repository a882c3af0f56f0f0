import {
  CreateBucketCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, kept, type ResourceProvider } from '../resource-provider.ts';

const bucketProperties = z.object({
  BucketName: z.string().optional(),
  NotificationConfiguration: z.strictObject({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean() }) }).optional(),
  OwnershipControls: z.looseObject({ Rules: z.array(z.unknown()) }).optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  LifecycleConfiguration: z.object({ Rules: z.array(z.record(z.string(), z.unknown())) }).optional(),
});

const identitiesDecide = 'step 7: only policies of identities decide here';

const tagFilters = z.array(z.object({ Key: z.string(), Value: z.string() }));

const filterOf = (prefix: unknown, tags: unknown): unknown => {
  const [tag, ...more] = tagFilters.parse(tags ?? []);
  if (tag === undefined) return { Prefix: prefix ?? '' };
  return prefix === undefined && more.length === 0 ? { Tag: tag } : { And: { Tags: [tag, ...more], ...(prefix !== undefined && { Prefix: prefix }) } };
};

const transitionsOf = (transitions: unknown): unknown =>
  z.array(z.object({ StorageClass: z.string(), TransitionInDays: z.number() })).parse(transitions).map(({ StorageClass, TransitionInDays }) => ({ StorageClass, Days: TransitionInDays }));

/** CloudFormation flattens what the API nests. */
const lifecycleRule = ({ Id, Prefix, TagFilters, Status, ExpirationInDays, Transitions, AbortIncompleteMultipartUpload, ...others }: Record<string, unknown>): unknown => {
  const unknown = Object.keys(others);
  if (unknown.length > 0) throw new Error(`lifecycle rule: ${unknown.join(', ')} is not implemented`);
  return {
    ID: Id,
    Status,
    Filter: filterOf(Prefix, TagFilters),
    ...(ExpirationInDays !== undefined && { Expiration: { Days: ExpirationInDays } }),
    ...(Transitions !== undefined && { Transitions: transitionsOf(Transitions) }),
    ...(AbortIncompleteMultipartUpload !== undefined && { AbortIncompleteMultipartUpload }),
  };
};

/** AWS::S3::Bucket and BucketPolicy. */
export const s3Providers = (settings: ClientSettings): ResourceProvider[] => {
  const client = new S3Client({ ...settings, forcePathStyle: true });
  const configure = async (Bucket: string, properties: unknown): Promise<void> => {
    const { NotificationConfiguration, OwnershipControls, PublicAccessBlockConfiguration, LifecycleConfiguration } = bucketProperties.parse(properties);
    if (OwnershipControls) await client.send(commandOf(PutBucketOwnershipControlsCommand, { Bucket, OwnershipControls }));
    if (PublicAccessBlockConfiguration) await client.send(commandOf(PutPublicAccessBlockCommand, { Bucket, PublicAccessBlockConfiguration }));
    if (LifecycleConfiguration) {
      const Rules = LifecycleConfiguration.Rules.map(lifecycleRule);
      await client.send(commandOf(PutBucketLifecycleConfigurationCommand, { Bucket, LifecycleConfiguration: { Rules } }));
    }
    if (NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled) {
      await client.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: { EventBridgeConfiguration: {} } }));
    }
  };
  return [
    {
      type: 'AWS::S3::Bucket',
      properties: {
        ...enforced('BucketName', 'NotificationConfiguration'),
        ...kept(identitiesDecide, 'OwnershipControls', 'PublicAccessBlockConfiguration'),
        ...kept('nothing on this machine lives long enough to expire', 'LifecycleConfiguration'),
        ...inert('data at rest is not encrypted on this machine', 'BucketEncryption'),
        ...inert('objects have one version here', 'VersioningConfiguration'),
        ...inert('nobody reads who reads', 'LoggingConfiguration'),
        ...inert('buckets carry no tags here', 'Tags'),
      },
      create: async (properties, context) => {
        const Bucket = bucketProperties.parse(properties).BucketName ?? generatedName(context, 63).toLowerCase();
        await client.send(new CreateBucketCommand({ Bucket }));
        await configure(Bucket, properties);
        const domain = `${Bucket}.s3.${context.region}.amazonaws.com`;
        return {
          physicalId: Bucket,
          attributes: { Arn: `arn:aws:s3:::${Bucket}`, DomainName: `${Bucket}.s3.amazonaws.com`, RegionalDomainName: domain, DualStackDomainName: domain },
        };
      },
    },
    {
      type: 'AWS::S3::BucketPolicy',
      properties: { ...enforced('Bucket'), ...kept(identitiesDecide, 'PolicyDocument') },
      create: async (properties) => {
        const { Bucket, PolicyDocument } = z.object({ Bucket: z.string(), PolicyDocument: z.unknown() }).parse(properties);
        await client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(PolicyDocument) }));
        return { physicalId: Bucket, attributes: {} };
      },
    },
  ];
};
