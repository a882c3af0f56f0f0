import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricNames, metricNamespace } from '../../../lambda/contract/metric-names.ts';

export interface AlarmsProps {
  readonly stage: string;
}

/**
 * What wakes those who are on call, and the topic that tells them. Each alarm says what a user loses, and where the
 * runbook says what to do.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: AlarmsProps) {
    super(scope, id);
    // Not encrypted with SNS's own key, with which CloudWatch cannot publish. Alarms name no customer.
    this.topic = new Topic(this, 'Topic', { topicName: `${stage}-alarms`, displayName: `Alarms of ${stage}`, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.defineAccessLogsSetAside(stage);
    this.defineAccrualOverdue(stage);
    this.defineInventoryOverdue(stage);
    this.definePricesOverdue(stage);
    this.defineUsageUnpriced(stage);
  }

  /** One file is enough: it is up to an hour of a distribution at an edge location. */
  private defineAccessLogsSetAside(stage: string): void {
    const alarm = new Alarm(this, 'AccessLogsSetAside', {
      alarmName: `${stage}-access-logs-set-aside`,
      alarmDescription:
        'An access log could not be counted: its show\'s audience is told too small, and its delivery is charged as unlogged. See docs/runbook.md, access-logs-set-aside.',
      metric: new Metric({ namespace: metricNamespace, metricName: metricNames.accessLogsSetAside, statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** It runs every hour, and a month that has ended is to be closed within 26: six that fail leave time to mend it. */
  private defineAccrualOverdue(stage: string): void {
    const alarm = new Alarm(this, 'AccrualOverdue', {
      alarmName: `${stage}-accrual-overdue`,
      alarmDescription:
        'What is stored has not been booked for six hours: storage held is told as of then, and months that have ended are not closed in time, so that accounts get no statement. See docs/runbook.md, accrual-overdue.',
      metric: new Metric({ namespace: metricNamespace, metricName: metricNames.accrualsBooked, statistic: 'Sum', period: Duration.hours(6) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** It runs every day; one that fails is made good by the next. */
  private defineInventoryOverdue(stage: string): void {
    const alarm = new Alarm(this, 'InventoryOverdue', {
      alarmName: `${stage}-inventory-overdue`,
      alarmDescription:
        'For two days nobody has compared what is stored with what is charged for: files that came or went unnoticed are charged too little or too much. See docs/runbook.md, inventory-overdue.',
      metric: new Metric({ namespace: metricNamespace, metricName: metricNames.inventoriesTaken, statistic: 'Sum', period: Duration.days(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** The list is read daily: two days without a reading are more than a bad day of the list. */
  private definePricesOverdue(stage: string): void {
    const alarm = new Alarm(this, 'PricesOverdue', {
      alarmName: `${stage}-prices-overdue`,
      alarmDescription:
        'The Price List has not been read for two days: shows are rated with older prices, and what AWS lists newly has no price. See docs/runbook.md, prices-overdue.',
      metric: new Metric({ namespace: metricNamespace, metricName: metricNames.priceListsRead, statistic: 'Sum', period: Duration.days(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** The month is looked at every hour, and says so until the line has a price or the month is over. */
  private defineUsageUnpriced(stage: string): void {
    const alarm = new Alarm(this, 'UsageUnpriced', {
      alarmName: `${stage}-usage-unpriced`,
      alarmDescription:
        'Usage of this month has no price, because the price list has not exactly one rate for it: it is in no amount, and customers are charged too little. See docs/runbook.md, usage-unpriced.',
      metric: new Metric({ namespace: metricNamespace, metricName: metricNames.usageUnpriced, statistic: 'Sum', period: Duration.hours(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
