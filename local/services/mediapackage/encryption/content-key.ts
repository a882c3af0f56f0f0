import { createHash } from 'node:crypto';

/** A key that a key server gave for one period of a content. */
export interface ContentKey {
  /** 16 bytes. */
  readonly key: Buffer;
  /** Where players fetch it: the URI of EXT-X-KEY. */
  readonly uri: string;
  /** 16 bytes that every segment's encryption starts with; absent = each segment's number. */
  readonly initializationVector?: Buffer;
}

/** What a key is asked for. */
export interface KeyRequest {
  readonly keyId: string;
  /** The index of the period; absent = one key for ever. */
  readonly period?: number;
}

/** Gives keys. Rejects with a KeyProviderError when it cannot. */
export interface KeyProvider {
  fetchKey(request: KeyRequest): Promise<ContentKey>;
}

/** Thrown when no key could be had: the key server was not reached, refused, or answered what is no key. */
export class KeyProviderError extends Error {
  override readonly name = 'KeyProviderError';
}

/**
 * The id of a content's key in a period, a UUID: the same one each time, as SPEKE wants it.
 * https://docs.aws.amazon.com/speke/latest/documentation/speke-constraints.html
 */
export const keyIdOf = (resourceId: string, period: number | undefined): string => {
  const digest = createHash('sha256').update(JSON.stringify([resourceId, period ?? null])).digest('hex');
  return [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
};
