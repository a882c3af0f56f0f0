import { z } from 'zod';

/**
 * The viewer's URL is public contract: `<base>/t/<token>/<breakoutId>/<the packager's own path>`.
 *
 * A token is `<keyId>.<expiry>.<session>.<signature>`: keyId names the signing key, expiry is Unix seconds in base 36,
 * session is 16 random characters of base64url, signature is base64url of
 * HMAC-SHA256(key, `<keyId>.<expiry>.<session>.<breakoutId>`). Every relative URL of a manifest carries it.
 */
export const viewerPathPrefix = 't';

/** The secret in Secrets Manager: the keys that are valid now, by id. `signWith` signs; all verify. Keys are base64url of 32 bytes. */
export const viewerSigningSecretSchema = z.object({
  signWith: z.string().regex(/^[a-z0-9]{1,16}$/),
  keys: z.record(z.string().regex(/^[a-z0-9]{1,16}$/), z.string().min(43)),
});

export type ViewerSigningSecret = z.infer<typeof viewerSigningSecretSchema>;

/** Keys of the edge's key value store. */
export const edgeStoreKey = {
  /** Value: the signing key as in the secret. */
  signingKey: (keyId: string): string => `key.${keyId}`,
  /** Value: JSON of {@link edgeHolderSchema}. Absent = the distribution serves nobody. */
  holder: (distributionId: string): string => `holder.${distributionId}`,
} as const;

/** The breakout that a distribution serves, from and until Unix seconds (`until` null = until told otherwise). */
export const edgeHolderSchema = z.object({
  breakoutId: z.string().min(1),
  from: z.int().nonnegative(),
  until: z.int().nonnegative().nullable(),
});

export type EdgeHolder = z.infer<typeof edgeHolderSchema>;

/** The request header through which the edge function puts the breakout into the cache key. */
export const breakoutCacheHeader = 'x-visionstream-breakout';
