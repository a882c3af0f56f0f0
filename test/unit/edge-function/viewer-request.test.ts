import { breakoutCacheHeader, edgeStoreKey } from '../../../lambda/contract/viewer-token.ts';
import { aHolder, aRequest, aStore, asked, aToken, breakoutId, distributionId, nowSeconds as now, otherBreakoutId, packagerPath, tokenUrl } from '../../support/edge/a-viewer.ts';
import { edgeFunctionText } from '../../support/edge-function.ts';

describe('the viewer-request function', () => {
  it('strips token and breakout and nothing else', async () => {
    expect(await asked(tokenUrl())).toMatchObject({ uri: packagerPath, method: 'GET' });
  });

  it('puts the breakout where the cache key has it', async () => {
    const result = await asked(aRequest(tokenUrl(), { headers: { [breakoutCacheHeader]: 'bko_of_somebody_else' } }));

    expect(result.headers).toEqual({ host: { value: 'd1.cloudfront.net' }, [breakoutCacheHeader]: { value: breakoutId } });
  });

  it.each([
    '/out/v1/0123/t/a/b/index_1_12.ts',
    '/out/v1/0123/index.ism/QualityLevels(1200000)/Fragments(v=123400000)',
    '/out/v1/0123/index.ism/QualityLevels%281200000%29/Fragments%28v%3D123400000%29',
  ])('serves %s below the token in full', async (path) => {
    expect(await asked(tokenUrl(aToken(), breakoutId, path))).toHaveProperty('uri', path);
  });

  it.each(['/', '/index.html', packagerPath, '/t', '/t/', '/t/x', `/t/${aToken()}/${breakoutId}`, `/t/${aToken()}/${breakoutId}/`, '/x/y/z/w', '/T/x/y/out/v1/a/b'])(
    'answers 404 to %s',
    async (uri) => {
      expect(await asked(uri)).toMatchObject({ statusCode: 404 });
    },
  );

  it.each([
    '/out/v1/a/../b/index.m3u8', '/out/v1/a/./index.m3u8', '/out/v1/a/..', '/out/v1/a//index.m3u8', '/out/v1//index.m3u8', '/out/v1/a/%2e%2e/b', '/out/v1/a/b%2fc', '/out/v1/a/b%5cc',
    '/out/v1/a/b\\c', '/out/v1/a/b%00', '/out/v1/a/b%252fc', '/out/v1/a/b%', '/out/v1/a', '/out/v2/a/index.m3u8', '/in/v2/a/index.m3u8', '/out/v1/a/b;c', '/out/v1/a/é', `/out/v1/a/${'b'.repeat(512)}`,
  ])('answers 404 to a path that the packager does not write: %s', async (path) => {
    expect(await asked(tokenUrl(aToken(), breakoutId, path))).toMatchObject({ statusCode: 404 });
  });

  it('serves the holder from its beginning to its end, both included', async () => {
    const entries = aStore({ [edgeStoreKey.holder(distributionId)]: aHolder({ from: now, until: now + 10 }) });

    const statuses = await Promise.all([now - 1, now, now + 10, now + 11].map(async (at) => (await asked(tokenUrl(), entries, at)).statusCode));

    expect(statuses).toEqual([403, undefined, undefined, 403]);
  });

  it.each([
    ['another breakout holds the distribution', { [edgeStoreKey.holder(distributionId)]: aHolder({ breakoutId: otherBreakoutId }) }],
    ['another distribution is held', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({}), [edgeStoreKey.holder('E2')]: aHolder() }],
    ['the holder has no end', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, began: 0, from: 0, curtain: 'UP' }) }],
    ['the holder has no beginning', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, began: 0, until: null, curtain: 'UP' }) }],
    ['the holder does not say when its ingest began', { [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, from: 0, until: null, curtain: 'UP' }) }],
  ])('refuses while %s', async (_, change) => {
    expect(await asked(tokenUrl(), aStore(change))).toMatchObject({ statusCode: 403, body: { data: 'not showing' } });
  });

  it('refuses while nobody holds the distribution', async () => {
    const { [edgeStoreKey.holder(distributionId)]: _holder, ...entries } = aStore();

    expect(await asked(tokenUrl(), entries)).toMatchObject({ statusCode: 403, body: { data: 'not showing' } });
  });

  it('fails closed when the store holds what it cannot read', async () => {
    expect(await asked(tokenUrl(), aStore({ [edgeStoreKey.holder(distributionId)]: '{' }))).toMatchObject({ statusCode: 403, body: { data: 'cannot verify' } });
  });

  it('answers a preflight without telling whether the token is good', async () => {
    const [good, bad] = await Promise.all([tokenUrl(), tokenUrl('nonsense')].map((uri) => asked(aRequest(uri, { method: 'OPTIONS' }))));

    expect(good).toMatchObject({ statusCode: 204, headers: { 'access-control-allow-origin': { value: '*' }, 'access-control-allow-headers': { value: '*' } } });
    expect(bad).toEqual(good);
  });

  it('lets players on every site read a refusal', async () => {
    expect((await asked(tokenUrl('nonsense'))).headers).toMatchObject({ 'access-control-allow-origin': { value: '*' } });
  });

  it('fits into what CloudFront takes', () => {
    expect(Buffer.byteLength(edgeFunctionText)).toBeLessThan(10_240);
  });
});

describe('the curtain', () => {
  const down = aStore({ [edgeStoreKey.holder(distributionId)]: aHolder({ curtain: 'DOWN' }) });

  it('keeps attendees out while it is down', async () => {
    expect(await asked(tokenUrl(), down)).toMatchObject({ statusCode: 403, body: { data: 'curtain down' } });
  });

  it('lets a preview pass', async () => {
    expect(await asked(tokenUrl(aToken({ scope: 'p' })), down)).toHaveProperty('uri', packagerPath);
  });

  it('counts as down when the store does not say', async () => {
    const entries = aStore({ [edgeStoreKey.holder(distributionId)]: JSON.stringify({ breakoutId, began: 0, from: 0, until: null }) });

    expect(await asked(tokenUrl(), entries)).toMatchObject({ statusCode: 403, body: { data: 'curtain down' } });
  });
});

describe('starting over', () => {
  const held = aStore({ [edgeStoreKey.holder(distributionId)]: aHolder({ began: now - 600, until: now + 60 }) });
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const shifted = (query: Record<string, string | string[]>) => asked(aRequest(tokenUrl(), { query }), held);
  const inPath = (shift: string) => asked(tokenUrl(aToken(), breakoutId, `/out/v1/0123/${shift}/index.m3u8`), held);

  it.each([
    ['in Unix seconds', { start: String(now - 600) }],
    ['to an end', { start: String(now - 600), end: String(now + 60) }],
    ['in ISO 8601', { start: iso(now - 600) }],
    ['with an encoded offset', { start: encodeURIComponent(iso(now - 600).replace('Z', '+00:00')), end: iso(now) }],
  ])('is served inside the show: %s', async (_, query) => {
    expect(await shifted(query)).toHaveProperty('uri', packagerPath);
  });

  it.each([
    ['before it began', { start: String(now - 601) }],
    ['in ISO 8601 before it began', { start: iso(now - 601) }],
    ['past its end', { start: String(now - 600), end: String(now + 61) }],
    ['at an end alone', { end: String(now) }],
    ['twice', { start: [String(now), '0'] }],
    ['under a disguised name', { 'st%61rt': '0' }],
    ['at what is no time', { start: 'yesterday' }],
    ['at nothing', { start: '' }],
  ])('is refused %s', async (_, query) => {
    expect(await shifted(query)).toMatchObject({ statusCode: 403, body: { data: 'outside the show' } });
  });

  it('is served and refused by the path alike', async () => {
    const inside = `start/${iso(now - 600)}/end/${iso(now)}`;

    expect(await inPath(inside)).toHaveProperty('uri', `/out/v1/0123/${inside}/index.m3u8`);
    for (const outside of [`start/${iso(now - 601)}`, `START/${now - 601}`, `start/${now}/start/0`, `end/${now}`, 'start']) {
      expect(await inPath(outside)).toMatchObject({ statusCode: 403, body: { data: 'outside the show' } });
    }
  });
});
