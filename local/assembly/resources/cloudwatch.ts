import { CloudWatchClient, PutDashboardCommand, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, generatedName, kept, type ResourceProvider, tagsAreInert } from '../resource-provider.ts';

const settingsOfAlarm = [
  'AlarmName', 'AlarmDescription', 'AlarmActions', 'Namespace', 'MetricName', 'Dimensions', 'Statistic', 'Period', 'Threshold', 'ComparisonOperator', 'EvaluationPeriods', 'TreatMissingData',
] as const;

/** AWS::CloudWatch::Alarm, AWS::CloudWatch::Dashboard. */
export const cloudWatchProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new CloudWatchClient({ ...settings });
  return [
    {
      type: 'AWS::CloudWatch::Alarm',
      properties: { ...kept('alarms are kept and described, never evaluated', ...settingsOfAlarm), ...tagsAreInert },
      create: async (properties, context) => {
        const AlarmName = z.string().parse(properties['AlarmName'] ?? generatedName(context, 255));
        await client.send(commandOf(PutMetricAlarmCommand, { ...properties, AlarmName }));
        const Arn = `arn:aws:cloudwatch:${context.region}:${context.accountId}:alarm:${AlarmName}`;
        return { physicalId: AlarmName, attributes: { Arn } };
      },
    },
    {
      type: 'AWS::CloudWatch::Dashboard',
      properties: kept('dashboards are kept; scripts/render-dashboard.ts draws them', 'DashboardName', 'DashboardBody'),
      create: async (properties, context) => {
        const DashboardName = z.string().parse(properties['DashboardName'] ?? generatedName(context, 255));
        await client.send(commandOf(PutDashboardCommand, { ...properties, DashboardName }));
        return { physicalId: DashboardName, attributes: {} };
      },
    },
  ];
};
