import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import type { HardStops } from '../../domain/breakouts/show-executions.ts';
import { calling } from '../service-faults.ts';

/** Where hard stops are scheduled and whom they wake. */
export interface HardStopTarget {
  readonly groupName: string;
  readonly functionArn: string;
  readonly roleArn: string;
}

// A late hard stop is still wanted: for an hour, and then the alarm of the dropped invocation.
const maximumAgeSeconds = 3600;
const maximumRetries = 60;

const scheduleOf = ({ groupName, functionArn, roleArn }: HardStopTarget, breakoutId: string, at: string): CreateScheduleCommandInput => ({
  Name: breakoutId,
  GroupName: groupName,
  // `at(yyyy-mm-ddThh:mm:ss)`, in UTC: whole seconds, rounded up so that it never fires before the table's time.
  ScheduleExpression: `at(${new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toISOString().slice(0, 19)})`,
  ScheduleExpressionTimezone: 'UTC',
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  Target: {
    Arn: functionArn,
    RoleArn: roleArn,
    Input: JSON.stringify({ breakoutId }),
    RetryPolicy: { MaximumEventAgeInSeconds: maximumAgeSeconds, MaximumRetryAttempts: maximumRetries },
  },
});

/**
 * One-time schedules named after the breakout. IAM: scheduler:CreateSchedule and scheduler:UpdateSchedule on the
 * group's schedules, iam:PassRole on the target's role.
 */
export const schedulerHardStops = (client: SchedulerClient, target: HardStopTarget): HardStops => ({
  async set(breakoutId, at) {
    const schedule = scheduleOf(target, breakoutId, at);
    try {
      await calling('scheduler', () => client.send(new CreateScheduleCommand(schedule)));
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error;
      await calling('scheduler', () => client.send(new UpdateScheduleCommand(schedule)));
    }
  },
});
