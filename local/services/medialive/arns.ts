import type { ResourceOwner } from '../../runtime/resource-owner.ts';

/** A resource's ARN; `*` as id where there is no resource (yet). */
export const arnOf = ({ region, accountId }: ResourceOwner, kind: 'channel' | 'input' | 'inputSecurityGroup', id = '*'): string =>
  `arn:aws:medialive:${region}:${accountId}:${kind}:${id}`;
