import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import type { ProfileRef } from '../../domain/usage/profile-owner.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';

/** Where the lines are that an account or the platform bears itself. */
export const ownPartition = (accountId: string | undefined): `ACCOUNT#${string}` | 'PLATFORM' => (accountId === undefined ? 'PLATFORM' : `ACCOUNT#${accountId}`);

const partitionOf = (owner: Exclude<ProfileRef, { kind: 'BREAKOUT' }>): ReturnType<typeof ownPartition> => ownPartition(owner.kind === 'ACCOUNT' ? owner.accountId : undefined);

/** The key of a profile's head. */
export const headKey = (owner: ProfileRef, month: string): ItemKey =>
  owner.kind === 'BREAKOUT' ? itemKey.usageHead(owner.breakoutId, month) : itemKey.ownUsageHead(partitionOf(owner), month, owner.purpose);

/** The key of a profile's version. */
export const versionKey = ({ owner, month }: { readonly owner: ProfileRef; readonly month: string }, version: number): ItemKey =>
  owner.kind === 'BREAKOUT' ? itemKey.usageVersion(owner.breakoutId, month, version) : itemKey.ownUsageVersion(partitionOf(owner), month, owner.purpose, version);

/** The key of a piece of the series of a profile's versions. It is named by what is in it: versions of the same series share it. */
export const versionPieceKey =
  (profile: { readonly owner: ProfileRef; readonly month: string }) =>
  (name: string): ItemKey =>
    itemKey.seriesPiece(versionKey(profile, 0).PK, name);

/** The key of a line. Writers of the same version may differ in what they measured: each has its lines under its own fingerprint. */
export const lineKey = ({ owner, month, version, fingerprint }: ProfileHead, key: string): ItemKey => {
  const name = `${fingerprint}#${key}`;
  return owner.kind === 'BREAKOUT' ? itemKey.usageLine(owner.breakoutId, month, version, name) : itemKey.ownUsageLine(partitionOf(owner), month, owner.purpose, version, name);
};
