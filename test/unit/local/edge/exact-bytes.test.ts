import { logLines } from '../../../support/edge/log-bucket.ts';
import { type EdgeHarness, metricSum, startEdge } from '../../../support/edge/edge-harness.ts';
import { abortAfter, exchangeRaw, requestText } from '../../../support/edge/raw-viewer.ts';

let edge: EdgeHarness;

beforeEach(async () => {
  edge = await startEdge();
});

afterEach(() => edge.close());

const loggedBytes = (): number => logLines(edge.bucket).reduce((sum, fields) => sum + Number(fields[3]), 0);

const expectAllEqual = async (received: number): Promise<void> => {
  await edge.cloudFront.deliverLogs();
  expect({ logged: loggedBytes(), measured: metricSum(edge.metrics, 'BytesDownloaded') }).toEqual({ logged: received, measured: received });
};

const close = { Connection: 'close' };

describe('bytes that the edge counts', () => {
  it('are every byte of a kept connection, headers included', async () => {
    const { domainName } = await edge.distribution();

    const received = await exchangeRaw(domainName, `${requestText('/a')}${requestText('/b?x=1', close)}`);

    await expectAllEqual(received.length);
    expect(received.toString().match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it('are every byte of pipelined requests, whatever their answers', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith((request, response) => {
      if (request.url === '/chunked') response.writeHead(200, { 'cache-control': 'no-store' }).write('one');
      if (request.url === '/chunked') response.end('two');
      else if (request.url === '/missing') response.writeHead(404).end('gone');
      else response.writeHead(200, { 'cache-control': 'max-age=60', etag: '"v"', 'content-length': '10' }).end('0123456789');
    });

    const received = await exchangeRaw(
      domainName,
      [
        requestText('/x'),
        requestText('/x', { Range: 'bytes=2-4' }),
        requestText('/x', { Range: 'bytes=90-' }),
        requestText('/x', { 'If-None-Match': '"v"' }),
        requestText('/chunked'),
        requestText('/missing'),
        requestText('/x', {}, 'HEAD'),
        requestText('/x', {}, 'DELETE'),
        requestText('/x', close),
      ].join(''),
    );

    await expectAllEqual(received.length);
    expect(logLines(edge.bucket).map((fields) => fields[8])).toEqual(['200', '206', '416', '304', '200', '404', '200', '403', '200']);
    expect(metricSum(edge.metrics, 'Requests')).toBe(9);
  });

  it('are the answer to what is not HTTP', async () => {
    const { domainName } = await edge.distribution();

    const received = await exchangeRaw(domainName, 'no http at all\r\n\r\n');

    expect(received.toString()).toMatch(/^HTTP\/1\.1 400 /);
    await expectAllEqual(received.length);
  });

  it('are what was sent when a viewer leaves', async () => {
    const { domainName } = await edge.distribution();
    const size = 20_000_000;
    edge.origin.answerWith((_, response) => response.writeHead(200, { 'cache-control': 'no-store', 'content-length': String(size) }).end(Buffer.alloc(size)));

    const received = await abortAfter(domainName, requestText('/big'), 100_000);
    while (metricSum(edge.metrics, 'Requests') === 0) await new Promise((resolve) => setImmediate(resolve));

    const measured = metricSum(edge.metrics, 'BytesDownloaded');
    expect(measured).toBeGreaterThanOrEqual(received);
    expect(measured).toBeLessThan(size);
    await edge.cloudFront.deliverLogs();
    expect(loggedBytes()).toBe(measured);
    expect(logLines(edge.bucket)[0]?.[28]).toBe('ClientCommError');
  });
});
