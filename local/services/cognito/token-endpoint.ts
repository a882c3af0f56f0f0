import { timingSafeEqual } from 'node:crypto';
import { machineToken, validitySeconds } from './access-tokens.ts';
import type { KeptClient } from './cognito-state.ts';
import { requirePool, type CognitoWorld } from './cognito-world.ts';

/** An answer of the issuer. */
export interface IssuerAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer that refuses: RFC 6749, 5.2. Cognito answers 400 to all of them. */
const refuse = (error: string): IssuerAnswer => ({ status: 400, body: { error } });

const credentialsOf = (authorization: string | undefined, form: URLSearchParams): readonly [id: string, secret: string] => {
  const [, basic] = /^Basic (.+)$/i.exec(authorization ?? '') ?? [];
  if (basic === undefined) return [form.get('client_id') ?? '', form.get('client_secret') ?? ''];
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString().split(':');
  return [id, secret.join(':')];
};

const isSame = (left: string, right: string): boolean => left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));

const grantScopes = ({ input: { AllowedOAuthScopes = [] } }: KeptClient, asked: string | null): readonly string[] | undefined => {
  if (!asked) return AllowedOAuthScopes;
  const scopes = asked.split(/\s+/).filter(Boolean);
  return scopes.every((scope) => AllowedOAuthScopes.includes(scope)) ? scopes : undefined;
};

/** `POST /oauth2/token` with grant type client_credentials. */
export const issueToken = async (world: CognitoWorld, authorization: string | undefined, body: string): Promise<IssuerAnswer> => {
  const form = new URLSearchParams(body);
  if (form.get('grant_type') === null) return refuse('invalid_request');
  if (form.get('grant_type') !== 'client_credentials') return refuse('unsupported_grant_type');
  const [id, secret] = credentialsOf(authorization, form);
  const client = world.state.clients.get(id);
  if (client?.secret === undefined || !isSame(client.secret, secret)) return refuse('invalid_client');
  if (!client.input.AllowedOAuthFlows?.includes('client_credentials')) return refuse('unauthorized_client');
  const scopes = grantScopes(client, form.get('scope'));
  if (!scopes) return refuse('invalid_scope');
  const token = await machineToken(world, requirePool(world, client.poolId), client, scopes);
  return { status: 200, body: { access_token: token, expires_in: validitySeconds(client), token_type: 'Bearer' } };
};
