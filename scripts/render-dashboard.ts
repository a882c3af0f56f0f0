import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { CloudWatchClient, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { parseDashboardBody } from './dashboard/dashboard-body.ts';
import { drawDashboard } from './dashboard/draw-dashboard.ts';

const usage = 'node scripts/render-dashboard.ts <stage>-usage usage.svg [--days 31]';

// Draws a dashboard as it is deployed, from its own metrics. Endpoint and credentials are the SDK's: AWS_ENDPOINT_URL for local mode.
const { positionals, values } = parseArgs({ allowPositionals: true, options: { days: { type: 'string', default: '31' } } });
const [DashboardName, file] = positionals;
const days = Number(values.days);
if (DashboardName === undefined || file === undefined || !Number.isInteger(days) || days < 1) {
  console.error(`expected a dashboard and a file, and whole days: ${usage}`);
  process.exitCode = 1;
} else {
  const client = new CloudWatchClient({});
  const { DashboardBody = '' } = await client.send(new GetDashboardCommand({ DashboardName }));
  const to = Date.now();
  writeFileSync(file, await drawDashboard(client, parseDashboardBody(DashboardBody), { from: to - days * 86_400_000, to }));
}
