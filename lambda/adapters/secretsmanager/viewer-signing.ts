import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { tokenKinds, tokenPattern, type ViewerSigningSecret, viewerSigningSecretSchema } from '../../contract/viewer-token.ts';
import type { TokenBinding, TokenPurpose, ViewerSigningKeys, ViewerTokens } from '../../domain/playback/viewer-tokens.ts';
import { keptSecret } from './kept-secret.ts';

const keysOf = (secret: ViewerSigningSecret): Record<string, string> => Object.fromEntries(Object.entries(secret).filter(([name]) => name !== 'signWith'));

const scopeOf = (purpose: TokenPurpose, { ip, country }: TokenBinding): string => `${tokenKinds[purpose]}${ip === undefined ? '' : 'i'}${country === undefined ? '' : 'c'}`;

const purposeOf = (scope: string): TokenPurpose => {
  switch (scope.charAt(0)) {
    case tokenKinds.preview:
      return 'preview';
    case tokenKinds.recording:
      return 'recording';
    default:
      return 'viewer';
  }
};

const signatureOf = (key: string, claims: string, subject: string, { ip, country }: TokenBinding): string =>
  createHmac('sha256', key).update([claims, subject, ip, country].filter((part) => part !== undefined).join('.')).digest('base64url');

const isSame = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Tokens signed with the key that the secret names; their form is contract/viewer-token.ts. */
export const signedViewerTokens = (client: SecretsManagerClient, secretId: string, now: () => number): ViewerTokens => {
  const secretOf = keptSecret(client, secretId, viewerSigningSecretSchema, now);
  return {
    async issue({ purpose, subject, expiresAt, session, boundTo = {} }) {
      const secret = await secretOf();
      const key = secret[secret.signWith];
      if (key === undefined) throw new Error(`the viewer signing secret names ${secret.signWith} but has no such key: add it`);
      const claims = `${secret.signWith}.${expiresAt.toString(36)}.${session}.${scopeOf(purpose, boundTo)}`;
      return `${claims}.${signatureOf(key, claims, subject, boundTo)}`;
    },
    async read(token, subject, boundTo = {}) {
      const [, keyId = '', expiry = '', session = '', scope = '', signature = ''] = tokenPattern.exec(token) ?? [];
      const key = keysOf(await secretOf())[keyId];
      const purpose = purposeOf(scope);
      if (key === undefined || scope !== scopeOf(purpose, boundTo)) return undefined;
      if (!isSame(signature, signatureOf(key, `${keyId}.${expiry}.${session}.${scope}`, subject, boundTo))) return undefined;
      const expiresAt = parseInt(expiry, 36);
      return expiresAt * 1000 > now() ? { purpose, session, expiresAt } : undefined;
    },
  };
};

/** All keys of the secret. */
export const viewerSigningKeys = (client: SecretsManagerClient, secretId: string, now: () => number): ViewerSigningKeys => {
  const secretOf = keptSecret(client, secretId, viewerSigningSecretSchema, now);
  return { all: async () => keysOf(await secretOf()) };
};
