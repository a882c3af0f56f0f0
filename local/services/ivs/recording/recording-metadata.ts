import type { StreamRendition } from '../streams/ladder.ts';

/** What a recording's metadata file tells of it. */
export interface RecordingFacts {
  readonly channelArn: string;
  readonly startedAt: number;
  /** Absent while it grows. */
  readonly ended?: { readonly at: number; readonly durationMilliseconds: number; readonly failure?: string };
  readonly renditions: readonly StreamRendition[];
}

/** The document of `events/recording-*.json`. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html */
export const recordingMetadata = ({ channelArn, startedAt, ended, renditions }: RecordingFacts): string => JSON.stringify({
  version: 'v1', channel_arn: channelArn,
  recording_started_at: new Date(startedAt).toISOString(),
  ...(ended === undefined ? {} : { recording_ended_at: new Date(ended.at).toISOString() }),
  recording_status: ended === undefined ? 'RECORDING_STARTED' : ended.failure === undefined ? 'RECORDING_ENDED' : 'RECORDING_ENDED_WITH_FAILURE',
  ...(ended?.failure === undefined ? {} : { recording_status_message: ended.failure }),
  media: {
    hls: {
      ...(ended === undefined ? {} : { duration_ms: ended.durationMilliseconds }),
      path: 'media/hls', playlist: 'master.m3u8',
      renditions: renditions.map(({ name, widthPixels, heightPixels }) => ({ path: name, playlist: 'playlist.m3u8', resolution_width: widthPixels, resolution_height: heightPixels })),
    },
  },
});
