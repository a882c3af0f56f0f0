import { randomBytes } from 'node:crypto';
import { InvalidParameterException, ResourceNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import type { Clock } from '../../runtime/clock.ts';
import type { CognitoState, KeptClient, KeptPool } from './cognito-state.ts';

/** What the operations and the issuer work with. */
export interface CognitoWorld {
  readonly state: CognitoState;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  /** Where the issuer listens, without a trailing slash. */
  readonly issuerBaseUrl: () => string;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A random name of small letters and digits. */
export const randomName = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join('');

/** A member has a value that it must not have. */
export const invalidParameter = (message: string): InvalidParameterException => new InvalidParameterException({ message, $metadata: {} });

const notFound = (message: string): ResourceNotFoundException => new ResourceNotFoundException({ message, $metadata: {} });

/** The issuer of a pool's tokens, which is its ProviderURL. */
export const issuerOf = ({ issuerBaseUrl }: CognitoWorld, poolId: string): string => `${issuerBaseUrl()}/${poolId}`;

/** The ARN of a pool. */
export const poolArn = ({ region, accountId }: CognitoWorld, poolId: string): string => `arn:aws:cognito-idp:${region}:${accountId}:userpool/${poolId}`;

/** The permission of an operation on a pool. */
export const onPool =
  (world: CognitoWorld, action: string) =>
  ({ UserPoolId }: { UserPoolId: string }) => [{ action: `cognito-idp:${action}`, resources: [poolArn(world, UserPoolId)] }];

/** The pool of that id. */
export const requirePool = ({ state }: CognitoWorld, poolId: string): KeptPool => {
  const pool = state.pools.get(poolId);
  if (pool) return pool;
  throw notFound(`User pool ${poolId} does not exist.`);
};

/** The client of that id in the pool. */
export const requireClient = ({ state }: CognitoWorld, poolId: string, clientId: string): KeptClient => {
  const client = state.clients.get(clientId);
  if (client?.poolId === poolId) return client;
  throw notFound(`User pool client ${clientId} does not exist.`);
};
