import type { Tag } from '@aws-sdk/client-cloudfront';
import { type CloudFrontOperations, cloudFrontOperation } from './cloudfront-operation.ts';
import type { CloudFrontWorld } from './cloudfront-world.ts';

/** Adds tags to a resource; an earlier value of a key is replaced. */
export const putTags = (world: CloudFrontWorld, arn: string, tags: readonly Tag[]): void => {
  if (tags.length === 0) return;
  const added = Object.fromEntries(tags.map(({ Key, Value }) => [Key ?? '', Value ?? '']));
  world.state.tags.put(arn, { ...world.state.tags.get(arn), ...added });
};

const removeTags = (world: CloudFrontWorld, arn: string, keys: readonly string[]): void => {
  const kept = Object.entries(world.state.tags.get(arn) ?? {}).filter(([key]) => !keys.includes(key));
  world.state.tags.put(arn, Object.fromEntries(kept));
};

/** Operations on tags. */
export const tagOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const one = ({ Resource }: { readonly Resource?: string | undefined }): readonly string[] => [Resource ?? ''];
  return {
    ListTagsForResource: cloudFrontOperation('ListTagsForResource', one, ({ Resource }) => ({
      Tags: { Items: Object.entries(world.state.tags.get(Resource) ?? {}).map(([Key, Value]) => ({ Key, Value })) },
    })),
    TagResource: cloudFrontOperation('TagResource', one, ({ Resource, Tags }) => {
      putTags(world, Resource, Tags.Items ?? []);
      return {};
    }),
    UntagResource: cloudFrontOperation('UntagResource', one, ({ Resource, TagKeys }) => {
      removeTags(world, Resource, TagKeys.Items ?? []);
      return {};
    }),
  };
};
