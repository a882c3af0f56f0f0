import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbIdempotencyStore } from '../../adapters/dynamodb/idempotency-store.ts';
import { dynamoDbPastHolds, dynamoDbPipelineCalendar, dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { mediaLiveInputSwitches } from '../../adapters/medialive/input-switches.ts';
import { schedulerHardStops } from '../../adapters/scheduler/hard-stops.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../adapters/states/show-executions.ts';
import { dynamoDbClient, mediaLiveClient, schedulerClient, ssmClient, statesClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { showOperations } from './show-operations.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME, requestRetryTiming);
  const { HARD_STOP_SCHEDULE_GROUP, HARD_STOP_FUNCTION_ARN, HARD_STOP_ROLE_ARN } = readEnvironment('hardStop');
  const target = { groupName: HARD_STOP_SCHEDULE_GROUP, functionArn: HARD_STOP_FUNCTION_ARN, roleArn: HARD_STOP_ROLE_ARN };
  return {
    idempotency: dynamoDbIdempotencyStore(table, Date.now),
    breakouts: dynamoDbBreakoutStore(table),
    events: dynamoDbEventStore(table),
    calendar: dynamoDbPipelineCalendar(table),
    holds: dynamoDbPipelineHolds(table),
    pastHolds: dynamoDbPastHolds(table),
    runs: dynamoDbShowRunStore(table),
    sessions: dynamoDbStreamSessionStore(table),
    log: dynamoDbShowLog(table),
    switches: mediaLiveInputSwitches(mediaLiveClient()),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    hardStops: schedulerHardStops(schedulerClient(), target),
    executions: stepFunctionsShowExecutions(statesClient(), readEnvironment('show').SHOW_STATE_MACHINE_ARN),
    stopSignal: stepFunctionsStopSignal(statesClient()),
    now: Date.now,
  };
};

/**
 * Starts, stops and steers shows. IAM: dynamodb:GetItem, PutItem, UpdateItem, DeleteItem and Query on the table;
 * ssm:GetParameter on the pipelines' path; scheduler:CreateSchedule and UpdateSchedule in the group, iam:PassRole on
 * the schedules' role; states:StartExecution and SendTaskSuccess on the show's machine; medialive:DescribeSchedule and
 * BatchUpdateSchedule on the pipelines' channels.
 */
export const handler = restHandler<OperationsOf<'showControl'>>(() => {
  const { idempotency, ...deps } = build();
  return { idempotency, operations: showOperations(deps) };
});
