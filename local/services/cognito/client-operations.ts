import { ScopeDoesNotExistException, type UserPoolClientType } from '@aws-sdk/client-cognito-identity-provider';
import type * as cognito from '@aws-sdk/client-cognito-identity-provider';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import type { KeptClient } from './cognito-state.ts';
import { invalidParameter, onPool, randomName, requireClient, requirePool, type CognitoWorld } from './cognito-world.ts';

type ClientInput = InputOf<typeof cognito, 'CreateUserPoolClient'>;

const standardScopes = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

const describe = ({ id, poolId, name, secret, createdAt, input }: KeptClient): UserPoolClientType => ({
  ...input,
  UserPoolId: poolId,
  ClientId: id,
  ClientName: name,
  ...(secret === undefined ? {} : { ClientSecret: secret }),
  CreationDate: new Date(createdAt),
  LastModifiedDate: new Date(createdAt),
});

/** Every scope that a client of the pool can be allowed. */
const scopesOf = ({ state }: CognitoWorld, poolId: string): readonly string[] => [
  ...standardScopes,
  ...[...state.resourceServers.values()]
    .filter((server) => server.poolId === poolId)
    .flatMap(({ identifier, scopes }) => scopes.map(({ ScopeName }) => `${identifier}/${ScopeName ?? ''}`)),
];

const check = (world: CognitoWorld, { UserPoolId, AllowedOAuthFlows = [], AllowedOAuthScopes = [], GenerateSecret }: ClientInput): void => {
  const known = scopesOf(world, UserPoolId);
  const unknown = AllowedOAuthScopes.filter((scope) => !known.includes(scope));
  if (unknown.length > 0) throw new ScopeDoesNotExistException({ message: `Invalid scope requested: ${unknown.join(', ')}`, $metadata: {} });
  if (!AllowedOAuthFlows.includes('client_credentials')) return;
  if (AllowedOAuthFlows.length > 1) throw invalidParameter('client_credentials flow can not be selected along with code flow or implicit flow.');
  if (!GenerateSecret) throw invalidParameter('client_credentials flow can not be selected if client does not have a client secret.');
};

/** CreateUserPoolClient, DescribeUserPoolClient, ListUserPoolClients and resource servers. */
export const clientOperations = (world: CognitoWorld): Operations<typeof cognito> => ({
  CreateUserPoolClient: {
    permissions: onPool(world, 'CreateUserPoolClient'),
    handle: (request) => {
      const pool = requirePool(world, request.UserPoolId);
      check(world, request);
      const { UserPoolId: _pool, ClientName, GenerateSecret, ...input } = request;
      const secret = GenerateSecret ? { secret: randomName(51) } : {};
      const client: KeptClient = { id: randomName(26), poolId: pool.id, name: ClientName, ...secret, createdAt: world.clock.now(), input };
      world.state.clients.put(client.id, client);
      return { UserPoolClient: describe(client) };
    },
  },
  DescribeUserPoolClient: {
    permissions: onPool(world, 'DescribeUserPoolClient'),
    handle: ({ UserPoolId, ClientId }) => ({ UserPoolClient: describe(requireClient(world, UserPoolId, ClientId)) }),
  },
  ListUserPoolClients: {
    permissions: onPool(world, 'ListUserPoolClients'),
    handle: ({ UserPoolId }) => {
      requirePool(world, UserPoolId);
      const clients = [...world.state.clients.values()].filter(({ poolId }) => poolId === UserPoolId);
      return { UserPoolClients: clients.map(({ id, name }) => ({ ClientId: id, ClientName: name, UserPoolId })) };
    },
  },
  CreateResourceServer: {
    permissions: onPool(world, 'CreateResourceServer'),
    handle: ({ UserPoolId, Identifier, Name, Scopes = [] }) => {
      requirePool(world, UserPoolId);
      const key = `${UserPoolId} ${Identifier}`;
      if (world.state.resourceServers.get(key)) throw invalidParameter(`${Identifier} already exists in user pool ${UserPoolId}.`);
      world.state.resourceServers.put(key, { poolId: UserPoolId, identifier: Identifier, name: Name, scopes: Scopes });
      return { ResourceServer: { UserPoolId, Identifier, Name, Scopes } };
    },
  },
});
