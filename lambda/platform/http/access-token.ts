import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import * as z from 'zod';

/** What an access token proves. */
export interface TokenClaims {
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Whose tokens are accepted. */
export interface TokenRules {
  readonly issuer: string;
  readonly clientIds: readonly string[];
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  client_id: z.string().min(1),
  token_use: z.literal('access'),
  scope: z.string().default(''),
});

// Whoever issues and whoever verifies have clocks of their own.
const clockToleranceSeconds = 5;

/** The issuer's published keys, fetched when first needed and when an unknown key id appears, then kept. */
export const publishedKeys = (issuer: string): JWTVerifyGetKey => createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`));

/** Whether the token is at fault, and not the issuer who could not be asked. */
const isTokensFault = (error: unknown): boolean =>
  error instanceof errors.JOSEError && error.code !== errors.JWKSTimeout.code && error.code !== errors.JOSEError.code;

/** Verifies access tokens; undefined for one that is not to be accepted, whatever the reason. @throws when the issuer cannot be asked */
export const tokenVerifier =
  ({ issuer, clientIds }: TokenRules, keys: JWTVerifyGetKey) =>
  async (token: string): Promise<TokenClaims | undefined> => {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, algorithms: ['RS256'], requiredClaims: ['exp'], clockTolerance: clockToleranceSeconds });
      const claims = claimsSchema.safeParse(payload);
      if (!claims.success || !clientIds.includes(claims.data.client_id)) return undefined;
      return { subject: claims.data.sub, clientId: claims.data.client_id, scopes: claims.data.scope.split(' ').filter((scope) => scope !== '') };
    } catch (error) {
      if (isTokensFault(error)) return undefined;
      throw error;
    }
  };
