import type * as sdk from '@aws-sdk/client-medialive';
import type { Operations } from '../../gateway/define-service.ts';
import type { ControlPlane } from './control-plane.ts';
import { notFound } from './faults.ts';

type Tags = Readonly<Record<string, string>>;

/** Operations on the tags of channels, inputs and security groups, by ARN, in any state. */
export const tagOperations = ({ records }: Pick<ControlPlane, 'records'>): Operations<typeof sdk> => {
  const change = (arn: string, edit: (tags: Tags) => Tags): Tags => {
    const [kind, id = ''] = arn.split(':').slice(-2);
    const tags = kind === 'channel' ? changeIn(records.channels, id, edit) : kind === 'input' ? changeIn(records.inputs, id, edit) : changeIn(records.securityGroups, id, edit);
    if (tags === undefined) throw notFound('resource', arn);
    return tags;
  };
  const permission = (action: string) => (input: { readonly ResourceArn: string }) => [{ action: `medialive:${action}`, resources: [input.ResourceArn] }];

  return {
    ListTagsForResource: { permissions: permission('ListTagsForResource'), handle: ({ ResourceArn }) => ({ Tags: { ...change(ResourceArn, (tags) => tags) } }) },
    CreateTags: {
      permissions: permission('CreateTags'),
      handle: ({ ResourceArn, Tags }) => {
        change(ResourceArn, (tags) => ({ ...tags, ...Tags }));
        return {};
      },
    },
    DeleteTags: {
      permissions: permission('DeleteTags'),
      handle: ({ ResourceArn, TagKeys }) => {
        change(ResourceArn, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
        return {};
      },
    },
  };
};

interface Tagged {
  readonly tags: Tags;
}

interface TaggedCollection<Item extends Tagged> {
  get(key: string): Item | undefined;
  put(key: string, item: Item): void;
}

const changeIn = <Item extends Tagged>(collection: TaggedCollection<Item>, id: string, edit: (tags: Tags) => Tags): Tags | undefined => {
  const item = collection.get(id);
  if (item === undefined) return undefined;
  const tags = edit(item.tags);
  collection.put(id, { ...item, tags });
  return tags;
};
