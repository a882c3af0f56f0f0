import { once } from 'node:events';
import { connect } from 'node:net';
import { countDistinct } from '../../../../lambda/domain/audience/count-distinct.ts';
import { countAccessLog } from '../../../../lambda/domain/usage/count-access-log.ts';
import { type EdgeHarness, metricSum, startEdge } from '../../../support/edge/edge-harness.ts';
import { aSession, aToken, recordingPath, viewerPath } from '../../../support/usage/an-access-log.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { memoryAudienceStore } from '../../../support/usage/memory-audience-store.ts';
import { memoryDeliveryLog } from '../../../support/usage/memory-delivery-log.ts';

let edge: EdgeHarness;

beforeEach(async () => {
  edge = await startEdge();
  edge.origin.answerWith((_request, response) => void response.writeHead(200, { 'content-type': 'video/mp2t', 'cache-control': 'max-age=60' }).end(Buffer.alloc(5_000)));
});

afterEach(() => edge.close());

const visit = async (domainName: string, path: string, agent = 'VLC/3.0.20 LibVLC/3.0.20'): Promise<void> => {
  await (await fetch(`http://${domainName}${path}`, { headers: { 'user-agent': agent } })).arrayBuffer();
};

/** A request as it stands on the wire, for what no HTTP client sends. */
const visitRaw = async (domainName: string, request: string): Promise<void> => {
  const [host = '', port = ''] = domainName.split(':');
  const socket = connect(Number(port), host);
  socket.end(request);
  socket.resume();
  await once(socket, 'close');
};

const counting = () => {
  const log = memoryDeliveryLog();
  const audiences = memoryAudienceStore();
  const count = countAccessLog({
    files: {
      async *bytes(bucket, key) {
        yield Buffer.from(edge.bucket.files.get(`/${bucket}/${key}`) ?? '');
      },
    },
    logs: log.store,
    audiences,
    ownerOf: async (breakoutId) => (breakoutId === itemIds.breakout ? { breakoutId, eventId: itemIds.event, accountId: itemIds.account } : undefined),
    now: () => 0,
    lateAfterMilliseconds: 0,
  });
  return { log, audiences, countAll: () => Promise.all([...edge.bucket.files.keys()].map((path) => count('logs', path.replace('/logs/', '')))) };
};

describe('logs that the edge writes', () => {
  it('count to what its metrics say, exactly, split by path', async () => {
    const { id, domainName } = await edge.distribution();
    const [first, second] = ['A', 'B'].map((viewer) => aToken({ session: aSession(viewer) }));
    for (const path of [viewerPath(itemIds.breakout, first), viewerPath(itemIds.breakout, first), viewerPath(itemIds.breakout, second), recordingPath(), '/favicon.ico', viewerPath(itemIds.otherBreakout)]) await visit(domainName, path);
    await visit(domainName, viewerPath(itemIds.breakout, aToken({ session: aSession('C'), scope: 'p' })));
    await edge.cloudFront.deliverLogs();
    const { log, audiences, countAll } = counting();

    await countAll();
    await countAll();

    const rows = await log.store.rows(id, { from: Date.parse('2026-01-05T00:00:00Z'), to: Date.parse('2026-01-06T00:00:00Z') });
    const bytesOf = (kind: string | null): bigint => rows.filter((row) => row.kind === kind).reduce((sum, { bytes }) => sum + bytes, 0n);
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0n)).toBe(BigInt(metricSum(edge.metrics, 'BytesDownloaded')));
    expect(rows.reduce((sum, { requests }) => sum + requests, 0n)).toBe(BigInt(metricSum(edge.metrics, 'Requests')));
    expect([bytesOf('AUDIENCE'), bytesOf('MONITORING'), bytesOf('RECORDING'), bytesOf(null)].every((bytes) => bytes > 5_000n)).toBe(true);
    const { live, onDemand, families } = (await audiences.read({ kind: 'BREAKOUT', id: itemIds.breakout }))!;
    expect([countDistinct(live), countDistinct(onDemand), [...families.browser.keys()]]).toEqual([2, 1, ['VLC']]);
  });

  it('count whatever viewers put into their requests', async () => {
    const { id, domainName } = await edge.distribution();
    const path = viewerPath();
    const odd = ['%09', '%0a', '"', '<x>', '%00', '|', '\\', 'ü', '#', 'a'.repeat(4000), '../../t/x'];
    for (const text of odd) await visitRaw(domainName, `GET ${path}${text}?${text} HTTP/1.1\r\nHost: edge\r\nUser-Agent: ${text}\ttab\r\nConnection: close\r\n\r\n`);
    await edge.cloudFront.deliverLogs();
    const { log, countAll } = counting();

    expect((await countAll()).map(({ status }) => status)).toEqual(['COUNTED']);

    const rows = await log.store.rows(id, { from: Date.parse('2026-01-05T00:00:00Z'), to: Date.parse('2026-01-06T00:00:00Z') });
    expect(rows.reduce((sum, { bytes }) => sum + bytes, 0n)).toBe(BigInt(metricSum(edge.metrics, 'BytesDownloaded')));
  });
});
