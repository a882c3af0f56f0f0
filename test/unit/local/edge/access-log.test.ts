import { accessLogHeader, accessLogLine } from '../../../../local/edge/logs/access-log-line.ts';
import type { AccessRecord } from '../../../../local/edge/logs/access-record.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { type EdgeHarness, startEdge } from '../../../support/edge/edge-harness.ts';
import { logLines } from '../../../support/edge/log-bucket.ts';
import { manualClock } from '../../../support/manual-clock.ts';

const aRecord = (over: Partial<AccessRecord> = {}): AccessRecord => ({
  distributionId: 'EDFDVBD6EXAMPLE', requestId: 'id==', finishedAt: Date.parse('2026-01-05T12:34:56.789Z'), edgeLocation: 'IAD89-C1', method: 'GET',
  uri: '/t/a.b/x%20y.ts', query: 'm=1', status: 200, sentBytes: 1_234, receivedBytes: 99, uploadedBytes: 0, ip: '127.0.0.1', port: 5_000,
  requestHeaders: { host: 'edge', 'user-agent': 'VLC media player\t"3"', cookie: 'secret=1' }, distributionHost: '127.0.0.1:1', result: 'Hit', detail: 'Hit',
  takenMilliseconds: 12, firstByteMilliseconds: 3, httpVersion: '1.1', contentType: 'video/mp2t', contentLength: '1000', range: ['0', '9'], ...over,
});

describe('a log line', () => {
  const columns = accessLogHeader.split('\n')[1]!.replace('#Fields: ', '').split(' ');
  const value = (line: string, column: string): string | undefined => line.split('\t')[columns.indexOf(column)];

  it('has 33 fields under a header of two lines', () => {
    expect(columns).toHaveLength(33);
    expect(accessLogLine(aRecord(), false).split('\t')).toHaveLength(33);
    expect(accessLogHeader).toMatch(/^#Version: 1\.0\n#Fields: date time x-edge-location sc-bytes c-ip /);
  });

  it('tells what the viewer was sent, from where and when', () => {
    const line = accessLogLine(aRecord(), false);

    expect(['date', 'time', 'x-edge-location', 'sc-bytes', 'cs-protocol', 'time-taken', 'sc-range-end'].map((column) => value(line, column))).toEqual([
      '2026-01-05', '12:34:56', 'IAD89-C1', '1234', 'https', '0.012', '9',
    ]);
  });

  it('encodes what would break its fields, also what is encoded already', () => {
    const line = accessLogLine(aRecord(), false);

    expect(value(line, 'cs-uri-stem')).toBe('/t/a.b/x%2520y.ts');
    expect(value(line, 'cs(User-Agent)')).toBe('VLC%20media%20player%09%223%22');
  });

  it('leaves cookies out unless they are asked for', () => {
    expect(value(accessLogLine(aRecord(), false), 'cs(Cookie)')).toBe('-');
    expect(value(accessLogLine(aRecord(), true), 'cs(Cookie)')).toBe('secret=1');
  });
});

describe('log delivery', () => {
  let edge: EdgeHarness;
  const visit = async (domainName: string, path: string): Promise<void> => {
    await (await fetch(`http://${domainName}${path}`)).text();
  };

  afterEach(() => edge.close());

  it('puts a file of the hour some time after its first line', async () => {
    edge = await startEdge();
    const { id, domainName } = await edge.distribution();
    await visit(domainName, '/t/token/bko_1/a.ts');

    await edge.clock.advance(19 * 60_000);
    expect(edge.bucket.files.size).toBe(0);
    const delivered = edge.bucket.nextFile();
    await edge.clock.advance(60_000);
    await delivered;

    expect([...edge.bucket.files.keys()]).toEqual([expect.stringMatching(new RegExp(`^/logs/pl_main/${id}\\.2026-01-05-12\\.[a-z0-9]{8}\\.gz$`))]);
    expect(logLines(edge.bucket)[0]?.[7]).toBe('/t/token/bko_1/a.ts');
  });

  it('puts one file for each hour', async () => {
    edge = await startEdge({ clock: manualClock(Date.parse('2026-01-05T12:59:00Z')) });
    const { domainName } = await edge.distribution();
    await visit(domainName, '/a');
    await edge.clock.advance(2 * 60_000);
    await visit(domainName, '/b');

    await edge.cloudFront.deliverLogs();

    expect([...edge.bucket.files.keys()].map((key) => key.split('.').at(1))).toEqual(['2026-01-05-12', '2026-01-05-13']);
  });

  it('keeps lines that cannot be delivered, also over a restart', async () => {
    const state = memoryStateStore();
    edge = await startEdge({ state });
    const { domainName } = await edge.distribution();
    await visit(domainName, '/kept');
    edge.bucket.refuse(true);
    await edge.close();
    expect(edge.faults).toEqual([expect.stringMatching(/access log .* could not be put into logs, its 1 lines are kept: refused by the test/)]);

    edge = await startEdge({ state });
    await edge.cloudFront.deliverLogs();

    expect(logLines(edge.bucket).map((fields) => fields[7])).toEqual(['/kept']);
  });

  it('delivers the last lines when it is closed', async () => {
    edge = await startEdge();
    const { domainName } = await edge.distribution();
    await visit(domainName, '/last');

    await edge.cloudFront.close();

    expect(logLines(edge.bucket).map((fields) => fields[7])).toEqual(['/last']);
  });

  it('serves kept distributions on their former port after a restart', async () => {
    const state = memoryStateStore();
    edge = await startEdge({ state });
    const { domainName } = await edge.distribution();
    await edge.close();

    edge = await startEdge({ state });
    await edge.cloudFront.open();

    const { DistributionList } = await edge.call('ListDistributions', {});
    expect(DistributionList.Items[0].DomainName).toBe(domainName);
    expect((await fetch(`http://${domainName}/a`)).status).toBe(502);
  });
});
