import { createServer } from 'node:http';
import {
  CognitoIdentityProviderClient,
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { systemClock } from '../../../../../local/runtime/clock.ts';
import { createCognitoService, type CognitoService } from '../../../../../local/services/cognito/cognito-service.ts';
import { startGateway } from '../../../../support/gateway/local-gateway.ts';
import { listenLocally } from '../../../../support/listen-locally.ts';
import { sharedStateStore } from '../../../../support/shared-state-store.ts';

const state = sharedStateStore();
let service: CognitoService;
let client: CognitoIdentityProviderClient;
let issuer: string;
const closing: (() => Promise<void>)[] = [];
let poolId: string;
let machine: { id: string; secret: string };

const create = () => createCognitoService({ state, clock: systemClock, accountId: '123456789012', region: 'us-east-1', issuerBaseUrl: () => issuer });

beforeAll(async () => {
  service = create();
  const server = createServer((request, response) => void service.issuerHandler(request, response));
  const listener = await listenLocally(server);
  issuer = listener.url;
  const gateway = await startGateway({ services: [service] });
  client = new CognitoIdentityProviderClient(gateway.settings);
  closing.push(() => gateway.close(), () => listener.close());
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'visionstream', UserPoolTags: { stage: 'local' } }));
  poolId = UserPool?.Id ?? '';
  await client.send(new CreateResourceServerCommand({ UserPoolId: poolId, Identifier: 'visionstream', Name: 'API', Scopes: [{ ScopeName: 'all', ScopeDescription: 'everything' }] }));
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'operator',
      GenerateSecret: true,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: ['visionstream/all'],
      AccessTokenValidity: 30,
      TokenValidityUnits: { AccessToken: 'minutes' },
    }),
  );
  machine = { id: UserPoolClient?.ClientId ?? '', secret: UserPoolClient?.ClientSecret ?? '' };
});

afterAll(async () => {
  client.destroy();
  for (const close of closing) await close();
});

const askToken = async (form: Record<string, string>, authorization = `Basic ${Buffer.from(`${machine.id}:${machine.secret}`).toString('base64')}`) => {
  const response = await fetch(`${issuer}/oauth2/token`, { method: 'POST', headers: { authorization }, body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
};

const verify = (token: string) => jwtVerify(token, createRemoteJWKSet(new URL(`${issuer}/${poolId}/.well-known/jwks.json`)), { issuer: service.providerUrl(poolId), algorithms: ['RS256'] });

describe('a user pool', () => {
  it('is described and listed with its clients', async () => {
    await client.send(new CreateUserPoolDomainCommand({ UserPoolId: poolId, Domain: 'visionstream-local' }));

    const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: poolId }));
    const { UserPools } = await client.send(new ListUserPoolsCommand({ MaxResults: 10 }));
    const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId: poolId }));
    const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: poolId, ClientId: machine.id }));

    expect(UserPool).toMatchObject({ Name: 'visionstream', Arn: `arn:aws:cognito-idp:us-east-1:123456789012:userpool/${poolId}`, Domain: 'visionstream-local' });
    expect(UserPools).toHaveLength(1);
    expect(UserPoolClients).toEqual([{ ClientId: machine.id, ClientName: 'operator', UserPoolId: poolId }]);
    expect(UserPoolClient).toMatchObject({ AllowedOAuthFlows: ['client_credentials'], ClientSecret: machine.secret });
  });

  it('publishes its keys without their private part', async () => {
    const configuration = (await (await fetch(`${issuer}/${poolId}/.well-known/openid-configuration`)).json()) as { issuer: string; jwks_uri: string };
    const { keys } = (await (await fetch(configuration.jwks_uri)).json()) as { keys: object[] };

    expect(configuration.issuer).toBe(`${issuer}/${poolId}`);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    expect((await fetch(`${issuer}/us-east-1_nothing/.well-known/jwks.json`)).status).toBe(404);
  });

  it('issues a machine its access token', async () => {
    const { status, body } = await askToken({ grant_type: 'client_credentials', scope: 'visionstream/all' });

    const { payload } = await verify(body['access_token'] ?? '');
    expect([status, body['expires_in'], body['token_type']]).toEqual([200, 1_800, 'Bearer']);
    expect(payload).toMatchObject({ token_use: 'access', client_id: machine.id, sub: machine.id, scope: 'visionstream/all', iss: `${issuer}/${poolId}`, jti: expect.any(String) });
  });

  it.each<[string, Record<string, string>, string | undefined, string]>([
    ['another scope', { grant_type: 'client_credentials', scope: 'visionstream/none' }, undefined, 'invalid_scope'],
    ['a wrong secret', { grant_type: 'client_credentials' }, 'Basic bm9ib2R5Og==', 'invalid_client'],
    ['another grant', { grant_type: 'password' }, undefined, 'unsupported_grant_type'],
    ['no grant', {}, undefined, 'invalid_request'],
  ])('refuses %s', async (_what, form, authorization, error) => {
    expect(await askToken(form, authorization)).toEqual({ status: 400, body: { error } });
  });

  it('signs a user in over HTTP and in process', async () => {
    const request = { poolId, clientId: machine.id, subject: 'user-1', username: 'producer' };
    const response = await fetch(`${issuer}/local/sign-in`, { method: 'POST', body: JSON.stringify(request) });
    const { accessToken } = (await response.json()) as { accessToken: string };

    for (const token of [accessToken, await service.signIn(request)]) {
      expect((await verify(token)).payload).toMatchObject({ sub: 'user-1', username: 'producer', client_id: machine.id, token_use: 'access' });
    }
    expect((await fetch(`${issuer}/local/sign-in`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await fetch(`${issuer}/local/sign-in`, { method: 'POST', body: JSON.stringify({ ...request, clientId: 'nobody' }) })).status).toBe(404);
  });

  it('verifies after a restart what it issued before', async () => {
    const { body } = await askToken({ grant_type: 'client_credentials' });

    service = create();

    expect((await verify(body['access_token'] ?? '')).payload.client_id).toBe(machine.id);
  });

  it('rejects clients that could never get a token', async () => {
    const input = { UserPoolId: poolId, ClientName: 'x', AllowedOAuthFlows: ['client_credentials' as const] };

    await expect(client.send(new CreateUserPoolClientCommand(input))).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(client.send(new CreateUserPoolClientCommand({ ...input, GenerateSecret: true, AllowedOAuthScopes: ['a/b'] }))).rejects.toMatchObject({ name: 'ScopeDoesNotExistException' });
    await expect(client.send(new DescribeUserPoolCommand({ UserPoolId: 'us-east-1_nothing' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
