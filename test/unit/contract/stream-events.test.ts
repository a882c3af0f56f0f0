import { streamDetailSchema, streamLimitDetailSchema, streamRecordingDetailSchema } from '../../../lambda/contract/media-events.ts';

// Details as https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html has them.
const recording = {
  channel_name: 'Your Channel', stream_id: 'st-1A2b3c4D', recording_status: 'Recording Start Failure', recording_status_reason: 'ValidationException', recording_s3_bucket_name: 'recordings',
  recording_s3_key_prefix: 'ivs/v1/123456789012/AsXego4U6tnj/2020/6/23/20/12/j8Z9O91ndcVs', recording_duration_ms: 0, recording_session_id: 'a6RfV23ES97iyfoQ',
};

describe('what IVS tells', () => {
  it('is a change of a stream, with a code where there is one', () => {
    expect(streamDetailSchema.parse({ event_name: 'Stream Takeover Failure', channel_name: '', stream_id: 'st-1', code: 'StreamTakeoverInvalidPriority' })).toEqual({ event_name: 'Stream Takeover Failure', stream_id: 'st-1', code: 'StreamTakeoverInvalidPriority' });
    expect(streamDetailSchema.parse({ event_name: 'Session Created', channel_name: 'Your Channel', stream_id: 'st-1' })).toMatchObject({ event_name: 'Session Created' });
  });

  it('is a limit of a stream, or of the whole account', () => {
    const limit = { limit_value: 3_500_000, exceeded_by: 300_000, limit_unit: 'bits per second' };

    expect(streamLimitDetailSchema.parse({ ...limit, limit_name: 'Ingest Bitrate', channel_name: 'Your Channel', stream_id: 'st-1' })).toMatchObject({ limit_name: 'Ingest Bitrate', stream_id: 'st-1' });
    expect(streamLimitDetailSchema.parse({ ...limit, limit_name: 'Concurrent Viewers' })).not.toHaveProperty('stream_id');
  });

  it('is a change of a recording, which has a status in the place of a name', () => {
    expect(streamRecordingDetailSchema.parse(recording)).toEqual({ recording_status: 'Recording Start Failure', recording_status_reason: 'ValidationException', stream_id: 'st-1A2b3c4D' });
    expect(streamDetailSchema.safeParse(recording).success).toBe(false);
  });
});
