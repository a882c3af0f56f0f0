/** Whose resources these are. */
export interface ResourceOwner {
  readonly region: string;
  readonly accountId: string;
}

/** A resource's ARN; `*` as id where there is no resource (yet). */
export const arnOf = ({ region, accountId }: ResourceOwner, kind: 'channel' | 'input' | 'inputSecurityGroup', id = '*'): string =>
  `arn:aws:medialive:${region}:${accountId}:${kind}:${id}`;
