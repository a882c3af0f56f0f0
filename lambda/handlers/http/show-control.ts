import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbEventStore } from '../../adapters/dynamodb/event-store.ts';
import { requestRetryTiming } from '../../adapters/dynamodb/full-jitter.ts';
import { dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbIdempotencyStore } from '../../adapters/dynamodb/idempotency-store.ts';
import { dynamoDbPipelineCalendar, dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { mediaLiveInputSwitches } from '../../adapters/medialive/input-switches.ts';
import { schedulerHardStops } from '../../adapters/scheduler/hard-stops.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../adapters/states/show-executions.ts';
import { changePipelineBodySchema, emptyBodySchema, extendBreakoutBodySchema, switchInputBodySchema } from '../../contract/api/breakouts.ts';
import { abortBreakout } from '../../domain/breakouts/abort-breakout.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import { changePipeline } from '../../domain/breakouts/change-pipeline.ts';
import { extendBreakout } from '../../domain/breakouts/extend-breakout.ts';
import { resetBreakout } from '../../domain/breakouts/reset-breakout.ts';
import { startBreakout } from '../../domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../domain/breakouts/stop-breakout.ts';
import { switchInput } from '../../domain/breakouts/switch-input.ts';
import { dynamoDbClient, mediaLiveClient, schedulerClient, ssmClient, statesClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { parseBody } from '../../platform/http/parse.ts';
import { type ApiRequest, param, requestName } from '../../platform/http/request.ts';
import { etag, json } from '../../platform/http/response.ts';
import { type OperationHandler, type OperationsOf, restHandler } from '../../platform/http/rest-handler.ts';
import { breakoutBody } from './views.ts';

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
    runs: dynamoDbChannelRunStore(table),
    log: dynamoDbShowLog(table),
    switches: mediaLiveInputSwitches(mediaLiveClient()),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    hardStops: schedulerHardStops(schedulerClient(), target),
    executions: stepFunctionsShowExecutions(statesClient(), readEnvironment('show').SHOW_STATE_MACHINE_ARN),
    stopSignal: stepFunctionsStopSignal(statesClient()),
    now: Date.now,
  };
};

const answer = (statusCode: number, breakout: Breakout) => json(statusCode, breakoutBody(breakout), etag(breakout.revision));

const showOf = (request: ApiRequest) => ({ caller: request.caller, breakoutId: param(request, 'breakoutId') });

/**
 * Starts, stops and steers shows. IAM: dynamodb:GetItem, PutItem, UpdateItem, DeleteItem and Query on the table;
 * ssm:GetParameter on the pipelines' path; scheduler:CreateSchedule and UpdateSchedule in the group, iam:PassRole on
 * the schedules' role; states:StartExecution and SendTaskSuccess on the show's machine; medialive:DescribeSchedule and
 * BatchUpdateSchedule on the pipelines' channels.
 */
export const handler = restHandler<OperationsOf<'showControl'>>(() => {
  const { idempotency, ...deps } = build();
  /** An operation without a body that answers the show, which is still on its way. */
  const steering = (useCase: (show: ReturnType<typeof showOf>) => Promise<Breakout>, statusCode = 202): OperationHandler => async (request) => {
    parseBody(emptyBodySchema, request.body);
    return answer(statusCode, await useCase(showOf(request)));
  };
  return {
    idempotency,
    operations: {
      startBreakout: steering(startBreakout(deps)),
      stopBreakout: steering(stopBreakout(deps)),
      abortBreakout: steering(abortBreakout(deps)),
      resetBreakout: steering(resetBreakout(deps), 200),
      extendBreakout: async (request) =>
        answer(200, await extendBreakout(deps)({ ...showOf(request), ...parseBody(extendBreakoutBodySchema, request.body) })),
      changePipeline: async (request) =>
        answer(202, await changePipeline(deps)({ ...showOf(request), ...parseBody(changePipelineBodySchema, request.body) })),
      switchInput: async (request) => {
        const body = parseBody(switchInputBodySchema, request.body);
        return answer(202, await switchInput(deps)({ ...showOf(request), ...body, requestId: requestName(request) }));
      },
    },
  };
});
