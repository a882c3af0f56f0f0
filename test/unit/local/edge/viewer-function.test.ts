import { createHmac } from 'node:crypto';
import { edgeStoreKey } from '../../../../lambda/contract/viewer-token.ts';
import { edgeFunctionText } from '../../../support/edge-function.ts';
import { exchangeRaw, requestText } from '../../../support/edge/raw-viewer.ts';
import { type EdgeHarness, metricSum, originCachePolicy, startEdge } from '../../../support/edge/edge-harness.ts';

let edge: EdgeHarness;

beforeEach(async () => {
  edge = await startEdge();
});

afterEach(() => edge.close());

interface Published {
  readonly id: string;
  readonly domainName: string;
  readonly storeArn: string;
}

const withFunction = async (code: string): Promise<Published> => {
  const { KeyValueStore } = await edge.call('CreateKeyValueStore', { Name: 'store' });
  const FunctionConfig = { Comment: '', Runtime: 'cloudfront-js-2.0', KeyValueStoreAssociations: { Quantity: 1, Items: [{ KeyValueStoreARN: KeyValueStore.ARN }] } };
  const { ETag, FunctionSummary } = await edge.call('CreateFunction', { Name: 'viewer', FunctionConfig, FunctionCode: Buffer.from(code) });
  await edge.call('PublishFunction', { Name: 'viewer', IfMatch: ETag });
  const { FunctionARN } = FunctionSummary.FunctionMetadata;
  const distribution = await edge.distribution({
    DefaultCacheBehavior: {
      TargetOriginId: 'origin',
      ViewerProtocolPolicy: 'allow-all',
      CachePolicyId: originCachePolicy,
      FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN }] },
    },
  });
  return { ...distribution, storeArn: KeyValueStore.ARN };
};

const put = async (storeArn: string, Key: string, Value: string): Promise<void> => {
  const { ETag } = await edge.callKeys('DescribeKeyValueStore', { KvsARN: storeArn });
  await edge.callKeys('PutKey', { KvsARN: storeArn, Key, Value, IfMatch: ETag });
};

const answer = async (published: Published, path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`http://${published.domainName}${path}`, { headers });
  return { status: response.status, text: await response.text(), cache: response.headers.get('x-cache') };
};

describe('a viewer-request function', () => {
  it('changes what goes on to the origin', async () => {
    const published = await withFunction(`function handler(event) { const r = event.request; r.uri = '/inner' + r.uri; r.querystring = { q: { value: '1' } }; return r; }`);

    const { status } = await answer(published, '/a?z=9');

    expect(status).toBe(200);
    expect(edge.origin.requests[0]?.url).toBe('/inner/a');
  });

  it('answers by itself', async () => {
    const published = await withFunction(`async function handler() { return { statusCode: 403, headers: { 'cache-control': { value: 'no-store' } }, body: 'no' }; }`);

    expect(await answer(published, '/a')).toEqual({ status: 403, text: 'no', cache: 'FunctionGeneratedResponse from cloudfront' });
    expect(edge.origin.requests).toHaveLength(0);
  });

  it('sees the event as CloudFront makes it', async () => {
    const published = await withFunction(`function handler(event) { return { statusCode: 200, body: JSON.stringify(event) }; }`);

    const event = JSON.parse((await answer(published, '/a%20b?x=1&x=2&y=%2F', { cookie: 'c=1; d=2' })).text);

    expect(event).toMatchObject({
      version: '1.0',
      context: { distributionId: published.id, distributionDomainName: published.domainName, eventType: 'viewer-request' },
      viewer: { ip: '127.0.0.1' },
      request: {
        method: 'GET',
        uri: '/a%20b',
        querystring: { x: { value: '1', multiValue: [{ value: '1' }, { value: '2' }] }, y: { value: '%2F' } },
        headers: { host: { value: published.domainName } },
        cookies: { c: { value: '1' }, d: { value: '2' } },
      },
    });
    expect(event.request.headers).not.toHaveProperty('cookie');
  });

  it('reads the key value store a few seconds behind its writers', async () => {
    const published = await withFunction(`import cf from 'cloudfront';
      async function handler(event) {
        const kvs = cf.kvs();
        const has = await kvs.exists('k');
        return { statusCode: 200, body: has ? JSON.stringify([await kvs.get('k', { format: 'json' }), await kvs.count()]) : 'none' };
      }`);

    const before = await answer(published, '/a');
    await put(published.storeArn, 'k', '{"a":1}');
    const at = await answer(published, '/a');
    await edge.clock.advance(5_000);
    const after = await answer(published, '/a');
    await put(published.storeArn, 'k', '{"a":2}');
    const stillOld = await answer(published, '/a');

    expect([before, at, after, stillOld].map(({ text }) => text)).toEqual(['none', 'none', '[{"a":1},1]', '[{"a":1},1]']);
  });

  it.each([
    ['throws', `function handler() { throw new Error('broken'); }`],
    ['does not end', `function handler() { for (;;) {} }`],
    ['does not end after an await', `async function handler() { await null; for (;;) {} }`],
    ['waits for ever', `function handler() { return new Promise(() => {}); }`],
    ['is no JavaScript', `function handler( {`],
    ['reaches for the network', `function handler(event) { fetch('http://127.0.0.1'); return event.request; }`],
    ['reaches for a timer', `function handler(event) { setTimeout(() => {}, 1); return event.request; }`],
    ['makes code of text', `function handler(event) { return eval('event.request'); }`],
    ['requires what the runtime has not', `const fs = require('fs'); function handler(event) { return event.request; }`],
    ['returns nothing', `function handler() {}`],
  ])('fails with 503 when it %s', async (_, code) => {
    const published = await withFunction(code);

    expect((await answer(published, '/a')).status).toBe(503);
    expect(metricSum(edge.metrics, 'FunctionExecutionErrors')).toBe(2);
  });

  it.each([
    ['a uri without a slash', `r.uri = 'x'`],
    ['another host', `r.headers.host = { value: 'x' }`],
    ['a forbidden header', `r.headers['x-amz-cf-id'] = { value: 'x' }`],
    ['another method', `r.method = 'POST'`],
    ['an upper-case header', `r.headers['X-A'] = { value: 'x' }`],
  ])('fails with 502 when it returns %s', async (_, change) => {
    const published = await withFunction(`function handler(event) { const r = event.request; ${change}; return r; }`);

    expect((await answer(published, '/a')).status).toBe(502);
    expect(metricSum(edge.metrics, 'FunctionValidationErrors')).toBe(2);
  });

  it('keeps nothing from run to run', async () => {
    const published = await withFunction(`let n = 0; function handler() { n += 1; globalThis.seen = (globalThis.seen || 0) + 1; return { statusCode: 200, body: n + ' ' + globalThis.seen }; }`);

    expect([(await answer(published, '/a')).text, (await answer(published, '/a')).text]).toEqual(['1 1', '1 1']);
  });

  it('lets through who holds the token of the breakout that holds the pipeline', async () => {
    const published = await withFunction(edgeFunctionText);
    const key = 'k'.repeat(64);
    const now = Math.floor(Date.now() / 1000);
    await put(published.storeArn, edgeStoreKey.signingKey('k1'), key);
    await put(published.storeArn, edgeStoreKey.holder(published.id), JSON.stringify({ breakoutId: 'bko_1', began: now - 5, from: now - 5, until: null, curtain: 'UP' }));
    await edge.clock.advance(5_000);
    const signed = `k1.${(now + 60).toString(36)}.${'s'.repeat(16)}.v`;
    const token = (breakoutId: string): string => `${signed}.${createHmac('sha256', key).update(`${signed}.${breakoutId}`).digest('base64url')}`;

    const good = await answer(published, `/t/${token('bko_1')}/bko_1/out/v1/x/index.m3u8`);
    const other = await answer(published, `/t/${token('bko_2')}/bko_2/out/v1/x/index.m3u8`);
    const forged = await answer(published, `/t/${token('bko_2')}/bko_1/out/v1/x/index.m3u8`);

    expect([good.status, other.status, forged.status]).toEqual([200, 403, 403]);
    expect(edge.origin.requests.map(({ url }) => url)).toEqual(['/out/v1/x/index.m3u8']);
  });

  it('lets no path through that another reader could take for another one', async () => {
    const published = await withFunction(edgeFunctionText);
    const key = 'k'.repeat(64);
    const now = Math.floor(Date.now() / 1000);
    await put(published.storeArn, edgeStoreKey.signingKey('k1'), key);
    await put(published.storeArn, edgeStoreKey.holder(published.id), JSON.stringify({ breakoutId: 'bko_1', began: now - 5, from: now - 5, until: null, curtain: 'UP' }));
    await edge.clock.advance(5_000);
    const signed = `k1.${(now + 60).toString(36)}.${'s'.repeat(16)}.v`;
    const own = `/t/${signed}.${createHmac('sha256', key).update(`${signed}.bko_1`).digest('base64url')}/bko_1`;
    const ends = ['/out/v1/x/../y/index.m3u8', '/../../out/v1/y/index.m3u8', '/out/v1/x%2f..%2fy/index.m3u8', '/out/v1/x/%2e%2e/y/a.ts', '/out/v1/x\\..\\y/a.ts', '//out/v1/x/a.ts', '/out/v1/x//a.ts', `/out/v1/x/${'a'.repeat(5000)}`, '/in/v2/x/channel'];

    const statuses = await Promise.all([...ends.map((end) => `${own}${end}`), '/out/v1/x/index.m3u8', `${own.replace('/t/', '/%74/')}/out/v1/x/a.ts`].map(async (target) => (await exchangeRaw(published.domainName, requestText(target, { connection: 'close' }))).toString('latin1').split(' ')[1]));

    expect(new Set(statuses)).toEqual(new Set(['404']));
    expect(edge.origin.requests).toEqual([]);
  });
});
