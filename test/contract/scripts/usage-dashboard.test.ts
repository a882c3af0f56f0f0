import { CloudWatchClient, GetDashboardCommand, GetMetricDataCommand, ListMetricsCommand, PutDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { cloudWatchUsageFigures } from '../../../lambda/adapters/cloudwatch/cloudwatch-usage-figures.ts';
import { usageMetricNamespace } from '../../../lambda/contract/usage-metrics.ts';
import { publishUsage } from '../../../lambda/domain/usage/publish-usage.ts';
import { timeScale, type Clock } from '../../../local/runtime/clock.ts';
import { memoryStateStore } from '../../../local/runtime/state/collection.ts';
import { createCloudWatchService, type CloudWatchService } from '../../../local/services/cloudwatch/cloudwatch-service.ts';
import { metricsOf, parseDashboardBody } from '../../../scripts/dashboard/dashboard-body.ts';
import { drawDashboard } from '../../../scripts/dashboard/draw-dashboard.ts';
import { startGateway, type LocalGateway } from '../../support/gateway/local-gateway.ts';
import { aStageConfiguration, onlyResourceOf, rendered, synthesisedTemplates, type Template } from '../../support/synthesised-stage.ts';
import { figuresSoFar, overheadsSoFar, shownAccounts } from '../../support/usage/a-month-of-figures.ts';

const hour = 3_600_000;
const from = Date.parse('2026-11-01T00:00:00Z');
const to = Date.parse('2026-12-01T00:00:00Z');
let now = from;
/** Moves from hour to hour; who sleeps in between sleeps until the end. */
const clock: Clock = {
  now: () => now,
  sleep: (_milliseconds, signal) => new Promise((resolve) => (signal?.aborted === true ? resolve() : signal?.addEventListener('abort', () => resolve(), { once: true }))),
};

let service: CloudWatchService;
let gateway: LocalGateway;
let client: CloudWatchClient;

let body = '';

/** The dashboard of the template, as the stage deploys it. */
const synthesisedBody = (): string => {
  const templates = Object.values(synthesisedTemplates(aStageConfiguration({ usage: { dashboardAccounts: [...shownAccounts] } })));
  const Resources = Object.assign({}, ...templates.map((template) => template.Resources)) as Template['Resources'];
  return rendered(onlyResourceOf({ Resources }, 'AWS::CloudWatch::Dashboard').Properties['DashboardBody'], () => 'us-east-1');
};

/** Publishes every three hours of a month of shows. */
const publishMonth = async (): Promise<void> => {
  const figures = cloudWatchUsageFigures(client, usageMetricNamespace('test'));
  const usage = {
    accountUsage: async (accountId: string, month: string) => ({ measures: month === '2026-11' ? figuresSoFar(now, accountId) : {} }),
    platformUsage: async (month: string) => ({ measures: month === '2026-11' ? figuresSoFar(now) : {} }),
    overheads: async (month: string) => ({ measures: month === '2026-11' ? overheadsSoFar(now) : {} }),
  };
  const accounts = { list: async () => ({ items: shownAccounts.map((accountId) => ({ accountId, name: '', members: [], createdAt: '', updatedAt: '', revision: 1 })) }) };
  for (; now < to - 3 * hour; now += 3 * hour) await publishUsage({ accounts, usage, figures, now: () => now })();
};

beforeAll(async () => {
  service = createCloudWatchService({ state: memoryStateStore(), clock, timeScale: timeScale(Infinity) });
  gateway = await startGateway({ services: [service] });
  client = new CloudWatchClient(gateway.settings);
  body = synthesisedBody();
  await publishMonth();
}, 60_000);

afterAll(async () => {
  client.destroy();
  await gateway.close();
  await service.close();
});

describe('the usage dashboard', () => {
  it('is kept as the template has it', async () => {
    await client.send(new PutDashboardCommand({ DashboardName: 'test-usage', DashboardBody: body }));

    expect((await client.send(new GetDashboardCommand({ DashboardName: 'test-usage' }))).DashboardBody).toBe(body);
    await expect(client.send(new GetDashboardCommand({ DashboardName: 'other' }))).rejects.toThrow('does not exist');
    await expect(client.send(new PutDashboardCommand({ DashboardName: 'other', DashboardBody: 'no JSON' }))).rejects.toThrow('not JSON');
  });

  it('names metrics that are published, each by itself', async () => {
    const { Metrics = [] } = await client.send(new ListMetricsCommand({ Namespace: usageMetricNamespace('test') }));
    const published = new Set(Metrics.map(({ MetricName, Dimensions = [] }) => `${MetricName} ${Dimensions.map(({ Value }) => Value).join(' ')}`));

    const shown = parseDashboardBody(body).widgets.flatMap((widget) => (widget.type === 'metric' ? metricsOf(widget) : []));

    expect(shown.length).toBeGreaterThan(30);
    for (const { name, dimensions } of shown) expect(published).toContain(`${name} ${Object.values(dimensions).join(' ')}`);
  });

  it('reads the month to date of an account', async () => {
    const Metric = { Namespace: usageMetricNamespace('test'), MetricName: 'Hours', Dimensions: [{ Name: 'AccountId', Value: shownAccounts[1] }, { Name: 'Category', Value: 'streaming' }] };
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({ StartTime: new Date(from), EndTime: new Date(to), MetricDataQueries: [{ Id: 'm0', MetricStat: { Metric, Period: 3600, Stat: 'Maximum' } }] }),
    );

    expect(MetricDataResults[0]?.Values?.[0]).toBe(10);
  });

  it('is drawn from its own JSON', async () => {
    const svg = await drawDashboard(client, parseDashboardBody(body), { from, to });

    expect(svg).toContain('Streaming · hours');
    expect(svg).not.toContain('no data');
    expect(svg).not.toContain('NaN');
    expect(svg.match(/<path /g)?.length).toBeGreaterThan(20);
  });
});
