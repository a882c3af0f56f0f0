import type { ResourceOwner } from '../../runtime/resource-owner.ts';

/** A resource's ARN; `*` as name where there is no resource (yet). */
export const arnOf = ({ region, accountId }: ResourceOwner, kind: 'queues' | 'jobTemplates' | 'jobs', name = '*'): string =>
  `arn:aws:mediaconvert:${region}:${accountId}:${kind}/${name}`;

/** The name in an ARN, or the name itself. */
export const nameOf = (nameOrArn: string): string => nameOrArn.replace(/^arn:[^/]*\//, '');
