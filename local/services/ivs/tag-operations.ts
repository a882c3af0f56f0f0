import type * as sdk from '@aws-sdk/client-ivs';
import type { Operations } from '../../gateway/define-service.ts';
import type { SystemTagging } from '../../runtime/ports.ts';
import { idOf, kindOf } from './arns.ts';
import { ownTagKeys, tagsFrom } from './checks.ts';
import type { ControlPlane } from './control-plane.ts';
import { notFound } from './faults.ts';
import type { IvsRecords } from './records.ts';

type Tags = Readonly<Record<string, string>>;

interface TaggedCollection {
  readonly change: (id: string, edit: (tags: Tags) => Tags) => Tags | undefined;
}

const tagged = <Item extends { readonly tags: Tags }>(collection: { get(key: string): Item | undefined; put(key: string, item: Item): void }): TaggedCollection => ({
  change: (id, edit) => {
    const item = collection.get(id);
    if (item === undefined) return undefined;
    const tags = edit(item.tags);
    collection.put(id, { ...item, tags });
    return tags;
  },
});

/** Changes the tags of every kind of resource, by ARN. @throws ResourceNotFoundException where there is none */
const tagChanges = (records: IvsRecords) => {
  const collections: Readonly<Record<string, TaggedCollection>> = {
    channel: tagged(records.channels), 'stream-key': tagged(records.streamKeys), 'playback-key': tagged(records.keyPairs), 'recording-configuration': tagged(records.recordingConfigurations),
  };
  return (arn: string, edit: (tags: Tags) => Tags): Tags => {
    const tags = collections[kindOf(arn)]?.change(idOf(arn), edit);
    if (tags === undefined) throw notFound(arn);
    return tags;
  };
};

/** Tags of AWS's own on every kind of resource. */
export const systemTagging = (records: IvsRecords): SystemTagging => {
  const change = tagChanges(records);
  return (arn, tags) => void change(arn, (before) => ({ ...before, ...tags }));
};

/** Operations on the tags of every kind of resource, by ARN. */
export const tagOperations = ({ records }: Pick<ControlPlane, 'records'>): Operations<typeof sdk> => {
  const change = tagChanges(records);
  const permission = (action: string) => ({ resourceArn }: { readonly resourceArn: string }) => [{ action: `ivs:${action}`, resources: [resourceArn] }];

  return {
    ListTagsForResource: { permissions: permission('ListTagsForResource'), handle: ({ resourceArn }) => ({ tags: { ...change(resourceArn, (tags) => tags) } }) },
    TagResource: {
      permissions: permission('TagResource'),
      handle: ({ resourceArn, tags }) => {
        change(resourceArn, (before) => tagsFrom(tags, before));
        return {};
      },
    },
    UntagResource: {
      permissions: permission('UntagResource'),
      handle: ({ resourceArn, tagKeys }) => {
        const removed = ownTagKeys(tagKeys);
        change(resourceArn, (before) => Object.fromEntries(Object.entries(before).filter(([key]) => !removed.includes(key))));
        return {};
      },
    },
  };
};
