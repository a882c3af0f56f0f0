import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { cloudWatchMetricReader } from '../../../../lambda/adapters/cloudwatch/cloudwatch-metric-reader.ts';
import { systemClock, timeScale } from '../../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';
import { createCloudWatchService, type CloudWatchService } from '../../../../local/services/cloudwatch/cloudwatch-service.ts';
import { startGateway, type LocalGateway } from '../../../support/gateway/local-gateway.ts';

let service: CloudWatchService;
let gateway: LocalGateway;
let client: CloudWatchClient;

beforeAll(async () => {
  service = createCloudWatchService({ state: memoryStateStore(), clock: systemClock, timeScale: timeScale(Infinity) });
  gateway = await startGateway({ services: [service] });
  client = new CloudWatchClient(gateway.settings);
});

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

describe('metrics of a window', () => {
  it('are the exact sums by minute, with gaps where nothing happened', async () => {
    const to = Math.floor(Date.now() / 60_000) * 60_000 - 60_000;
    const from = to - 3 * 60_000;
    const record = (name: string, at: number, value: number): void =>
      service.record({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: 'E1', Region: 'Global' }, value, at });
    record('BytesDownloaded', from, 1_000);
    record('BytesDownloaded', from + 59_999, 24);
    record('BytesDownloaded', from + 120_000, 2 ** 50);
    record('BytesDownloaded', to, 5);
    record('Requests', from, 2);

    const metric = (name: string) => ({ namespace: 'AWS/CloudFront', name, dimensions: { DistributionId: 'E1', Region: 'Global' } });
    const reader = cloudWatchMetricReader({ client: () => client, now: Date.now });
    const [bytes, requests, none] = await reader.sumsByMinute('us-east-1', [metric('BytesDownloaded'), metric('Requests'), metric('BytesUploaded')], { from, to });

    expect(bytes).toEqual({ from, values: [1_024n, null, 1n << 50n], isComplete: true });
    expect(requests?.values).toEqual([2n, null, null]);
    expect(none).toEqual({ from, values: [null, null, null], isComplete: true });
  });
});
