import * as z from 'zod';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsCamControl } from '../../adapters/ivs/cam-control.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { mediaLiveChannelControl } from '../../adapters/medialive/channel-control.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../adapters/states/show-executions.ts';
import { hardStop, type HardStopDeps } from '../../domain/breakouts/show/hard-stop.ts';
import { dynamoDbClient, ivsClient, mediaLiveClient, ssmClient, statesClient } from '../../platform/clients.ts';
import { countedLosses } from '../../platform/counted-losses.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';

const payloadSchema = z.object({ breakoutId: z.string().min(1) });

const build = (): HardStopDeps => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbShowRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    sessions: dynamoDbStreamSessionStore(table),
    log: dynamoDbShowLog(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    channels: mediaLiveChannelControl(mediaLiveClient()),
    cams: ivsCamControl(ivsClient()),
    streams: ivsStreamWatch(ivsClient()),
    executions: stepFunctionsShowExecutions(statesClient(), readEnvironment('show').SHOW_STATE_MACHINE_ARN),
    stopSignal: stepFunctionsStopSignal(statesClient()),
    losses: countedLosses(),
    now: Date.now,
  };
};

let deps: HardStopDeps | undefined;

/**
 * Fires once, at a show's hard stop. An error makes Lambda invoke it again. IAM: dynamodb:GetItem, PutItem, Query and
 * DeleteItem on the table; ssm:GetParameter on the pipelines' path; medialive:DescribeChannel and StopChannel on the
 * pipelines' channels; ivs:ListStreamKeys, GetStream, StopStream, ListStreamSessions and GetStreamSession on the Cam pipelines', DeleteStreamKey on
 * their keys; states:SendTaskSuccess and StartExecution on the show's machine and states:DescribeExecution on
 * its executions.
 */
export const handler = async (payload: unknown): Promise<void> => {
  const { breakoutId } = payloadSchema.parse(payload);
  const log = createLogger({ breakoutId });
  const outcome = await hardStop((deps ??= build()))(breakoutId);
  if (outcome === 'STOPPED_WITHOUT_EXECUTION') log.error('a show without its execution was stopped at its hard stop', { outcome });
  else log.info('hard stop', { outcome });
};
