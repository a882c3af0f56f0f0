import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { viewerNameSecretSchema } from '../../contract/viewer-token.ts';
import type { IdempotencyStore, IdempotentRequest } from '../../domain/shared/idempotency.ts';
import { keptSecret } from './kept-secret.ts';

const algorithm = 'aes-256-gcm';
const keyBytes = 32;
/** What GCM takes: https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf, 5.2.1.1 and 8.2. */
const nonceBytes = 12;
const tagBytes = 16;

/** A sealed answer opens for its own request alone. */
const requestBytes = ({ accountId, key, fingerprint }: IdempotentRequest): Buffer => Buffer.from(JSON.stringify([accountId, key, fingerprint]));

const sealed = (key: Buffer, request: IdempotentRequest, text: string): string => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, key, nonce).setAAD(requestBytes(request));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
};

const opened = (key: Buffer, request: IdempotentRequest, text: string): string => {
  const bytes = Buffer.from(text, 'base64');
  const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes)).setAAD(requestBytes(request)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]).toString('utf8');
};

/**
 * Remembers answers that hold tokens and secrets: whoever reads the store reads none of them. The key is derived from the
 * secret that names viewers, because that one is never rotated and no answer would open after a rotation. IAM:
 * secretsmanager:GetSecretValue on it.
 */
export const sealedIdempotencyStore = (store: IdempotencyStore, client: SecretsManagerClient, secretId: string, now: () => number): IdempotencyStore => {
  const secretOf = keptSecret(client, secretId, viewerNameSecretSchema, now);
  const keyOf = async (): Promise<Buffer> => Buffer.from(hkdfSync('sha256', (await secretOf()).viewers, '', 'answers of idempotent requests', keyBytes));
  return {
    async claim(request) {
      const claim = await store.claim(request);
      if (claim.outcome !== 'COMPLETED') return claim;
      return { ...claim, response: { ...claim.response, body: opened(await keyOf(), request, claim.response.body) } };
    },
    complete: async (request, response) => store.complete(request, { ...response, body: sealed(await keyOf(), request, response.body) }),
    abandon: (request) => store.abandon(request),
  };
};
