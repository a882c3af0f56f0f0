import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IWidget, Metric, PeriodOverride, SingleValueWidget, TextWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { usageMetricCategories, usageMetricDimensions, usageMetricNamespace, usageMetricNames, usageMetricOwners, type UsageMetricCategory } from '../../../lambda/contract/usage-metrics.ts';

export interface UsageDashboardProps {
  readonly stage: string;
  /**
   * Accounts that have graphs of their own; each is drawn from plain metrics, which still show when nothing has been
   * measured for weeks. A search, which finds accounts by itself, forgets them after two.
   */
  readonly accounts: readonly string[];
}

const titles: Readonly<Record<UsageMetricCategory, string>> = {
  streaming: 'Streaming · hours',
  packaging: 'Packaging · GB',
  delivery: 'Delivery · GB',
  conversion: 'Conversion · minutes',
  storage: 'Storage · GB held',
};

const colours: Readonly<Record<UsageMetricCategory, string>> = { streaming: '#1f77b4', packaging: '#17a398', delivery: '#e9a13b', conversion: '#8e6bbf', storage: '#d1495b' };

const wide = 24;

/** Usage and money of the month so far, by category and account. Its metrics come once an hour. */
export class UsageDashboard extends Construct {
  private readonly stage: string;

  constructor(scope: Construct, id: string, { stage, accounts }: UsageDashboardProps) {
    super(scope, id);
    this.stage = stage;
    new Dashboard(this, 'Dashboard', {
      dashboardName: `${stage}-usage`,
      start: '-P35D',
      // Each hour by itself: a longer period would show its highest figure, and a month's last may be lower than the one before.
      periodOverride: PeriodOverride.INHERIT,
      widgets: [
        [new TextWidget({ markdown: `# Usage of ${stage}\nSince the month began (UTC), as booked, storage as it accrues; an ended month's last hour has its settled figures. Cost is AWS's list price, charge is what customers pay.`, width: wide, height: 2 })],
        usageMetricCategories.map((category, index) => this.tile(titles[category], usageMetricNames.quantity[category], category, index === 4 ? 4 : 5)),
        [this.money('Charge · USD', usageMetricNames.charge), this.money('Cost · USD', usageMetricNames.cost)],
        [this.byAccount('Charge by account · USD', accounts, usageMetricNames.charge), this.byAccount('Cost by account · USD', accounts, usageMetricNames.cost)],
        ...accounts.map((account) => this.accountRow(account)),
      ],
    });
  }

  private metric(metricName: string, owner: string, category: UsageMetricCategory | 'total', options: { readonly label: string; readonly color?: string }): Metric {
    return new Metric({
      namespace: usageMetricNamespace(this.stage),
      metricName,
      dimensionsMap: { [usageMetricDimensions.account]: owner, [usageMetricDimensions.category]: category },
      statistic: 'Maximum',
      period: Duration.hours(1),
      ...options,
    });
  }

  private tile(title: string, name: string, category: UsageMetricCategory, width: number): IWidget {
    return new SingleValueWidget({ title, width, height: 4, sparkline: true, metrics: [this.metric(name, usageMetricOwners.everything, category, { label: category, color: colours[category] })] });
  }

  private money(title: string, name: string): IWidget {
    const metrics = usageMetricCategories.map((category) => this.metric(name, usageMetricOwners.everything, category, { label: category, color: colours[category] }));
    return new GraphWidget({ title, width: 12, height: 7, stacked: true, left: metrics, leftYAxis: { min: 0, label: 'USD', showUnits: false } });
  }

  private byAccount(title: string, accounts: readonly string[], name: string): IWidget {
    const own = accounts.map((account) => this.metric(name, account, 'total', { label: account }));
    const rest = [this.metric(name, usageMetricOwners.overheads, 'total', { label: 'overheads' }), this.metric(name, usageMetricOwners.everything, 'total', { label: 'everything', color: '#444444' })];
    return new GraphWidget({ title, width: 12, height: 7, left: [...own, ...rest], leftYAxis: { min: 0, label: 'USD', showUnits: false } });
  }

  private accountRow(account: string): IWidget[] {
    const money = usageMetricCategories.map((category) => this.metric(usageMetricNames.charge, account, category, { label: category, color: colours[category] }));
    const amounts = usageMetricCategories.map((category) => this.metric(usageMetricNames.quantity[category], account, category, { label: titles[category], color: colours[category] }));
    return [
      new GraphWidget({ title: `${account} · charge · USD`, width: 12, height: 6, stacked: true, left: money, leftYAxis: { min: 0, label: 'USD', showUnits: false } }),
      new SingleValueWidget({ title: `${account} · month to date`, width: 12, height: 6, metrics: amounts }),
    ];
  }
}
