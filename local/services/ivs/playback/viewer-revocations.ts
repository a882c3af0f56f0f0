import type { IvsRecords } from '../records.ts';

/** Who watches what, as their token says. */
export interface ViewerClaims {
  readonly channelId: string;
  /** Absent where a token names nobody, whose session cannot be revoked. */
  readonly viewerId?: string;
  readonly version: number;
}

/** Where the revocation of a channel's viewer is kept. */
export const revocationKey = (channelId: string, viewerId: string): string => `${channelId} ${viewerId}`;

/** Whether the viewer's sessions of this version are revoked, those that run and those to come. */
export const isRevoked = ({ revocations }: IvsRecords, { channelId, viewerId, version }: ViewerClaims): boolean => {
  const revoked = viewerId === undefined ? undefined : revocations.get(revocationKey(channelId, viewerId));
  return revoked !== undefined && version <= revoked.version;
};
