import { edgeStoreKey, tokenPattern } from '../../../lambda/contract/viewer-token.ts';
import { aRequest, aStore, asked, aToken, cookieRequest, nowSeconds as now, otherBreakoutId, packagerPath, tokenUrl } from '../../support/edge/a-viewer.ts';
import { webOrigin } from '../../support/edge-function.ts';

describe('a token in the path', () => {
  it.each([
    ['a signature with another key', aToken({ signingKey: 'x'.repeat(64) })],
    ['a signature for another breakout', aToken({ signedFor: otherBreakoutId })],
    ['a key that is not in the store', aToken({ keyId: 'k2' })],
    ['a later expiry than was signed', aToken().replace((now + 600).toString(36), (now + 6000).toString(36))],
    ['another session than was signed', aToken().replace('AbCdEfGhIjKlMn_-', 'AbCdEfGhIjKlMn_A')],
    ['another kind than was signed', aToken().replace('.v.', '.p.')],
    ['a binding that was not signed', aToken().replace('.v.', '.vi.')],
    ['a recording\'s token', aToken({ scope: 'r' })],
    ['a kind that there is not', aToken({ scope: 'x' })],
    ['another last character', aToken().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['a signature that is cut off', aToken().slice(0, -1)],
    ['no signature', aToken().split('.').slice(0, 4).join('.')],
    ['a sixth part', `${aToken()}.x`],
    ['nonsense', 'nonsense'],
    ['encoded nonsense', '%00%ff'],
  ])('is refused for %s', async (_, token) => {
    expect(await asked(tokenUrl(token))).toMatchObject({ statusCode: 403, body: { data: 'bad token' }, headers: { 'cache-control': { value: 'no-store' } } });
  });

  it('is refused for another breakout than was signed', async () => {
    expect(await asked(tokenUrl(aToken(), otherBreakoutId))).toMatchObject({ statusCode: 403, body: { data: 'bad token' } });
  });

  it('is refused from its expiry on', async () => {
    const url = tokenUrl(aToken({ expiresAt: now }));

    expect(await asked(url, aStore(), now - 1)).toHaveProperty('uri', packagerPath);
    expect(await asked(url)).toMatchObject({ statusCode: 403, body: { data: 'token expired' } });
  });

  it('is good with either key while keys change', async () => {
    const entries = aStore({ [edgeStoreKey.signingKey('k2')]: 'n'.repeat(64) });

    expect(await asked(tokenUrl(), entries)).toHaveProperty('uri', packagerPath);
    expect(await asked(tokenUrl(aToken({ keyId: 'k2', signingKey: 'n'.repeat(64) })), entries)).toHaveProperty('uri', packagerPath);
  });

  it('is refused while its session is revoked, and others are not', async () => {
    const entries = aStore({ [edgeStoreKey.revocation('AbCdEfGhIjKlMn_-')]: String(now + 600) });

    expect(await asked(tokenUrl(), entries)).toMatchObject({ statusCode: 403, body: { data: 'token revoked' } });
    expect(await asked(tokenUrl(aToken({ session: 'AbCdEfGhIjKlMn_A' })), entries)).toHaveProperty('uri', packagerPath);
  });

  it('opens at the address and in the country that it is bound to', async () => {
    const url = tokenUrl(aToken({ scope: 'vic', boundTo: ['203.0.113.7', 'DE'] }));
    const from = async (ip: string, country?: string) => (await asked(aRequest(url, { ip, headers: country === undefined ? {} : { 'cloudfront-viewer-country': country } }))).statusCode;

    expect(await Promise.all([from('203.0.113.7', 'DE'), from('203.0.113.8', 'DE'), from('203.0.113.7', 'FR'), from('203.0.113.7')])).toEqual([undefined, 403, 403, 403]);
  });

  it('has the form that the contract names', () => {
    expect(aToken({ scope: 'vic' })).toMatch(tokenPattern);
  });
});

describe('a token in a cookie', () => {
  it('opens the path that cookies open', async () => {
    expect(await asked(cookieRequest(aToken()))).toMatchObject({ uri: packagerPath });
  });

  it.each([
    ['nothing', cookieRequest(undefined)],
    ['a preview', cookieRequest(aToken({ scope: 'p' }))],
    ['another breakout', cookieRequest(aToken(), {}, otherBreakoutId)],
    ['an expired one', cookieRequest(aToken({ expiresAt: now }))],
  ])('does not open it with %s', async (_, event) => {
    expect(await asked(event)).toMatchObject({ statusCode: 403 });
  });

  it("lets pages of the stage's own sites read the answer, and no others", async () => {
    const headersFor = async (origin: string) => (await asked(cookieRequest(undefined, { headers: { origin } }))).headers;

    expect(await headersFor(webOrigin)).toMatchObject({ 'access-control-allow-origin': { value: webOrigin }, 'access-control-allow-credentials': { value: 'true' } });
    expect(await headersFor('https://www.example.org')).not.toHaveProperty('access-control-allow-origin');
  });
});
