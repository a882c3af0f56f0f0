import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { type EdgeHarness, startEdge } from '../../../support/edge/edge-harness.ts';
import { exchangeRaw, requestText } from '../../../support/edge/raw-viewer.ts';

let edge: EdgeHarness;

beforeEach(async () => {
  edge = await startEdge();
});

afterEach(() => edge.close());

const get = (domainName: string, path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(`http://${domainName}${path}`, { headers });

// Node's fetch asks for a range without compression, which is another object.
const plain = { 'accept-encoding': 'identity' };

const read = async (response: Response) => ({ status: response.status, text: await response.text(), cache: response.headers.get('x-cache'), age: response.headers.get('age') });

describe('a distribution', () => {
  it('keeps what the origin lets it keep', async () => {
    const { domainName } = await edge.distribution();

    const first = await read(await get(domainName, '/a'));
    await edge.clock.advance(2_000);
    const second = await read(await get(domainName, '/a'));

    expect(first).toEqual({ status: 200, text: 'hello', cache: 'Miss from cloudfront', age: null });
    expect(second).toEqual({ status: 200, text: 'hello', cache: 'Hit from cloudfront', age: '2' });
    expect(edge.origin.requests).toHaveLength(1);
  });

  it('asks again with validators when the object is stale', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((request, response) => {
      const isCurrent = request.headers['if-none-match'] === '"v"';
      response.writeHead(isCurrent ? 304 : 200, { 'cache-control': 'max-age=1', etag: '"v"' }).end(isCurrent ? undefined : 'body');
    });

    await read(await get(domainName, '/a'));
    await edge.clock.advance(1_500);
    const again = await read(await get(domainName, '/a'));

    expect(again).toMatchObject({ status: 200, text: 'body', cache: 'RefreshHit from cloudfront' });
  });

  it('makes one request for viewers who ask at once', async () => {
    const { domainName } = await edge.distribution();
    const waiting: ServerResponse[] = [];
    edge.origin.answerWith((_, response) => waiting.push(response));

    const viewers = Array.from({ length: 5 }, () => get(domainName, '/live').then(read));
    while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
    waiting[0]!.writeHead(200, { 'cache-control': 'max-age=5' }).write('first ');
    setImmediate(() => waiting[0]!.end('second'));
    const answers = await Promise.all(viewers);

    expect(answers.map(({ text }) => text)).toEqual(Array.from({ length: 5 }, () => 'first second'));
    expect(edge.origin.requests).toHaveLength(1);
    expect(answers.filter(({ cache }) => cache === 'Miss from cloudfront')).toHaveLength(1);
  });

  it('asks for each viewer when the answer is for one only', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((_, response) => response.writeHead(200, { 'cache-control': 'no-store' }).end('mine'));

    await Promise.all([get(domainName, '/p').then(read), get(domainName, '/p').then(read), get(domainName, '/p').then(read)]);

    expect(edge.origin.requests).toHaveLength(3);
  });

  it('serves ranges and conditions from the kept object', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((_, response) => response.writeHead(200, { 'cache-control': 'max-age=60', etag: '"v"' }).end('0123456789'));

    const range = await get(domainName, '/a', { range: 'bytes=2-4', ...plain });
    const suffix = await get(domainName, '/a', { range: 'bytes=-3', ...plain });
    const unchanged = await get(domainName, '/a', { 'if-none-match': 'W/"v"', ...plain });

    expect({ status: range.status, text: await range.text(), range: range.headers.get('content-range') }).toEqual({ status: 206, text: '234', range: 'bytes 2-4/10' });
    expect(await suffix.text()).toBe('789');
    expect(unchanged.status).toBe(304);
    expect(edge.origin.requests).toHaveLength(1);
  });

  it('remembers an error for its caching time', async () => {
    const { domainName } = await edge.distribution({ CustomErrorResponses: { Quantity: 1, Items: [{ ErrorCode: 404, ErrorCachingMinTTL: 2 }] } });
    edge.origin.answerWith((_, response) => response.writeHead(404).end('not yet'));

    await read(await get(domainName, '/seg.ts'));
    const soon = await read(await get(domainName, '/seg.ts'));
    await edge.clock.advance(2_500);
    edge.origin.answerWith((_, response) => response.writeHead(200).end('here'));
    const later = await read(await get(domainName, '/seg.ts'));

    expect([soon, later]).toMatchObject([{ status: 404, cache: 'Error from cloudfront' }, { status: 200, text: 'here' }]);
    expect(edge.origin.requests).toHaveLength(2);
  });

  it('serves the stale object while the origin fails', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((_, response) => response.writeHead(200, { 'cache-control': 'max-age=1' }).end('old'));
    await read(await get(domainName, '/a'));
    await edge.clock.advance(5_000);
    edge.origin.answerWith((_, response) => response.writeHead(503).end('down'));

    const answer = await read(await get(domainName, '/a'));

    expect(answer).toMatchObject({ status: 200, text: 'old' });
  });

  it('answers 502 when the origin is gone', async () => {
    const { domainName } = await edge.distribution({
      Origins: { Quantity: 1, Items: [{ Id: 'origin', DomainName: '127.0.0.1:1', ConnectionAttempts: 1 }] },
    });

    const answer = await read(await get(domainName, '/a'));

    expect(answer).toMatchObject({ status: 502, cache: 'Error from cloudfront' });
  });

  it('breaks the connection off when the origin breaks off', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((_, response) => {
      response.writeHead(200, { 'content-length': '100', 'cache-control': 'max-age=60' }).write('part');
      setImmediate(() => response.destroy());
    });

    const failed = get(domainName, '/a').then((response) => response.text());

    await expect(failed).rejects.toThrow();
    edge.origin.answerWith((_, response) => response.writeHead(200).end('whole'));
    expect(await (await get(domainName, '/a')).text()).toBe('whole');
  });

  it('hides itself when it is disabled', async () => {
    const { domainName } = await edge.distribution({ Enabled: false });

    expect((await get(domainName, '/a')).status).toBe(403);
  });

  it('rejects URLs and headers that are too long', async () => {
    const { domainName } = await edge.distribution();

    const long = await get(domainName, `/${'a'.repeat(8_200)}`);
    const heavy = await get(domainName, '/a', { 'x-heavy': 'a'.repeat(21_000) });

    expect([long.status, heavy.status]).toEqual([414, 494]);
  });

  it('sends the origin what the policies name and the origin headers', async () => {
    const { domainName } = await edge.distribution({
      Origins: {
        Quantity: 1,
        Items: [{ Id: 'origin', DomainName: edge.origin.domainName, CustomHeaders: { Quantity: 1, Items: [{ HeaderName: 'X-MediaPackage-CDNIdentifier', HeaderValue: 'secret' }] } }],
      },
      DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'allow-all', CachePolicyId: '08627262-05a9-4f76-9ded-b50ca2e3a84f' },
    });

    await read(await get(domainName, '/out/v1/x/index.m3u8?m=1&other=2&start=3', { origin: 'https://player', cookie: 'a=b', 'x-private': '1' }));

    const [asked] = edge.origin.requests;
    expect(asked?.url).toBe('/out/v1/x/index.m3u8?m=1&start=3');
    expect(asked?.headers).toMatchObject({ 'x-mediapackage-cdnidentifier': 'secret', origin: 'https://player', 'user-agent': 'Amazon CloudFront' });
    expect(asked?.headers).not.toHaveProperty('cookie');
    expect(asked?.headers).not.toHaveProperty('x-private');
  });

  it('streams a large body without waiting for its end', async () => {
    const { domainName } = await edge.distribution();
    let rest: (() => void) | undefined;
    edge.origin.answerWith((_, response) => {
      response.writeHead(200, { 'cache-control': 'max-age=60' }).write('begin');
      rest = () => response.end('end');
    });

    const response = await get(domainName, '/stream');
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    rest!();
    const { value: last } = await reader.read();

    expect([Buffer.from(value).toString(), Buffer.from(last).toString()]).toEqual(['begin', 'end']);
  });

  it('passes methods on that its behaviour allows', async () => {
    const { domainName } = await edge.distribution({
      DefaultCacheBehavior: {
        TargetOriginId: 'origin',
        ViewerProtocolPolicy: 'allow-all',
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        AllowedMethods: { Quantity: 7, Items: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE'] },
      },
    });
    edge.origin.answerWith((request, response) => {
      void once(request, 'data').then(([chunk]) => response.end(`got ${String(chunk)}`));
    });

    const answer = await fetch(`http://${domainName}/post`, { method: 'POST', body: 'payload' });

    expect(await answer.text()).toBe('got payload');
    expect(edge.metrics.find(({ name, value }) => name === 'BytesUploaded' && value > 0)?.value).toBe(7);
  });

  it('adds CORS headers of its policy for players of other origins', async () => {
    const { domainName } = await edge.distribution({
      DefaultCacheBehavior: { TargetOriginId: 'origin', ViewerProtocolPolicy: 'allow-all', CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6', ResponseHeadersPolicyId: '60669652-455b-4ae9-85a4-c4c02393f86c' },
    });

    const answer = await get(domainName, '/a', { origin: 'https://player' });

    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('keeps the connection across its answers', async () => {
    const { domainName } = await edge.distribution();

    const text = (await exchangeRaw(domainName, `${requestText('/a')}${requestText('/a', { Connection: 'close' })}`)).toString();

    expect(text.match(/Connection: (keep-alive|close)/g)).toEqual(['Connection: keep-alive', 'Connection: close']);
  });
});
