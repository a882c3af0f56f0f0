import {
  type DeleteDistributionCommandInput,
  DistributionAlreadyExists,
  type DistributionConfig,
  DistributionNotDisabled,
  InvalidArgument,
  type ListDistributionsCommandInput,
  NoSuchDistribution,
  type UpdateDistributionCommandInput,
} from '@aws-sdk/client-cloudfront';
import { anyResource, type CloudFrontOperations, cloudFrontOperation } from '../cloudfront-operation.ts';
import type { DistributionRecord } from '../cloudfront-state.ts';
import { type CloudFrontWorld, cloudFrontArn } from '../cloudfront-world.ts';
import { newEntityTag, requireMatch } from '../entity-tag.ts';
import { putTags } from '../tags.ts';
import { assertDistributionConfig } from './distribution-rules.ts';
import { deploymentMilliseconds, distributionSummary, distributionView } from './distribution-view.ts';

const requireConfig = (config: DistributionConfig | undefined): DistributionConfig => {
  if (!config) throw new InvalidArgument({ message: 'DistributionConfig is missing.', $metadata: {} });
  return config;
};

const requireDistribution = (world: CloudFrontWorld, id: string | undefined): DistributionRecord => {
  const record = world.state.distributions.get(id ?? '');
  if (!record) throw new NoSuchDistribution({ message: `The specified distribution does not exist: ${id ?? ''}.`, $metadata: {} });
  return record;
};

const create = async (world: CloudFrontWorld, config: DistributionConfig) => {
  for (const { id, config: other } of world.state.distributions.values()) {
    if (other.CallerReference === config.CallerReference) {
      throw new DistributionAlreadyExists({ message: `The caller reference that you are using to create a distribution is associated with another distribution: ${id}.`, $metadata: {} });
    }
  }
  assertDistributionConfig(world, config);
  const id = `E${world.newId(13)}`;
  const modifiedAt = world.clock.now();
  const deployedAt = modifiedAt + world.timeScale.scaled(deploymentMilliseconds);
  const record = { id, domainName: await world.edge.open(id), etag: newEntityTag(world), modifiedAt, deployedAt, config };
  world.state.distributions.put(id, record);
  return { Distribution: distributionView(world, record), ETag: record.etag, Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}` };
};

const update = (world: CloudFrontWorld, input: UpdateDistributionCommandInput) => {
  const record = requireDistribution(world, input.Id);
  requireMatch(input.IfMatch, record.etag, `distribution ${record.id}`);
  const config = requireConfig(input.DistributionConfig);
  if (config.CallerReference !== record.config.CallerReference) {
    throw new InvalidArgument({ message: `distribution ${record.id}: CallerReference cannot be changed, expected ${record.config.CallerReference ?? ''}.`, $metadata: {} });
  }
  assertDistributionConfig(world, config);
  const modifiedAt = world.clock.now();
  const deployedAt = modifiedAt + world.timeScale.scaled(deploymentMilliseconds);
  const next = { ...record, etag: newEntityTag(world), modifiedAt, deployedAt, config, previousConfig: record.config };
  world.state.distributions.put(record.id, next);
  return { Distribution: distributionView(world, next), ETag: next.etag };
};

const remove = async (world: CloudFrontWorld, input: DeleteDistributionCommandInput): Promise<object> => {
  const record = requireDistribution(world, input.Id);
  requireMatch(input.IfMatch, record.etag, `distribution ${record.id}`);
  if (record.config.Enabled === true || world.clock.now() < record.deployedAt) {
    throw new DistributionNotDisabled({ message: `The distribution ${record.id} you are trying to delete has not been disabled, or its change is not deployed yet.`, $metadata: {} });
  }
  await world.edge.close(record.id);
  world.state.distributions.delete(record.id);
  world.state.tags.delete(cloudFrontArn(world.accountId, `distribution/${record.id}`));
  return {};
};

const list = (world: CloudFrontWorld, input: ListDistributionsCommandInput) => {
  const limit = input.MaxItems ?? 100;
  const all = [...world.state.distributions.values()];
  const start = input.Marker === undefined || input.Marker === '' ? 0 : all.findIndex(({ id }) => id === input.Marker) + 1;
  const page = all.slice(start, start + limit);
  const isTruncated = start + limit < all.length;
  return {
    DistributionList: {
      Marker: input.Marker ?? '',
      MaxItems: limit,
      IsTruncated: isTruncated,
      ...(isTruncated && { NextMarker: page.at(-1)?.id ?? '' }),
      Quantity: page.length,
      Items: page.map((record) => distributionSummary(world, record)),
    },
  };
};

/** Operations on distributions. */
export const distributionOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const one = ({ Id }: { readonly Id?: string | undefined }): readonly string[] => [cloudFrontArn(world.accountId, `distribution/${Id ?? ''}`)];
  const all = (): readonly string[] => [cloudFrontArn(world.accountId, 'distribution/*')];
  return {
    CreateDistribution: cloudFrontOperation('CreateDistribution', all, (input) =>
      create(world, requireConfig(input.DistributionConfig)),
    ),
    CreateDistributionWithTags: cloudFrontOperation('CreateDistribution', all, async (input) => {
      const created = await create(world, input.DistributionConfigWithTags.DistributionConfig);
      putTags(world, created.Distribution.ARN ?? '', input.DistributionConfigWithTags.Tags.Items ?? []);
      return created;
    }),
    GetDistribution: cloudFrontOperation('GetDistribution', one, (input) => {
      const record = requireDistribution(world, input.Id);
      return { Distribution: distributionView(world, record), ETag: record.etag };
    }),
    GetDistributionConfig: cloudFrontOperation('GetDistributionConfig', one, (input) => {
      const record = requireDistribution(world, input.Id);
      return { DistributionConfig: record.config, ETag: record.etag };
    }),
    ListDistributions: cloudFrontOperation('ListDistributions', anyResource, (input) => list(world, input)),
    UpdateDistribution: cloudFrontOperation('UpdateDistribution', one, (input) => update(world, input)),
    DeleteDistribution: cloudFrontOperation('DeleteDistribution', one, (input) => remove(world, input)),
  };
};
