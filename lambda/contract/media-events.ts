import * as z from 'zod';

/** EventBridge sources and detail types that the platform listens to. All are best effort: late, twice or never. */
export const mediaEvents = {
  channelState: { source: 'aws.medialive', detailType: 'MediaLive Channel State Change' },
  channelAlert: { source: 'aws.medialive', detailType: 'MediaLive Channel Alert' },
  inputChange: { source: 'aws.medialive', detailType: 'MediaLive Channel Input Change' },
  packagerInput: { source: 'aws.mediapackage', detailType: 'MediaPackage Input Notification' },
  keyProvider: { source: 'aws.mediapackage', detailType: 'MediaPackage Key Provider Notification' },
  conversionState: { source: 'aws.mediaconvert', detailType: 'MediaConvert Job State Change' },
  streamState: { source: 'aws.ivs', detailType: 'IVS Stream State Change' },
  streamHealth: { source: 'aws.ivs', detailType: 'IVS Stream Health Change' },
  streamLimit: { source: 'aws.ivs', detailType: 'IVS Limit Breach' },
  streamRecording: { source: 'aws.ivs', detailType: 'IVS Recording State Change' },
  objectCreated: { source: 'aws.s3', detailType: 'Object Created' },
  stackStatus: { source: 'aws.cloudformation', detailType: 'CloudFormation Stack Status Change' },
} as const;

/** The envelope of every EventBridge event. De-duplicate on `id`, order by `time`. */
export const eventEnvelopeSchema = z.object({
  id: z.string(),
  source: z.string(),
  'detail-type': z.string(),
  time: z.iso.datetime(),
  region: z.string(),
  resources: z.array(z.string()),
  detail: z.unknown(),
});

/** https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-json.html; the states of events differ from the API's: CREATED and STOPPED mean IDLE. */
export const channelStateDetailSchema = z.object({
  channel_arn: z.string(),
  state: z.string(),
  message: z.string().optional(),
  pipelines_running_count: z.number().optional(),
});

/** An alert that was set or cleared; `alarm_id` pairs the two. https://docs.aws.amazon.com/medialive/latest/ug/monitoring-cloudwatch-json.html */
export const channelAlertDetailSchema = z.object({
  alarm_state: z.enum(['SET', 'CLEARED']),
  alarm_id: z.string().min(1),
  alert_type: z.string().min(1),
  pipeline: z.string(),
  channel_arn: z.string().min(1),
  message: z.string().default(''),
});

/** A pipeline went over to another input: by its schedule when an action is named, else by failover. */
export const inputChangeDetailSchema = z.object({
  pipeline: z.string(),
  channel_arn: z.string().min(1),
  message: z.string().default(''),
  active_input_attachment_name: z.string().min(1),
  active_input_switch_action_name: z.string().optional(),
});

/** What the packager says of its ingest, and of its key provider. `EventDetails.Channel` is the channel's id. */
export const packagerEventDetailSchema = z.object({
  event: z.string().min(1),
  message: z.string().default(''),
  EventDetails: z.object({ Channel: z.string().optional(), PreviousIngestEndpoint: z.string().optional(), CurrentIngestEndpoint: z.string().optional() }).optional(),
});

/** Streams begin, end, starve; the channel's ARN is the event's resource. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html */
export const streamDetailSchema = z.object({ event_name: z.string().min(1), stream_id: z.string().min(1), code: z.string().optional(), reason: z.string().optional() });

/**
 * An encoder, or all viewers together, go beyond a limit; what is not of a stream has no id of one. Its name is `limit_name` in AWS's examples and
 * `limit` in its schema of the event, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-schema-registry.html: one of the two.
 */
export const streamLimitDetailSchema = z
  .object({
    limit_name: z.string().min(1).optional(),
    limit: z.string().min(1).optional(),
    limit_value: z.number(),
    exceeded_by: z.number(),
    limit_unit: z.string(),
    stream_id: z.string().optional(),
  })
  .transform(({ limit_name, limit, ...detail }, context) => {
    const name = limit_name ?? limit;
    if (name !== undefined) return { ...detail, limit_name: name };
    context.addIssue({ code: 'custom', path: ['limit_name'], message: 'the limit has no name, neither as limit_name nor as limit' });
    return z.NEVER;
  });

/** A recording begins, ends or fails; unlike other events of IVS it has no `event_name`. */
export const streamRecordingDetailSchema = z.object({
  recording_status: z.string().min(1),
  recording_status_reason: z.string().optional(),
  stream_id: z.string().min(1),
});

export const objectCreatedDetailSchema = z.object({
  bucket: z.object({ name: z.string() }),
  object: z.object({ key: z.string(), size: z.number().optional(), etag: z.string().optional(), sequencer: z.string().optional() }),
});

/** `userMetadata` carries what the platform put on the job. */
export const conversionStateDetailSchema = z.object({
  jobId: z.string(),
  status: z.string(),
  userMetadata: z.record(z.string(), z.string()).default({}),
  errorCode: z.number().optional(),
  errorMessage: z.string().optional(),
  outputGroupDetails: z
    .array(
      z.object({
        type: z.string(),
        playlistFilePaths: z.array(z.string()).optional(),
        outputDetails: z
          .array(
            z.object({
              outputFilePaths: z.array(z.string()).default([]),
              durationInMs: z.number().default(0),
              videoDetails: z.object({ widthInPx: z.number(), heightInPx: z.number() }).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
