import { randomInt } from 'node:crypto';
import type { ResourceOwner } from '../../runtime/resource-owner.ts';

/** The kinds of resources, as ARNs name them. */
export type ResourceKind = 'channel' | 'playback-key' | 'recording-configuration' | 'stream-key';

/** A resource's ARN; `*` as id where there is no resource (yet). */
export const arnOf = ({ region, accountId }: ResourceOwner, kind: ResourceKind, id = '*'): string => `arn:aws:ivs:${region}:${accountId}:${kind}/${id}`;

/** The id in an ARN: what follows its last slash. */
export const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

/** The kind in an ARN; empty where it is none of IVS. */
export const kindOf = (arn: string): string => /^arn:aws:ivs:[a-z0-9-]+:\d+:([a-z-]+)\/[a-zA-Z0-9-]+$/.exec(arn)?.[1] ?? '';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits, as IVS makes its ids of. */
export const randomLetters = (length: number): string => Array.from({ length }, () => letters.charAt(randomInt(letters.length))).join('');
