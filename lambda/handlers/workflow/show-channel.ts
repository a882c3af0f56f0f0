import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbShowRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsCamControl } from '../../adapters/ivs/cam-control.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { mediaLiveChannelControl } from '../../adapters/medialive/channel-control.ts';
import { mediaLiveInputControl } from '../../adapters/medialive/input-control.ts';
import { mediaLiveInputSwitches } from '../../adapters/medialive/input-switches.ts';
import { mediaLiveSourceControl } from '../../adapters/medialive/source-control.ts';
import { secretsManagerStreamNameVault } from '../../adapters/secretsmanager/stream-name-vault.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { showTaskInput } from '../../contract/show-workflow.ts';
import { prepareChannel } from '../../domain/breakouts/show/prepare-channel.ts';
import { restoreSources } from '../../domain/breakouts/show/sources.ts';
import { checkRunning, startChannel } from '../../domain/breakouts/show/start-channel.ts';
import { checkIdle, ensureStopped, stopChannel } from '../../domain/breakouts/show/stop-channel.ts';
import { dynamoDbClient, ivsClient, mediaLiveClient, secretsManagerClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { newSecret } from '../../platform/random.ts';
import { workflowHandler } from '../../platform/workflow-handler.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const { CHANNEL_START_TIMEOUT_SECONDS, CHANNEL_STOP_TIMEOUT_SECONDS } = readEnvironment('showTiming');
  return {
    breakouts: dynamoDbBreakoutStore(table),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbShowRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    sessions: dynamoDbStreamSessionStore(table),
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    channels: mediaLiveChannelControl(mediaLiveClient()),
    cams: ivsCamControl(ivsClient()),
    streams: ivsStreamWatch(ivsClient()),
    inputs: mediaLiveInputControl(mediaLiveClient()),
    switches: mediaLiveInputSwitches(mediaLiveClient()),
    sources: mediaLiveSourceControl(mediaLiveClient()),
    log: dynamoDbShowLog(table),
    streamNames: secretsManagerStreamNameVault(secretsManagerClient(), readEnvironment('streamNames').STREAM_NAME_SECRET_PREFIX),
    newSecret,
    startTimeoutSeconds: CHANNEL_START_TIMEOUT_SECONDS,
    stopTimeoutSeconds: CHANNEL_STOP_TIMEOUT_SECONDS,
    now: Date.now,
  };
};

let built: ReturnType<typeof build> | undefined;

/**
 * The tasks of a show that touch its channel. IAM: dynamodb:GetItem, PutItem and Query on the table; ssm:GetParameter on the
 * pipelines' path; medialive:DescribeChannel, StartChannel, StopChannel and DeleteSchedule on the pipelines'
 * channels, UpdateInput on their inputs, DescribeInputSecurityGroup and UpdateInputSecurityGroup on their groups;
 * ivs:GetChannel, ListStreamKeys, GetStream, StopStream, ListStreamSessions and GetStreamSession on the Cam pipelines' channels, CreateStreamKey,
 * DeleteStreamKey and TagResource on their keys; secretsmanager:GetSecretValue, CreateSecret and PutSecretValue below the prefix.
 */
export const handler = workflowHandler(showTaskInput('showChannel'), async ({ task, ...show }): Promise<unknown> => {
  const deps = (built ??= build());
  const { breakoutId, attempt } = show;
  switch (task) {
    case 'prepare-channel':
      return prepareChannel(deps)({ breakoutId, attempt });
    case 'start-channel':
      return startChannel(deps)({ breakoutId, attempt });
    case 'check-running':
      return checkRunning(deps)({ breakoutId, attempt });
    case 'stop-channel':
      return stopChannel(deps)({ breakoutId, attempt });
    case 'check-idle':
      return checkIdle(deps)({ breakoutId, attempt });
    case 'ensure-stopped':
      return ensureStopped(deps)({ breakoutId, attempt });
    case 'restore-sources':
      return restoreSources(deps)({ breakoutId, attempt });
  }
});
