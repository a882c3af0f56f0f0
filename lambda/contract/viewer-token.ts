import * as z from 'zod';

/**
 * The viewer's URL is public contract: `<base>/t/<token>/<breakoutId>/<the packager's own path>`, or, with the token and
 * CloudFront's signature in cookies, `<base>/c/<breakoutId>/<the packager's own path>`.
 *
 * A token is `<keyId>.<expiry>.<session>.<scope>.<signature>`:
 * keyId names the signing key; expiry is Unix seconds in base 36;
 * session is 16 characters of base64url: ten of the viewer, the same in all breakouts of an account, and six of the device;
 * scope is a letter for what the token is, then `i` when it is bound to an address and `c` when to a country;
 * signature is base64url of HMAC-SHA256(key, `<keyId>.<expiry>.<session>.<scope>.<subject>[.<address>][.<country>]`).
 * The subject of a viewer's token is the breakout. Every relative URL of a manifest carries the token.
 * Recordings are at `<base>/t/<token>/<account>/<event>/<breakout>/<file>`. What IVS recorded stays in its own folder, `ivs/v1/…`: the path
 * names it after the breakout, and the token's subject is `<breakoutId>/<folder>`, so that it opens that folder and no other. Several
 * that play as one are at `…/<breakout>/<first>-<last>/<folder>/<file>`, with a token for `<breakoutId>/<first>-<last>/<channel's folder>`: it
 * opens what that channel began to record within these minutes, counted from the epoch.
 */
export const viewerPathPrefix = 't';

/** The first segment of paths that cookies open. */
export const cookiePathPrefix = 'c';

/** The cookie that carries the token on such paths, beside CloudFront's own. */
export const tokenCookieName = 'VisionStream-Token';

/** What a token is for: watching; watching behind the curtain, which is monitoring and no audience; watching a recording. */
export const tokenKinds = { viewer: 'v', preview: 'p', recording: 'r' } as const;

/** A token's parts, in order: keyId, expiry, session, scope, signature. */
export const tokenPattern = /^([a-z0-9]{1,16})\.([0-9a-z]{1,8})\.([A-Za-z0-9_-]{16})\.([vpr]i?c?)\.([A-Za-z0-9_-]{43})$/;

/** How many characters of a session are the viewer's; the others are the device's. */
export const viewerCharacters = 10;

/** How many characters of a session are the device's. */
export const deviceCharacters = 6;

/**
 * The secret in Secrets Manager, flat so that CloudFormation can generate it: `{"signWith": "k1", "k1": "<key>"}`.
 * `signWith` names the key that signs; every other member is a key that verifies. The HMAC key is the string's UTF-8 bytes.
 */
export const viewerSigningSecretSchema = z
  .object({ signWith: z.string().regex(/^[a-z0-9]{1,16}$/) })
  .catchall(z.string().min(43));

export type ViewerSigningSecret = z.infer<typeof viewerSigningSecretSchema>;

/** The secret by which viewers are named in sessions: `{"viewers": "<key>"}`. Changing it makes every viewer a new one. */
export const viewerNameSecretSchema = z.object({ viewers: z.string().min(43) });

const signingKeyPrefix = 'key.';
const revocationPrefix = 'rev.';

/** Keys of the edge's key value store. */
export const edgeStoreKey = {
  /** Value: the signing key's string, as in the secret. */
  signingKey: (keyId: string): string => `${signingKeyPrefix}${keyId}`,
  /** Value: JSON of {@link edgeHolderSchema}. Absent = the distribution serves nobody. */
  holder: (distributionId: string): string => `holder.${distributionId}`,
  /** Value: Unix seconds until which tokens of the session can be valid. Absent = it is not revoked. */
  revocation: (session: string): string => `${revocationPrefix}${session}`,
} as const;

/** Whether a key of the store names a revoked session. */
export const isRevocationKey = (key: string): boolean => key.startsWith(revocationPrefix);

/** Whether attendees may watch. */
export const curtainSchema = z.enum(['UP', 'DOWN']);

/**
 * The breakout that a distribution serves, times in Unix seconds: its ingest began at `began`, it is shown from `from`, when
 * nothing older can be in a manifest, until `until` (null = until told otherwise), to attendees while the curtain is UP.
 */
export const edgeHolderSchema = z.object({
  breakoutId: z.string().min(1),
  began: z.int().nonnegative(),
  from: z.int().nonnegative(),
  until: z.int().nonnegative().nullable(),
  curtain: curtainSchema,
});

/** The request header through which the edge function puts the breakout into the cache key. */
export const breakoutCacheHeader = 'x-visionstream-breakout';

/** The header in which CloudFront tells the edge function the viewer's country. */
export const viewerCountryHeader = 'CloudFront-Viewer-Country';
