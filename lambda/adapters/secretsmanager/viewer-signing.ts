import { createHmac, randomBytes } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type ViewerSigningSecret, viewerSigningSecretSchema } from '../../contract/viewer-token.ts';
import type { ViewerSigningKeys, ViewerTokens } from '../../domain/playback/viewer-tokens.ts';
import { calling } from '../service-faults.ts';

// A rotated key is published to the edge before it signs; until then the old one verifies.
const keptMilliseconds = 60_000;

/** Reads the signing secret, at most once a minute. IAM: secretsmanager:GetSecretValue on the secret. */
const secretReader = (client: SecretsManagerClient, SecretId: string, now: () => number): (() => Promise<ViewerSigningSecret>) => {
  let kept: { readonly secret: ViewerSigningSecret; readonly until: number } | undefined;
  return async () => {
    if (kept !== undefined && now() < kept.until) return kept.secret;
    const { SecretString = '' } = await calling('secretsmanager', () => client.send(new GetSecretValueCommand({ SecretId })));
    const secret = viewerSigningSecretSchema.parse(JSON.parse(SecretString));
    kept = { secret, until: now() + keptMilliseconds };
    return secret;
  };
};

const keysOf = (secret: ViewerSigningSecret): Record<string, string> => Object.fromEntries(Object.entries(secret).filter(([name]) => name !== 'signWith'));

const base64url = (bytes: Buffer): string => bytes.toString('base64url');

const sessionCharacters = 16;

/** A viewer keeps one session in a breakout without being named in it; an anonymous one gets a new one each time. */
const sessionOf = (key: string, breakoutId: string, viewerId: string | undefined): string =>
  base64url(viewerId === undefined ? randomBytes(12) : createHmac('sha256', key).update(`viewer.${breakoutId}.${viewerId}`).digest()).slice(0, sessionCharacters);

/** Tokens signed with the key that the secret names; their form is contract/viewer-token.ts. */
export const signedViewerTokens = (client: SecretsManagerClient, secretId: string, now: () => number): ViewerTokens => {
  const secretOf = secretReader(client, secretId, now);
  return {
    async issue({ breakoutId, expiresAt, viewerId }) {
      const secret = await secretOf();
      const key = secret[secret.signWith];
      if (key === undefined) throw new Error(`the viewer signing secret names ${secret.signWith} but has no such key: add it`);
      const claims = `${secret.signWith}.${expiresAt.toString(36)}.${sessionOf(key, breakoutId, viewerId)}`;
      return `${claims}.${base64url(createHmac('sha256', key).update(`${claims}.${breakoutId}`).digest())}`;
    },
  };
};

/** All keys of the secret. */
export const viewerSigningKeys = (client: SecretsManagerClient, secretId: string, now: () => number): ViewerSigningKeys => {
  const secretOf = secretReader(client, secretId, now);
  return { all: async () => keysOf(await secretOf()) };
};
