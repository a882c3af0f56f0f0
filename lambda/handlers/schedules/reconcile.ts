import { cloudWatchStatistics } from '../../adapters/cloudwatch/cloudwatch-statistics.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore, dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbChannelTurns } from '../../adapters/dynamodb/channel-turns.ts';
import { dynamoDbGuardMarks } from '../../adapters/dynamodb/guard-marks.ts';
import { dynamoDbPastHolds, dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsCamControl } from '../../adapters/ivs/cam-control.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { ivsCamViewers } from '../../adapters/ivs/cam-viewers.ts';
import { mediaLiveChannelControl } from '../../adapters/medialive/channel-control.ts';
import { mediaLiveChannelWatch } from '../../adapters/medialive/channel-watch.ts';
import { mediaLiveSourceControl } from '../../adapters/medialive/source-control.ts';
import { snsAnnouncements } from '../../adapters/sns/sns-announcements.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { stepFunctionsShowExecutions, stepFunctionsStopSignal } from '../../adapters/states/show-executions.ts';
import { reconcile, type ReconcileDeps } from '../../domain/guards/reconcile.ts';
import { cloudWatchClient, dynamoDbClient, ivsClient, mediaLiveClient, snsClient, ssmClient, statesClient } from '../../platform/clients.ts';
import { countedLosses } from '../../platform/counted-losses.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { createLogger } from '../../platform/logging.ts';
import { reportReconciliation } from './report-reconciliation.ts';

const build = (): ReconcileDeps => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    pastHolds: dynamoDbPastHolds(table),
    turns: dynamoDbChannelTurns(table),
    runs: dynamoDbShowRunStore(table),
    channelRuns: dynamoDbChannelRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    sessions: dynamoDbStreamSessionStore(table),
    log: dynamoDbShowLog(table),
    marks: dynamoDbGuardMarks(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    channels: mediaLiveChannelControl(mediaLiveClient()),
    cams: ivsCamControl(ivsClient()),
    streams: ivsStreamWatch(ivsClient()),
    camViewers: ivsCamViewers(ivsClient()),
    watch: mediaLiveChannelWatch(mediaLiveClient()),
    sources: mediaLiveSourceControl(mediaLiveClient()),
    statistics: cloudWatchStatistics(cloudWatchClient),
    announcements: snsAnnouncements(snsClient(), readEnvironment('announcements').ANNOUNCEMENTS_TOPIC_ARN),
    executions: stepFunctionsShowExecutions(statesClient(), readEnvironment('show').SHOW_STATE_MACHINE_ARN),
    stopSignal: stepFunctionsStopSignal(statesClient()),
    noInputStopSeconds: readEnvironment('guards').NO_INPUT_STOP_SECONDS,
    metricDelaySeconds: readEnvironment('guards').METRIC_DELAY_SECONDS,
    losses: countedLosses(),
    now: Date.now,
  };
};

let deps: ReconcileDeps | undefined;

/**
 * Fires every minute and repairs what lost events and dead executions leave behind. IAM: dynamodb:GetItem, Query,
 * PutItem, UpdateItem and DeleteItem on the table; ssm:GetParameter and GetParametersByPath on the pipelines' path;
 * medialive:DescribeChannel, ListAlerts and StopChannel on the pipelines' channels, DescribeInputSecurityGroup and
 * UpdateInputSecurityGroup on their groups; ivs:ListStreamKeys, GetStream, StopStream, ListStreamSessions,
 * GetStreamSession and StartViewerSessionRevocation on the Cam pipelines' channels, DeleteStreamKey on their keys; cloudwatch:GetMetricData; sns:Publish on the announcements' topic;
 * states:SendTaskSuccess and StartExecution on the show's machine and DescribeExecution on its executions.
 */
export const handler = async (): Promise<void> => {
  reportReconciliation(createLogger(), await reconcile((deps ??= build()))());
};
