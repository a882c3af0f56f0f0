import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type * as cloudwatch from '@aws-sdk/client-cloudwatch';
import type { InputOf, Operations } from '../../gateway/define-service.ts';
import type { CallContext } from '../../gateway/service.ts';
import type { Collection } from '../../runtime/state/collection.ts';

/** An alarm as it was put. */
export interface KeptAlarm {
  readonly input: InputOf<typeof cloudwatch, 'PutMetricAlarm'>;
  readonly updatedAt: number;
}

const arnOf = ({ region, accountId }: CallContext, name: string): string => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

const show = ({ input: { Tags: _tags, ...alarm }, updatedAt }: KeptAlarm, context: CallContext): MetricAlarm => ({
  ...alarm,
  ActionsEnabled: alarm.ActionsEnabled ?? true,
  AlarmArn: arnOf(context, alarm.AlarmName),
  AlarmConfigurationUpdatedTimestamp: new Date(updatedAt),
  StateValue: 'INSUFFICIENT_DATA',
  StateReason: 'Unchecked: local mode does not evaluate alarms',
  StateUpdatedTimestamp: new Date(updatedAt),
});

/** PutMetricAlarm, DescribeAlarms and DeleteAlarms. Alarms are kept and never evaluated. */
export const alarmOperations = (alarms: Collection<KeptAlarm>, now: () => number): Operations<typeof cloudwatch> => ({
  PutMetricAlarm: {
    permissions: ({ AlarmName }, context) => [{ action: 'cloudwatch:PutMetricAlarm', resources: [arnOf(context, AlarmName)] }],
    handle: (input) => {
      alarms.put(input.AlarmName, { input, updatedAt: now() });
      return {};
    },
  },
  DescribeAlarms: {
    permissions: (_input, context) => [{ action: 'cloudwatch:DescribeAlarms', resources: [arnOf(context, '*')] }],
    handle: ({ AlarmNames, AlarmNamePrefix = '' }, context) => ({
      MetricAlarms: [...alarms.values()]
        .filter(({ input }) => AlarmNames?.includes(input.AlarmName) ?? input.AlarmName.startsWith(AlarmNamePrefix))
        .map((alarm) => show(alarm, context)),
      CompositeAlarms: [],
    }),
  },
  DeleteAlarms: {
    permissions: ({ AlarmNames }, context) => [{ action: 'cloudwatch:DeleteAlarms', resources: AlarmNames.map((name) => arnOf(context, name)) }],
    handle: ({ AlarmNames }) => {
      for (const name of AlarmNames) alarms.delete(name);
      return {};
    },
  },
});
