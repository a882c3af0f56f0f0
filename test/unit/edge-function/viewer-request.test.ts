import { createHmac } from 'node:crypto';
import { breakoutCacheHeader, edgeHolderSchema, edgeStoreKey } from '../../../lambda/contract/viewer-token.ts';
import { edgeFunction, edgeFunctionText } from '../../support/edge-function.ts';

const now = 1_795_000_000;
const key = 'k'.repeat(64);
const breakoutId = 'bko_01JD0000000000000000000000';
const distributionId = 'E1234567890ABC';
const packagerPath = '/out/v1/0123456789abcdef/index.m3u8';

const holder = (change: Partial<{ breakoutId: string; from: number; until: number | null }> = {}): string =>
  JSON.stringify(edgeHolderSchema.parse({ breakoutId, from: now - 60, until: null, ...change }));

const store = (change: Readonly<Record<string, string>> = {}) => ({
  [edgeStoreKey.signingKey('k1')]: key,
  [edgeStoreKey.holder(distributionId)]: holder(),
  ...change,
});

interface TokenParts {
  readonly keyId?: string;
  readonly expiresAt?: number;
  readonly session?: string;
  readonly signedFor?: string;
  readonly signingKey?: string;
}

const tokenOf = ({ keyId = 'k1', expiresAt = now + 600, session = 'AbCdEfGhIjKlMn_-', signedFor = breakoutId, signingKey = key }: TokenParts = {}): string => {
  const claims = `${keyId}.${expiresAt.toString(36)}.${session}`;
  return `${claims}.${createHmac('sha256', signingKey).update(`${claims}.${signedFor}`).digest('base64url')}`;
};

const event = (uri: string, { method = 'GET', headers = {} } = {}) => ({ context: { distributionId }, request: { method, uri, headers: { host: { value: 'd1.cloudfront.net' }, ...headers } } });

const urlOf = (token = tokenOf(), id = breakoutId, path = packagerPath): string => `/t/${token}/${id}${path}`;

const ask = (uri: string, entries: Readonly<Record<string, string>> = store(), at = now) => edgeFunction(entries, at)(event(uri));

describe('the viewer-request function', () => {
  it('strips token and breakout and nothing else', async () => {
    const result = await ask(urlOf());

    expect(result).toMatchObject({ uri: packagerPath, method: 'GET' });
  });

  it('puts the breakout where the cache key has it', async () => {
    const run = edgeFunction(store(), now);

    const result = await run(event(urlOf(), { headers: { [breakoutCacheHeader]: { value: 'bko_of_somebody_else' } } }));

    expect(result.headers).toEqual({ host: { value: 'd1.cloudfront.net' }, [breakoutCacheHeader]: { value: breakoutId } });
  });

  it('serves a path below the token in full', async () => {
    const result = await ask(urlOf(tokenOf(), breakoutId, '/out/v1/0123/t/a/b/index_1_12.ts'));

    expect(result.uri).toBe('/out/v1/0123/t/a/b/index_1_12.ts');
  });

  it.each(['/', '/index.html', packagerPath, '/t', '/t/', '/t/x', `/t/${tokenOf()}/${breakoutId}`, `/t/${tokenOf()}/${breakoutId}/`, '/c/x/y/z'])('answers 404 to %s', async (uri) => {
    expect(await ask(uri)).toMatchObject({ statusCode: 404 });
  });

  it.each([
    ['a signature with another key', tokenOf({ signingKey: 'x'.repeat(64) })],
    ['a signature for another breakout', tokenOf({ signedFor: 'bko_01JD0000000000000000000001' })],
    ['a key that is not in the store', tokenOf({ keyId: 'k2' })],
    ['a later expiry than was signed', tokenOf().replace((now + 600).toString(36), (now + 6000).toString(36))],
    ['another session than was signed', tokenOf().replace('AbCdEfGhIjKlMn_-', 'AbCdEfGhIjKlMn_A')],
    ['another last character', tokenOf().replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['a signature that is cut off', tokenOf().slice(0, -1)],
    ['no signature', tokenOf().split('.').slice(0, 3).join('.')],
    ['a fifth part', `${tokenOf()}.x`],
    ['nonsense', 'nonsense'],
    ['encoded nonsense', '%00%ff'],
  ])('refuses %s', async (_, token) => {
    const result = await ask(urlOf(token));

    expect(result).toMatchObject({ statusCode: 403, body: { data: 'bad token' }, headers: { 'cache-control': { value: 'no-store' } } });
  });

  it('refuses another breakout than was signed', async () => {
    expect(await ask(urlOf(tokenOf(), 'bko_01JD0000000000000000000001'))).toMatchObject({ statusCode: 403, body: { data: 'bad token' } });
  });

  it('refuses a token from its expiry on', async () => {
    const token = tokenOf({ expiresAt: now });

    expect(await ask(urlOf(token), store(), now - 1)).toHaveProperty('uri', packagerPath);
    expect(await ask(urlOf(token), store(), now)).toMatchObject({ statusCode: 403, body: { data: 'token expired' } });
  });

  it('serves the holder from its beginning to its end, both included', async () => {
    const entries = store({ [edgeStoreKey.holder(distributionId)]: holder({ from: now, until: now + 10 }) });
    const token = tokenOf({ expiresAt: now + 600 });

    const statuses = await Promise.all([now - 1, now, now + 10, now + 11].map(async (at) => (await ask(urlOf(token), entries, at)).statusCode));

    expect(statuses).toEqual([403, undefined, undefined, 403]);
  });

  it.each([
    ['another breakout holds the distribution', { [edgeStoreKey.holder(distributionId)]: holder({ breakoutId: 'bko_01JD0000000000000000000001' }) }],
    ['another distribution is held', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({}), [edgeStoreKey.holder('E2')]: holder() }],
    ['the holder has no end', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, from: 0 }) }],
    ['the holder has no beginning', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, until: null }) }],
  ])('refuses while %s', async (_, change) => {
    expect(await ask(urlOf(), store(change))).toMatchObject({ statusCode: 403, body: { data: 'not showing' } });
  });

  it('refuses while nobody holds the distribution', async () => {
    expect(await ask(urlOf(), { [edgeStoreKey.signingKey('k1')]: key })).toMatchObject({ statusCode: 403, body: { data: 'not showing' } });
  });

  it('fails closed when the store holds what it cannot read', async () => {
    const result = await ask(urlOf(), store({ [edgeStoreKey.holder(distributionId)]: '{' }));

    expect(result).toMatchObject({ statusCode: 403, body: { data: 'cannot verify' } });
  });

  it('answers a preflight without telling whether the token is good', async () => {
    const run = edgeFunction(store(), now);

    const [good, bad] = await Promise.all([run(event(urlOf(), { method: 'OPTIONS' })), run(event(urlOf('nonsense'), { method: 'OPTIONS' }))]);

    expect(good).toMatchObject({ statusCode: 204, headers: { 'access-control-allow-origin': { value: '*' } } });
    expect(bad).toEqual(good);
  });

  it('lets players on every site read a refusal', async () => {
    expect((await ask(urlOf('nonsense'))).headers).toMatchObject({ 'access-control-allow-origin': { value: '*' } });
  });

  it('fits into what CloudFront takes', () => {
    expect(Buffer.byteLength(edgeFunctionText)).toBeLessThan(10_240);
  });
});
