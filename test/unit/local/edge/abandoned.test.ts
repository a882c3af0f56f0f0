import { type EdgeHarness, metricSum, startEdge } from '../../../support/edge/edge-harness.ts';
import { logLines } from '../../../support/edge/log-bucket.ts';

describe('a viewer that leaves', () => {
  let edge: EdgeHarness;

  beforeEach(async () => {
    edge = await startEdge();
  });

  afterEach(() => edge.close());

  it('before its answer is logged with status 000 and no bytes', async () => {
    const { domainName } = await edge.distribution();
    edge.origin.answerWith(() => undefined);
    const leaving = new AbortController();

    const visit = fetch(`http://${domainName}/slow`, { signal: leaving.signal }).catch(() => undefined);
    while (edge.origin.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    leaving.abort();
    await visit;
    while (metricSum(edge.metrics, 'Requests') === 0) await new Promise((resolve) => setImmediate(resolve));
    await edge.cloudFront.deliverLogs();

    expect(logLines(edge.bucket).map((fields) => [fields[3], fields[8], fields[28]])).toEqual([['0', '000', 'ClientCommError']]);
  });
});

describe('a port that is taken', () => {
  it('fails the creation of the first distribution with its number', async () => {
    const first = await startEdge();
    const { domainName } = await first.distribution();
    const port = Number(domainName.split(':')[1]);

    const second = await startEdge({ firstPort: port });

    await expect(second.distribution()).rejects.toThrow(`port ${port} of 127.0.0.1 is in use`);
    await second.close();
    await first.close();
  });
});
