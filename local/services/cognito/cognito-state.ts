import type { CreateUserPoolClientCommandInput, CreateUserPoolCommandInput, ResourceServerScopeType } from '@aws-sdk/client-cognito-identity-provider';
import type { JWK } from 'jose';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** A user pool. Times in milliseconds since the epoch. */
export interface KeptPool {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly createdAt: number;
  /** What it was created with. */
  readonly input: Omit<CreateUserPoolCommandInput, 'PoolName'>;
  readonly domain?: string;
  /** The private key that signs its tokens, with its `kid`. */
  readonly signingKey: JWK & { readonly kid: string };
}

/** An app client of a pool. */
export interface KeptClient {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  readonly secret?: string;
  readonly createdAt: number;
  readonly input: Omit<CreateUserPoolClientCommandInput, 'UserPoolId' | 'ClientName' | 'GenerateSecret'>;
}

/** A resource server: the owner of scopes `<identifier>/<scope>`. */
export interface KeptResourceServer {
  readonly poolId: string;
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly ResourceServerScopeType[];
}

/** All that the service keeps. */
export interface CognitoState {
  readonly pools: Collection<KeptPool>;
  readonly clients: Collection<KeptClient>;
  /** By `<poolId> <identifier>`. */
  readonly resourceServers: Collection<KeptResourceServer>;
}

/** Opens the service's collections. */
export const openCognitoState = (store: StateStore): CognitoState => ({
  pools: store.collection('cognito/pools'),
  clients: store.collection('cognito/clients'),
  resourceServers: store.collection('cognito/resource-servers'),
});
