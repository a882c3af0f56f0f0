import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { stepFunctionsStopSignal } from '../../adapters/states/show-executions.ts';
import { showTaskInput, type StoppedAnswer } from '../../contract/show-workflow.ts';
import { awaitStop, checkHardStop } from '../../domain/breakouts/show/await-stop.ts';
import { endFailedShow } from '../../domain/breakouts/show/end-failed-show.ts';
import { markStopped } from '../../domain/breakouts/show/end-show.ts';
import { markFinal, markRunning, markStopping, releasePipeline } from '../../domain/breakouts/show/mark-show.ts';
import { dynamoDbClient, ssmClient, statesClient } from '../../platform/clients.ts';
import { countedLosses } from '../../platform/counted-losses.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { failureOf } from '../../platform/task-failure.ts';
import { workflowHandler } from '../../platform/workflow-handler.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbShowRunStore(table),
    log: dynamoDbShowLog(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    stopSignal: stepFunctionsStopSignal(statesClient()),
    settleSeconds: readEnvironment('settle').USAGE_SETTLE_SECONDS,
    losses: countedLosses(),
    now: Date.now,
  };
};

let built: ReturnType<typeof build> | undefined;

const requireToken = (taskToken: string | undefined): string => {
  if (taskToken === undefined) throw new Error('await-stop came without taskToken: the state machine must pass $$.Task.Token');
  return taskToken;
};

/**
 * The tasks of a show that change its own state. IAM: dynamodb:GetItem, PutItem and DeleteItem on the table;
 * ssm:GetParameter on the pipelines' path; states:SendTaskSuccess on the show's machine.
 */
export const handler = workflowHandler(showTaskInput('showState'), async ({ task, taskToken, error, breakoutId, attempt }): Promise<unknown> => {
  const deps = (built ??= build());
  const show = { breakoutId, attempt };
  switch (task) {
    case 'mark-running':
      return markRunning(deps)(show);
    case 'await-stop':
      return awaitStop(deps)(show, requireToken(taskToken));
    case 'check-hard-stop':
      return checkHardStop(deps)(show);
    case 'mark-stopping':
      return markStopping(deps)(show);
    case 'mark-stopped':
      return markStopped(deps)(show) satisfies Promise<StoppedAnswer>;
    case 'end-failed':
      return endFailedShow(deps)(show, failureOf(error)) satisfies Promise<StoppedAnswer>;
    case 'release-pipeline':
      return releasePipeline(deps)(show);
    case 'mark-final':
      return markFinal(deps)(show);
  }
});
