import { createHmac } from 'node:crypto';

/** The keys of contents, made from a secret: the same content and key id have the same key each time, and no two have the same. */
export interface ContentKeys {
  /** 16 bytes. */
  keyOf(contentId: string, keyId: string): Buffer;
}

/** Keys that only who knows the secret can make. */
export const contentKeys = (secret: string): ContentKeys => ({
  keyOf: (contentId, keyId) => createHmac('sha256', secret).update(JSON.stringify([contentId, keyId.toLowerCase()])).digest().subarray(0, 16),
});
