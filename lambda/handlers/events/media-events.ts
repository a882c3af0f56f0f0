import {
  channelAlertDetailSchema,
  channelStateDetailSchema,
  conversionStateDetailSchema,
  inputChangeDetailSchema,
  mediaEvents,
  packagerEventDetailSchema,
  streamDetailSchema,
  streamLimitDetailSchema,
  streamRecordingDetailSchema,
} from '../../contract/media-events.ts';
import { metricNames } from '../../contract/metric-names.ts';
import { dynamoDbBreakoutStore } from '../../adapters/dynamodb/breakout-store.ts';
import { dynamoDbCamRunStore, dynamoDbChannelRunStore } from '../../adapters/dynamodb/channel-run-store.ts';
import { dynamoDbChannelTurns } from '../../adapters/dynamodb/channel-turns.ts';
import { dynamoDbPastHolds } from '../../adapters/dynamodb/pipeline-bookings.ts';
import { dynamoDbShowLog } from '../../adapters/dynamodb/show-log-store.ts';
import { dynamoDbStreamSessionStore } from '../../adapters/dynamodb/stream-session-store.ts';
import { dynamoDbTable } from '../../adapters/dynamodb/table.ts';
import { ivsStreamWatch } from '../../adapters/ivs/stream-watch.ts';
import { snsAnnouncements } from '../../adapters/sns/sns-announcements.ts';
import { ssmPipelineRegistry } from '../../adapters/ssm/pipeline-registry.ts';
import { hearRefusedViewers } from '../../domain/monitoring/cam/hear-refused-viewers.ts';
import { hearStream } from '../../domain/monitoring/cam/hear-stream.ts';
import type { StreamFact } from '../../domain/monitoring/cam/stream-facts.ts';
import { hearAlert, hearInputChange, hearPackager, hearState } from '../../domain/monitoring/hear-events.ts';
import { camPipelines } from '../../domain/pipelines/cam-pipelines.ts';
import { proPipelines } from '../../domain/pipelines/pro-pipelines.ts';
import { dynamoDbClient, ivsClient, snsClient, ssmClient } from '../../platform/clients.ts';
import { countedLosses } from '../../platform/counted-losses.ts';
import { readEnvironment } from '../../platform/environment.ts';
import { eventHandler, eventRoute, type ReceivedEvent } from '../../platform/event-handler.ts';
import type { Logger } from '../../platform/logging.ts';
import { countedMetric } from '../../platform/metric-fields.ts';

const build = () => {
  const table = dynamoDbTable(dynamoDbClient(), readEnvironment('table').TABLE_NAME);
  const registry = ssmPipelineRegistry(ssmClient(), readEnvironment('pipelines').PIPELINE_PARAMETER_PATH);
  return {
    pipelines: proPipelines(registry),
    camPipelines: camPipelines(registry),
    breakouts: dynamoDbBreakoutStore(table),
    pastHolds: dynamoDbPastHolds(table),
    turns: dynamoDbChannelTurns(table),
    runs: dynamoDbChannelRunStore(table),
    camRuns: dynamoDbCamRunStore(table),
    sessions: dynamoDbStreamSessionStore(table),
    streams: ivsStreamWatch(ivsClient()),
    losses: countedLosses(),
    now: Date.now,
    log: dynamoDbShowLog(table),
    announcements: snsAnnouncements(snsClient(), readEnvironment('announcements').ANNOUNCEMENTS_TOPIC_ARN),
  };
};

let built: ReturnType<typeof build> | undefined;

const deps = (): ReturnType<typeof build> => (built ??= build());

const channelState = eventRoute(mediaEvents.channelState, channelStateDetailSchema, async ({ time, detail }, log) => {
  const outcome = await hearState(deps())({ channelArn: detail.channel_arn, state: detail.state, at: time });
  log.info('channel state', { channelArn: detail.channel_arn, state: detail.state, outcome });
});

const channelAlert = eventRoute(mediaEvents.channelAlert, channelAlertDetailSchema, async ({ time, detail }, log) => {
  const { alarm_id: alertId, alert_type: alertType, alarm_state: change, channel_arn: channelArn, pipeline, message } = detail;
  const outcome = await hearAlert(deps())(channelArn, { alertId, alertType, change, at: time, pipeline, message });
  log.info('channel alert', { channelArn, alertType, change, outcome });
});

const inputChange = eventRoute(mediaEvents.inputChange, inputChangeDetailSchema, async ({ id, time, detail }, log) => {
  const { channel_arn: channelArn, active_input_attachment_name: input, active_input_switch_action_name: action, pipeline } = detail;
  // Present and empty where no action asked for the change.
  const asked = action === undefined || action === '' ? {} : { action };
  const outcome = await hearInputChange(deps())({ id, channelArn, at: time, pipeline, input, ...asked });
  log.info('input change', { channelArn, input, outcome });
});

// arn:aws:mediapackage:<Region>:<account>:origin_endpoints/<guid>; a notice of the key provider names nothing else.
const endpointOfArn = (arn: string): string | undefined => /:origin_endpoints\/([^/]+)$/.exec(arn)?.[1];

const packagerNotice = (notice: (typeof mediaEvents)['packagerInput' | 'keyProvider']) =>
  eventRoute(notice, packagerEventDetailSchema, async ({ id, time, resources, detail }, log) => {
    const { event, message, EventDetails: { Channel: channel } = {} } = detail;
    const endpointGuid = resources.map(endpointOfArn).find((guid) => guid !== undefined);
    const source = { ...(channel === undefined ? {} : { packagingChannelId: channel }), ...(endpointGuid === undefined ? {} : { endpointGuid }) };
    const outcome = await hearPackager(deps())({ id, at: time, event, message, ...source });
    // What names no channel and no endpoint that is known cannot be attributed to a show, but somebody has to know of it.
    if (outcome === 'unknown-channel') log.error('the packager tells of a channel of no pipeline', { event, message, channel, resources });
    else log.info('packager notice', { event, channel, outcome });
  });

const stream = async ({ time, detailType: type, resources: [channelArn = ''] }: Omit<ReceivedEvent<unknown>, 'detail'>, fact: Omit<StreamFact, 'at' | 'type'>, log: Logger): Promise<void> => {
  const outcome = await hearStream({ ...deps(), pipelines: deps().camPipelines })(channelArn, { ...fact, type, at: time });
  log.info('stream', { channelArn, ...fact, outcome });
};

/** Something in a stream, with the service's own code and reason. */
const streamChange = (change: (typeof mediaEvents)['streamState' | 'streamHealth']) =>
  eventRoute(change, streamDetailSchema, ({ detail: { event_name: name, stream_id: streamId, code, reason: explanation }, ...event }, log) =>
    stream(event, { name, streamId, ...(code === undefined ? {} : { code }), ...(explanation === undefined ? {} : { explanation }) }, log),
  );

const allViewers = 'Concurrent Viewers';

const streamLimit = eventRoute(mediaEvents.streamLimit, streamLimitDetailSchema, async ({ detail, ...event }, log) => {
  const { limit_name: name, limit_value: most, exceeded_by: over, limit_unit: unit, stream_id: streamId } = detail;
  const explanation = `${over} ${unit} above ${most}`;
  // Of all that the AWS account does, which no show can mend: somebody has to know of it.
  if (streamId === undefined || name.startsWith('Concurrent')) log.error('a limit of IVS is reached', { name, explanation, ...countedMetric(metricNames.serviceLimitsReached) });
  if (name === allViewers) log.info('viewers are refused', { shows: await hearRefusedViewers({ ...deps(), pipelines: deps().camPipelines })({ at: event.time, explanation }) });
  if (streamId !== undefined) await stream(event, { name, streamId, explanation }, log);
});

const streamRecording = eventRoute(mediaEvents.streamRecording, streamRecordingDetailSchema, ({ detail, ...event }, log) => {
  const { recording_status: name, recording_status_reason: explanation, stream_id: streamId } = detail;
  return stream(event, { name, streamId, ...(explanation === undefined ? {} : { explanation }) }, log);
});

/** How a job went is read by GetJob; here it is only said, in the service's words, to those who read logs. */
const conversionState = eventRoute(mediaEvents.conversionState, conversionStateDetailSchema, async ({ detail }, log) => {
  const { jobId, status, errorCode, errorMessage, userMetadata } = detail;
  const told = { jobId, status, breakoutId: userMetadata['breakoutId'] };
  if (status === 'ERROR') log.error('a conversion failed', { ...told, errorCode, errorMessage });
  else log.info('conversion state', told);
});

/**
 * Receives what channels, streams, packagers and conversions tell: late, twice, or in any order. IAM: `dynamodb:GetItem`,
 * `Query`, `PutItem`, `UpdateItem`, `DeleteItem` on the table; `ssm:GetParameter` and `GetParametersByPath` on
 * pipelines; `ivs:ListStreamSessions` and `GetStreamSession` on the Cam pipelines' channels; `sns:Publish` on the announcements' topic.
 */
export const handler = eventHandler([
  channelState,
  channelAlert,
  inputChange,
  packagerNotice(mediaEvents.packagerInput),
  packagerNotice(mediaEvents.keyProvider),
  streamChange(mediaEvents.streamState),
  streamChange(mediaEvents.streamHealth),
  streamLimit,
  streamRecording,
  conversionState,
]);
