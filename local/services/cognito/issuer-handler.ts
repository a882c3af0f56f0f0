import type { IncomingMessage, ServerResponse } from 'node:http';
import { ResourceNotFoundException } from '@aws-sdk/client-cognito-identity-provider';
import { z } from 'zod';
import { userToken } from './access-tokens.ts';
import { issuerOf, type CognitoWorld } from './cognito-world.ts';
import { publicPart } from './signing-key.ts';
import { issueToken, type IssuerAnswer } from './token-endpoint.ts';

/** Serves what a pool publishes and issues over HTTP. */
export type IssuerHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const mostBytes = 64 * 1024;
const signInSchema = z.object({ poolId: z.string().min(1), clientId: z.string().min(1), subject: z.string().min(1), username: z.string().min(1) });

const nothing: IssuerAnswer = { status: 404, body: { message: 'Not Found' } };

const readText = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = z.instanceof(Uint8Array).parse(chunk);
    bytes += part.length;
    if (bytes > mostBytes) return undefined;
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const configurationOf = (world: CognitoWorld, poolId: string): IssuerAnswer['body'] => ({
  issuer: issuerOf(world, poolId),
  jwks_uri: `${issuerOf(world, poolId)}/.well-known/jwks.json`,
  token_endpoint: `${world.issuerBaseUrl()}/oauth2/token`,
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  response_types_supported: ['code', 'token'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
});

const publish = (world: CognitoWorld, path: string): IssuerAnswer => {
  const [, poolId = '', document] = /^\/([^/]+)\/\.well-known\/(jwks\.json|openid-configuration)$/.exec(path) ?? [];
  const pool = world.state.pools.get(poolId);
  if (!pool) return nothing;
  return { status: 200, body: document === 'jwks.json' ? { keys: [publicPart(pool.signingKey)] } : configurationOf(world, poolId) };
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const signIn = async (world: CognitoWorld, body: string): Promise<IssuerAnswer> => {
  const request = signInSchema.safeParse(parseJson(body));
  if (!request.success) return { status: 400, body: { message: `sign-in needs poolId, clientId, subject and username: ${z.prettifyError(request.error)}` } };
  try {
    return { status: 200, body: { accessToken: await userToken(world, request.data) } };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { status: 404, body: { message: error.message } };
    throw error;
  }
};

const answer = async (world: CognitoWorld, request: IncomingMessage): Promise<IssuerAnswer> => {
  const [path = '/'] = (request.url ?? '/').split('?');
  if (request.method === 'GET') return publish(world, path);
  if (request.method !== 'POST') return nothing;
  const body = await readText(request);
  if (body === undefined) return { status: 413, body: { message: `the request is larger than ${mostBytes} bytes` } };
  if (path === '/oauth2/token') return issueToken(world, request.headers.authorization, body);
  // Stands in for the hosted sign-in pages, which local mode has not.
  if (path === '/local/sign-in') return signIn(world, body);
  return nothing;
};

/** The issuer's own little HTTP interface. */
export const createIssuerHandler =
  (world: CognitoWorld): IssuerHandler =>
  async (request, response) => {
    const { status, body } = await answer(world, request);
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
  };
