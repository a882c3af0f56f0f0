import { randomUUID } from 'node:crypto';
import type { KeptClient, KeptPool } from './cognito-state.ts';
import { issuerOf, requireClient, requirePool, type CognitoWorld } from './cognito-world.ts';
import { signClaims } from './signing-key.ts';

const secondsOf = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** How long the client's access tokens are good, in seconds. */
export const validitySeconds = ({ input: { AccessTokenValidity = 1, TokenValidityUnits } }: KeptClient): number =>
  AccessTokenValidity * secondsOf[TokenValidityUnits?.AccessToken ?? 'hours'];

const sign = async (world: CognitoWorld, pool: KeptPool, client: KeptClient, claims: Readonly<Record<string, string | number>>): Promise<string> => {
  const now = Math.floor(world.clock.now() / 1000);
  const own = { token_use: 'access', client_id: client.id, iss: issuerOf(world, pool.id), auth_time: now, iat: now, exp: now + validitySeconds(client), jti: randomUUID() };
  return signClaims(pool.signingKey, { ...claims, ...own });
};

/** The access token of a machine client. */
export const machineToken = (world: CognitoWorld, pool: KeptPool, client: KeptClient, scopes: readonly string[]): Promise<string> =>
  sign(world, pool, client, { sub: client.id, scope: scopes.join(' '), version: 2 });

/** Who signs in, through which client. */
export interface SignIn {
  readonly poolId: string;
  readonly clientId: string;
  readonly subject: string;
  readonly username: string;
}

/** The access token that Cognito would issue to a user who signed in. Throws the SDK's ResourceNotFoundException. */
export const userToken = async (world: CognitoWorld, { poolId, clientId, subject, username }: SignIn): Promise<string> => {
  const pool = requirePool(world, poolId);
  const client = requireClient(world, poolId, clientId);
  return sign(world, pool, client, {
    sub: subject,
    username,
    scope: (client.input.AllowedOAuthScopes ?? ['aws.cognito.signin.user.admin']).join(' '),
    origin_jti: randomUUID(),
    event_id: randomUUID(),
  });
};
