/** An event as a target of EventBridge is given it. */
export interface TargetEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: 'aws.ivs';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

type Kind = 'IVS Limit Breach' | 'IVS Recording State Change' | 'IVS Stream Health Change' | 'IVS Stream State Change';

interface Documented {
  readonly kind: Kind;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Of the AWS account as a whole: names no channel and no stream. */
  readonly isOfAccount?: boolean;
}

const change = (event_name: string, more: Readonly<Record<string, string>> = {}): Documented => ({ kind: 'IVS Stream State Change', detail: { event_name, ...more } });
const health = (event_name: string): Documented => ({ kind: 'IVS Stream Health Change', detail: { event_name } });
const limit = (limit_name: string, limit_value: number, exceeded_by: number, limit_unit: string): Documented => ({ kind: 'IVS Limit Breach', detail: { limit_name, limit_value, exceeded_by, limit_unit } });

const recording = (recording_status: string, more: Readonly<Record<string, unknown>> = {}): Documented => ({
  kind: 'IVS Recording State Change',
  detail: {
    recording_status,
    recording_status_reason: '',
    recording_s3_bucket_name: 'recordings',
    recording_s3_key_prefix: 'ivs/v1/123456789012/AbCdef1G2hij/2026/11/23/10/1/KlMnop3Q4rst',
    recording_duration_ms: 0,
    recording_session_id: 'a6RfV23ES97iyfoQ',
    ...more,
  },
});

/** What IVS tells, in the form of the examples of https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html. */
export const documented = {
  sessionCreated: change('Session Created'),
  sessionEnded: change('Session Ended'),
  sessionEndedWithCode: change('Session Ended', { code: 'MultitrackInputNotAllowed' }),
  streamStart: change('Stream Start'),
  streamEnd: change('Stream End'),
  streamFailure: change('Stream Failure', { reason: 'Transcode capacity exceeded. Please try again.' }),
  streamTakeover: change('Stream Takeover'),
  streamTakeoverFailure: change('Stream Takeover Failure', { code: 'StreamTakeoverInvalidPriority' }),
  starvationStart: health('Starvation Start'),
  starvationEnd: health('Starvation End'),
  ingestBitrate: limit('Ingest Bitrate', 1_500_000, 400_000, 'bits per second'),
  ingestTotalPixels: limit('Ingest Resolution', 2_073_600, 230_400, 'total pixels'),
  ingestPixelsPerEdge: limit('Ingest Resolution', 1920, 640, 'pixels per edge'),
  concurrentBroadcasts: { ...limit('Concurrent Broadcasts', 100, 1, 'active streams'), isOfAccount: true },
  concurrentBroadcastsOfStream: limit('Concurrent Broadcasts', 100, 1, 'active streams'),
  concurrentViewers: { ...limit('Concurrent Viewers', 15_000, 12, 'viewers'), isOfAccount: true },
  recordingStart: recording('Recording Start'),
  recordingEnd: recording('Recording End', { recording_duration_ms: 1_800_000, recording_session_stream_ids: ['st-254sopYUvi6F78ghpO9vn0A', 'st-1A2b3c4D5e6F78ghij9Klmn'] }),
  recordingStartFailure: recording('Recording Start Failure', { recording_status_reason: 'ValidationException', recording_s3_key_prefix: '' }),
  recordingEndFailure: recording('Recording End Failure', { recording_status_reason: 'InternalServerException' }),
} as const satisfies Readonly<Record<string, Documented>>;

/** One of the examples. */
export type DocumentedEvent = keyof typeof documented;

/** The examples' names. */
export const documentedEvents = Object.keys(documented).filter((name): name is DocumentedEvent => name in documented);

let told = 0;

/** An example as it is told of a stream at a time, which EventBridge gives in whole seconds. */
export const toldEvent = (name: DocumentedEvent, { channelArn, streamId, at }: { readonly channelArn: string; readonly streamId: string; readonly at: string }): TargetEvent => {
  const { kind, detail, isOfAccount }: Documented = documented[name];
  told += 1;
  return {
    version: '0', id: `01234567-0123-0123-0123-${String(told).padStart(12, '0')}`, 'detail-type': kind, source: 'aws.ivs', account: '123456789012',
    time: at.replace(/\.\d{3}Z$/, 'Z'), region: 'us-east-1',
    resources: isOfAccount === true ? [] : [channelArn],
    detail: isOfAccount === true ? detail : { ...detail, channel_name: '', stream_id: streamId },
  };
};
