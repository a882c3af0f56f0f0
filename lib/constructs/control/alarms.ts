import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { metricNamespace } from '../../../lambda/contract/metric-names.ts';
import { type AlarmDefinition, alarmDefinitions } from './alarm-definitions.ts';

export interface AlarmsProps {
  readonly stage: string;
}

/** When an alarm comes, as CloudWatch has it. */
const breachOf = ({ when }: AlarmDefinition) =>
  when === 'NOTHING_CAME'
    ? { threshold: 1, comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD, treatMissingData: TreatMissingData.BREACHING }
    : { threshold: when, comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD, treatMissingData: TreatMissingData.NOT_BREACHING };

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
    for (const definition of alarmDefinitions) this.defineAlarm(stage, definition);
  }

  private defineAlarm(stage: string, definition: AlarmDefinition): void {
    const { id, name, loss, metricName, period, periods = 1 } = definition;
    const alarm = new Alarm(this, id, {
      alarmName: `${stage}-${name}`,
      alarmDescription: `${loss} See docs/runbook.md, ${name}.`,
      metric: new Metric({ namespace: metricNamespace, metricName, statistic: 'Sum', period }),
      evaluationPeriods: periods,
      ...breachOf(definition),
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }
}
