import type { ResourceOwner } from '../../runtime/resource-owner.ts';

/** A resource's ARN; `*` as guid where the resource does not exist (yet). */
export const arnOf = ({ region, accountId }: ResourceOwner, kind: 'channels' | 'origin_endpoints', guid = '*'): string =>
  `arn:aws:mediapackage:${region}:${accountId}:${kind}/${guid}`;
