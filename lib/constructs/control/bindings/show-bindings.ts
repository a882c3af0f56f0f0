import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import type { Binding } from '../control-resources.ts';

/** Sees whether a show's execution lives: `states:DescribeExecution` on executions of the one state machine. */
export const seesShows: Binding = (target, { showStateMachineArn, showExecutionArns }) => {
  target.bind('show', { SHOW_STATE_MACHINE_ARN: showStateMachineArn }, new PolicyStatement({ actions: ['states:DescribeExecution'], resources: [showExecutionArns] }));
  acknowledgePattern(target, showExecutionArns, 'Every show is an execution of its own, of the one state machine.');
};

/** Starts shows: `states:StartExecution` of the one state machine. */
export const startsShows: Binding = (target, { showStateMachineArn }) =>
  target.bind('show', { SHOW_STATE_MACHINE_ARN: showStateMachineArn }, new PolicyStatement({ actions: ['states:StartExecution'], resources: [showStateMachineArn] }));

/** Tells a show that waits for its stop to go on: `states:SendTaskSuccess` to the one state machine. */
export const endsWaits: Binding = (target, { showStateMachineArn }) =>
  target.allow(new PolicyStatement({ actions: ['states:SendTaskSuccess'], resources: [showStateMachineArn] }));

/** Schedules hard stops: `scheduler:CreateSchedule`, `UpdateSchedule` in the one group, and `iam:PassRole` of their role to Scheduler alone. */
export const schedulesHardStops: Binding = (target, { hardStops }) => {
  acknowledgePattern(target, hardStops.scheduleArns, 'Every show has a schedule of its own, in a group that holds nothing else.');
  const actions = ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'];
  target.bind(
    'hardStop',
    { HARD_STOP_SCHEDULE_GROUP: hardStops.groupName, HARD_STOP_FUNCTION_ARN: hardStops.functionArn, HARD_STOP_ROLE_ARN: hardStops.role.roleArn },
    new PolicyStatement({ actions, resources: [hardStops.scheduleArns] }),
    new PolicyStatement({ actions: ['iam:PassRole'], resources: [hardStops.role.roleArn], conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } } }),
  );
};

/** Knows how long a channel may take to start and to stop. */
export const knowsShowTiming: Binding = (target, { configuration: { show } }) =>
  target.bind('showTiming', {
    CHANNEL_START_TIMEOUT_SECONDS: String(show.channelStartTimeoutSeconds),
    CHANNEL_STOP_TIMEOUT_SECONDS: String(show.channelStopTimeoutSeconds),
  });
