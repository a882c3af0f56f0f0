import type * as sdk from '@aws-sdk/client-mediapackage';
import type { Operations } from '../../gateway/define-service.ts';
import type { ControlPlane } from './control-plane.ts';
import { notFound } from './faults.ts';

type Tags = Readonly<Record<string, string>>;

/** Operations on the tags of channels and endpoints, by ARN. */
export const tagOperations = ({ records }: Pick<ControlPlane, 'records'>): Operations<typeof sdk> => {
  const change = (arn: string, edit: (tags: Tags) => Tags): Tags => {
    const guid = arn.split('/').at(-1);
    const channel = [...records.channels.values()].find((candidate) => candidate.guid === guid);
    const endpoint = [...records.endpoints.values()].find((candidate) => candidate.guid === guid);
    const tags = edit(channel?.tags ?? endpoint?.tags ?? {});
    if (channel !== undefined) records.channels.put(channel.id, { ...channel, tags });
    else if (endpoint !== undefined) records.endpoints.put(endpoint.id, { ...endpoint, tags });
    else throw notFound('resource', arn);
    return tags;
  };
  const permission = (action: string) => (input: { readonly ResourceArn: string }) => [{ action: `mediapackage:${action}`, resources: [input.ResourceArn] }];

  return {
    ListTagsForResource: {
      permissions: permission('ListTagsForResource'),
      handle: ({ ResourceArn }) => ({ Tags: { ...change(ResourceArn, (tags) => tags) } }),
    },
    TagResource: {
      permissions: permission('TagResource'),
      handle: ({ ResourceArn, Tags }) => {
        change(ResourceArn, (tags) => ({ ...tags, ...Tags }));
        return {};
      },
    },
    UntagResource: {
      permissions: permission('UntagResource'),
      handle: ({ ResourceArn, TagKeys }) => {
        change(ResourceArn, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
        return {};
      },
    },
  };
};
