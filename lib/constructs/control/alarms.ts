import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { metricNamespace } from '../../../lambda/contract/metric-names.ts';
import { type AlarmDefinition, alarmDefinitions, type AlarmStatement, unhandledEvents } from './alarm-definitions.ts';

export interface AlarmsProps {
  readonly stage: string;
  /** Events that no retry could handle. */
  readonly deadLetters: IQueue;
}

/** When an alarm comes, as CloudWatch has it. */
const breachOf = ({ when }: AlarmStatement) =>
  when === 'NOTHING_CAME'
    ? { threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: TreatMissingData.BREACHING }
    : { threshold: when, comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, treatMissingData: TreatMissingData.NOT_BREACHING };

const ownMetric = (stage: string, { metricName, period }: AlarmDefinition): Metric => new Metric({ namespace: metricNamespace(stage), metricName, statistic: 'Sum', period });

/**
 * What wakes those who are on call, and the topic that tells them. Each alarm says what a user loses, and where the
 * runbook says what to do.
 */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage, deadLetters }: AlarmsProps) {
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
    for (const definition of alarmDefinitions) this.defineAlarm(stage, definition, ownMetric(stage, definition));
    // As long as one is there: the queue keeps them for 14 days.
    const metric = deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum', period: Duration.minutes(5) });
    this.defineAlarm(stage, unhandledEvents, metric);
  }

  private defineAlarm(stage: string, definition: AlarmStatement, metric: Metric): void {
    const { id, name, loss, periods = 1 } = definition;
    const alarm = new Alarm(this, id, {
      alarmName: `${stage}-${name}`,
      alarmDescription: `${loss} See docs/runbook.md, ${name}.`,
      metric,
      evaluationPeriods: periods,
      ...breachOf(definition),
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
