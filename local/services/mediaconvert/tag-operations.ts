import type * as sdk from '@aws-sdk/client-mediaconvert';
import type { Operations } from '../../gateway/define-service.ts';
import { nameOf } from './arns.ts';
import type { ControlPlane } from './control-plane.ts';
import { notFound } from './faults.ts';

type Tags = Readonly<Record<string, string>>;

/** Operations on the tags of queues, templates and jobs, by ARN. */
export const tagOperations = ({ records }: Pick<ControlPlane, 'records'>): Operations<typeof sdk> => {
  const change = (arn: string, edit: (tags: Tags) => Tags): Tags => {
    const name = nameOf(arn);
    const [queue, template, job] = [records.queues.get(name), records.templates.get(name), records.jobs.get(name)];
    const tags = edit(queue?.tags ?? template?.tags ?? job?.tags ?? {});
    if (queue !== undefined && arn.includes(':queues/')) records.queues.put(name, { ...queue, tags });
    else if (template !== undefined && arn.includes(':jobTemplates/')) records.templates.put(name, { ...template, tags });
    else if (job !== undefined && arn.includes(':jobs/')) records.jobs.put(name, { ...job, tags });
    else throw notFound('resource', arn);
    return tags;
  };
  const permission = (action: string) => (input: { readonly Arn: string }) => [{ action: `mediaconvert:${action}`, resources: [input.Arn] }];

  return {
    ListTagsForResource: { permissions: permission('ListTagsForResource'), handle: ({ Arn }) => ({ ResourceTags: { Arn, Tags: { ...change(Arn, (tags) => tags) } } }) },
    TagResource: {
      permissions: permission('TagResource'),
      handle: ({ Arn, Tags }) => {
        change(Arn, (tags) => ({ ...tags, ...Tags }));
        return {};
      },
    },
    UntagResource: {
      permissions: permission('UntagResource'),
      handle: ({ Arn, TagKeys = [] }) => {
        change(Arn, (tags) => Object.fromEntries(Object.entries(tags).filter(([key]) => !TagKeys.includes(key))));
        return {};
      },
    },
  };
};
