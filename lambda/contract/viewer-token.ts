import * as z from 'zod';

/**
 * The viewer's URL is public contract: `<base>/t/<token>/<breakoutId>/<the packager's own path>`.
 *
 * A token is `<keyId>.<expiry>.<session>.<signature>`: keyId names the signing key, expiry is Unix seconds in base 36,
 * session is 16 random characters of base64url, signature is base64url of
 * HMAC-SHA256(key, `<keyId>.<expiry>.<session>.<breakoutId>`). Every relative URL of a manifest carries it.
 */
export const viewerPathPrefix = 't';

/**
 * The secret in Secrets Manager, flat so that CloudFormation can generate it: `{"signWith": "k1", "k1": "<key>"}`.
 * `signWith` names the key that signs; every other member is a key that verifies. The HMAC key is the string's UTF-8 bytes.
 */
export const viewerSigningSecretSchema = z
  .object({ signWith: z.string().regex(/^[a-z0-9]{1,16}$/) })
  .catchall(z.string().min(43));

export type ViewerSigningSecret = z.infer<typeof viewerSigningSecretSchema>;

/** Keys of the edge's key value store. */
export const edgeStoreKey = {
  /** Value: the signing key's string, as in the secret. */
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

/** The request header through which the edge function puts the breakout into the cache key. */
export const breakoutCacheHeader = 'x-visionstream-breakout';
