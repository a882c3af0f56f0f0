import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { userToken, type SignIn } from './access-tokens.ts';
import { clientOperations } from './client-operations.ts';
import { openCognitoState } from './cognito-state.ts';
import { issuerOf, type CognitoWorld } from './cognito-world.ts';
import { createIssuerHandler, type IssuerHandler } from './issuer-handler.ts';
import { poolOperations } from './pool-operations.ts';

/** What the service is made from. */
export interface CognitoServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly accountId: string;
  readonly region: string;
  /** Where `issuerHandler` is mounted, without a trailing slash: `http://127.0.0.1:4001`. Asked when it is needed. */
  readonly issuerBaseUrl: () => string;
}

/** Cognito user pools on this machine. */
export interface CognitoService extends SchemaService {
  /** `/<poolId>/.well-known/…`, `POST /oauth2/token`, and `POST /local/sign-in` in place of the sign-in pages. */
  readonly issuerHandler: IssuerHandler;
  /** The issuer of a pool's tokens: its ProviderURL. */
  providerUrl(poolId: string): string;
  /** The access token of a user who signed in. */
  signIn(signIn: SignIn): Promise<string>;
}

/** Opens the user pools. */
export const createCognitoService = ({ state, ...deps }: CognitoServiceDeps): CognitoService => {
  const world: CognitoWorld = { ...deps, state: openCognitoState(state) };
  return {
    ...defineService('cognito-idp', cognito, { ...poolOperations(world), ...clientOperations(world) }),
    issuerHandler: createIssuerHandler(world),
    providerUrl: (poolId) => issuerOf(world, poolId),
    signIn: (signIn) => userToken(world, signIn),
  };
};
