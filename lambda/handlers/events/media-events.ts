import { channelStateDetailSchema, conversionStateDetailSchema, mediaEvents } from '../../contract/media-events.ts';
import { dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbPipelineHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbRecordingStore } from '../../adapters/dynamodb/recording-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { observeChannel } from '../../domain/usage/observe-channel.ts';
import { dynamoDbClient, ssmClient } from '../../platform/clients.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { eventHandler, eventRoute } from '../../platform/event-handler.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  return {
    pipelines: ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH),
    holds: dynamoDbPipelineHolds(table),
    runs: dynamoDbChannelRunStore(table),
    recordings: dynamoDbRecordingStore(table),
  };
};

let built: ReturnType<typeof build> | undefined;

const channelState = eventRoute(mediaEvents.channelState, channelStateDetailSchema, async ({ time, detail }, log) => {
  const deps = (built ??= build());
  const result = await observeChannel(deps)({ channelArn: detail.channel_arn, state: detail.state, at: time });
  log.info('channel state', { channelArn: detail.channel_arn, state: detail.state, result });
});

/** How a job went is read by GetJob; its event only tells that there is one, should its submission have been cut off. */
const conversionState = eventRoute(mediaEvents.conversionState, conversionStateDetailSchema, async ({ detail }, log) => {
  const { breakoutId, attempt } = detail.userMetadata;
  log.info('conversion state', { jobId: detail.jobId, status: detail.status, breakoutId });
  if (breakoutId === undefined || !/^[1-9]\d*$/.test(attempt ?? '')) return;
  const deps = (built ??= build());
  await deps.recordings.noteJob({ breakoutId, attempt: Number(attempt) }, detail.jobId);
});

/**
 * Receives the states of channels and conversions: late, twice, or in any order.
 * IAM: `dynamodb:GetItem`, `PutItem`, `UpdateItem` on the table; `ssm:GetParametersByPath` on pipelines.
 */
export const handler = eventHandler([channelState, conversionState]);
