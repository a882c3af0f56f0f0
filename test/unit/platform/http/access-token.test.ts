import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { tokenVerifier } from '../../../../lambda/platform/http/access-token.ts';
import { authorisation, narrowed } from '../../../../lambda/platform/http/authorisation.ts';

const issuer = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc';
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let others: Keys;

beforeAll(async () => {
  [keys, others] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
});

const verify = async (token: string) => {
  const jwks = createLocalJWKSet({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'RS256' }] });
  return tokenVerifier({ issuer, clientIds: ['web', 'ops'] }, jwks)(token);
};

const signed = (claims: object = {}, { key = keys.privateKey, iss = issuer, expires = '5m' }: { key?: Keys['privateKey']; iss?: string; expires?: string } = {}) =>
  new SignJWT({ sub: 'anna', client_id: 'web', token_use: 'access', ...claims }).setProtectedHeader({ alg: 'RS256', kid: 'k1' }).setIssuer(iss).setIssuedAt().setExpirationTime(expires).sign(key);

describe('verifying an access token', () => {
  it('answers what it proves', async () => {
    expect(await verify(await signed({ scope: 'visionstream/events:view openid' }))).toEqual({ subject: 'anna', clientId: 'web', scopes: ['visionstream/events:view', 'openid'] });
  });

  it('rejects what is not to be accepted', async () => {
    const refused = [
      await signed({}, { key: others.privateKey }),
      await signed({}, { iss: 'https://elsewhere.example' }),
      await signed({}, { expires: '-1m' }),
      await signed({ token_use: 'id' }),
      await signed({ client_id: 'unknown' }),
      'nonsense',
      '',
    ];

    for (const token of refused) expect(await verify(token)).toBeUndefined();
  });

  it('fails when the issuer cannot be asked', async () => {
    const verifier = tokenVerifier({ issuer, clientIds: ['web'] }, () => Promise.reject(new TypeError('fetch failed')));

    await expect(verifier(await signed())).rejects.toThrow('fetch failed');
  });
});

describe('an authorisation', () => {
  const arn = 'arn:aws:execute-api:us-east-1:123456789012:abc123/v1/GET/events/evt_1';

  it('holds for the whole stage, so that it can be cached', () => {
    const context = { subject: 'anna', accountId: 'acc_1', role: 'OWNER', privileges: 'events:view' };

    expect(authorisation(arn, 'anna', context)).toMatchObject({
      context,
      policyDocument: { Statement: [{ Effect: 'Allow', Resource: 'arn:aws:execute-api:us-east-1:123456789012:abc123/v1/*' }] },
    });
    expect(authorisation(arn, 'anna', undefined)).toMatchObject({ policyDocument: { Statement: [{ Effect: 'Deny' }] } });
  });

  it('is narrowed by scopes and never widened', () => {
    expect(narrowed(['events:view', 'events:add'], ['api/events:view', 'api/accounts:add'])).toEqual(['events:view']);
    expect(narrowed(['events:view'], ['openid'])).toEqual(['events:view']);
  });
});
