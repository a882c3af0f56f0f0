import { sign } from 'node:crypto';
import { ResourceNotFoundException, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type CamKeySecret, camKeySecretSchema, type CamPlaybackSettings } from '../../contract/cam-playback.ts';
import type { CamTokens } from '../../domain/playback/cam/cam-tokens.ts';
import { keptSecret } from './kept-secret.ts';

/** The private key that is to sign, if IVS has its public half; while it has not, one whose half it has. */
const signingKey = (secret: CamKeySecret, { keyIds, secretName }: CamPlaybackSettings): string => {
  const key = [secret.signWith, ...keyIds].flatMap((id) => (keyIds.includes(id) ? (secret[id] ?? []) : []))[0];
  if (key !== undefined) return key;
  const names = Object.keys(secret).filter((name) => name !== 'signWith');
  throw new Error(`the secret ${secretName} has private keys ${names.join(', ')}, the stage public keys ${keyIds.join(', ')}: expected one in both; run the rotation of Cam keys and deploy`);
};

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** A JSON web token, ES384: the signature is r and s, not DER. https://www.rfc-editor.org/rfc/rfc7518#section-3.4 */
const webToken = (claims: object, key: string): string => {
  const signed = `${encoded({ alg: 'ES384', typ: 'JWT' })}.${encoded(claims)}`;
  return `${signed}.${sign('sha384', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

/**
 * Playback tokens of IVS channels, signed with the key that the secret names. A stage without keys makes none.
 * IAM: secretsmanager:GetSecretValue on the keys' secret.
 */
export const signedCamTokens = (client: SecretsManagerClient, settings: CamPlaybackSettings | null, now: () => number): CamTokens => {
  if (settings === null) {
    return { issue: () => Promise.reject(new Error('the stage has no keys for playback tokens of Cam pipelines: run the rotation of Cam keys and deploy')) };
  }
  const read = keptSecret(client, settings.secretName, camKeySecretSchema, now);
  const secretOf = () =>
    read().catch((cause: unknown) => {
      if (!(cause instanceof ResourceNotFoundException)) throw cause;
      const publicKeys = settings.keyIds.join(', ');
      throw new Error(`the stage has the public keys ${publicKeys} for playback tokens of Cam pipelines, and no secret ${settings.secretName} with their private halves: run the rotation of Cam keys and deploy`, { cause });
    });
  const origins = settings.webOrigins.join(',');
  return {
    issue: async ({ channelArn, viewerId, version, expiresAt }) => {
      const claims = {
        'aws:channel-arn': channelArn,
        ...(origins === '' ? {} : { 'aws:access-control-allow-origin': origins }),
        'aws:viewer-id': viewerId,
        'aws:viewer-session-version': version,
        exp: expiresAt,
      };
      return webToken(claims, signingKey(await secretOf(), settings));
    },
  };
};
