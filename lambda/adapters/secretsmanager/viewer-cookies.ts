import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type CookieKeySecret, cookieKeySecretSchema, type CookieSettings } from '../../contract/viewer-cookies.ts';
import { cookiePathPrefix, tokenCookieName } from '../../contract/viewer-token.ts';
import type { ViewerCookies } from '../../domain/playback/viewer-cookies.ts';
import { type CookieKey, signedCookieNames, signedCookies } from '../cloudfront/signed-cookies.ts';
import { keptSecret } from './kept-secret.ts';

/** The key that is to sign, if CloudFront has it; while it has not, one that it has. */
const signingKey = (secret: CookieKeySecret, { keyPairIds, secretName }: CookieSettings): CookieKey => {
  const names = [secret.signWith, ...Object.keys(keyPairIds)];
  const [key] = names.flatMap((name): CookieKey[] => {
    const [keyPairId, privateKey] = [keyPairIds[name], secret[name]];
    return keyPairId === undefined || privateKey === undefined ? [] : [{ keyPairId, privateKey }];
  });
  if (key) return key;
  throw new Error(`the secret ${secretName} has private keys ${Object.keys(secret).join(', ')}, the stage public keys ${Object.keys(keyPairIds).join(', ')}: expected one in both; run the rotation of cookie keys and deploy`);
};

// To pages of other sites that embed the player the cookies are a third party's; without TLS browsers take no such cookie.
const securityOf = (baseUrl: string): string => (baseUrl.startsWith('https://') ? 'Secure; HttpOnly; SameSite=None' : 'HttpOnly; SameSite=Lax');

/**
 * Viewers' cookies: CloudFront's four and the token, all for the breakout's own path. Without Expires, so that they go with
 * the browser; what they open ends with the policy. IAM: secretsmanager:GetSecretValue on the keys' secret.
 */
export const signedViewerCookies = (client: SecretsManagerClient, settings: CookieSettings | null, now: () => number): ViewerCookies => {
  if (settings === null) return { issue: async () => undefined, clear: () => [] };
  const secretOf = keptSecret(client, settings.secretName, cookieKeySecretSchema, now);
  const attributes = (breakoutId: string, baseUrl: string): string => `Domain=${settings.domain}; Path=/${cookiePathPrefix}/${breakoutId}/; ${securityOf(baseUrl)}`;
  return {
    async issue({ baseUrl, breakoutId, expiresAt, token, ip }) {
      const resource = `${baseUrl}/${cookiePathPrefix}/${breakoutId}/*`;
      const signed = signedCookies({ resource, expiresAt, ...(ip !== undefined && { ip }) }, signingKey(await secretOf(), settings));
      return [...Object.entries(signed), [tokenCookieName, token]].map(([name = '', value = '']) => `${name}=${value}; ${attributes(breakoutId, baseUrl)}`);
    },
    clear: (breakoutId, baseUrl) => [...signedCookieNames, tokenCookieName].map((name) => `${name}=; Max-Age=0; ${attributes(breakoutId, baseUrl)}`),
  };
};
