import type { HeldBytes, StoredTogether } from '../stored-intervals.ts';

/** Lets archive files go when they are old enough. */
export interface ArchiveRelease {
  /** Repeatable. @throws UnavailableError */
  release(files: readonly { readonly bucket: string; readonly key: string }[]): Promise<void>;
}

/** An archive that expires: what was stored, and after how many days it goes. */
export interface ExpiringArchive {
  readonly days: number;
  readonly stored: readonly StoredTogether[];
}

const dayMilliseconds = 86_400_000;

/** When a file of this time expires: so many days later, at the next midnight UTC, as S3 rounds. https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html */
export const expiryOf = (storedAt: number, days: number): number => (Math.floor((storedAt + days * dayMilliseconds) / dayMilliseconds) + 1) * dayMilliseconds;

/** When the last file of an archive has expired; undefined for an empty one. */
export const lastExpiryOf = ({ days, stored }: ExpiringArchive): number | undefined =>
  stored.length === 0 ? undefined : Math.max(...stored.map(({ storedAt }) => expiryOf(storedAt, days)));

/** An archive with the time at which each of its files goes, whether it has gone or not. */
export const heldArchive = ({ days, stored }: ExpiringArchive): readonly HeldBytes[] =>
  stored.map((group) => ({ ...group, removedAt: expiryOf(group.storedAt, days) }));
