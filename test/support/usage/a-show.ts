import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import type { ChannelRun, RanOutput } from '../../../lambda/domain/breakouts/channel-run.ts';
import type { ProPipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import type { Recording, RecordingJob } from '../../../lambda/domain/recordings/recording.ts';
import { aPipeline } from '../shows/a-plan.ts';
import { itemIds } from './ids.ts';

/** An output of a channel; HD at 5 Mbit/s and 30 fps unless told. */
export const aRanOutput = (overrides: Partial<RanOutput> = {}): RanOutput => ({
  outputGroup: 'packager', name: '1080p', codec: 'AVC', widthPixels: 1920, heightPixels: 1080, bitsPerSecond: 5_000_000, framesPerSecond: 30, ...overrides,
});

/** A run of an hour on a single pipeline with one HD output. */
export const aChannelRun = (overrides: Partial<ChannelRun> = {}): ChannelRun => ({
  breakoutId: itemIds.breakout,
  attempt: 1,
  pipelineId: 'pl_main',
  requestedAt: '2026-11-23T10:00:00.000Z',
  started: { at: '2026-11-23T10:00:30.000Z', source: 'EVENT' },
  ended: { at: '2026-11-23T11:00:30.000Z', source: 'EVENT' },
  channel: {
    channelId: '1234567',
    channelArn: 'arn:aws:medialive:us-east-1:123456789012:channel:1234567',
    channelClass: 'SINGLE_PIPELINE',
    inputs: [{ name: 'a', codec: 'AVC', resolution: 'HD', maximumBitrate: 'MAX_10_MBPS' }],
    outputs: [aRanOutput()],
  },
  ...overrides,
});

/** The pipeline that the show runs on. */
export const aMeteredPipeline = (overrides: Partial<ProPipeline> = {}): ProPipeline =>
  aPipeline({ channel: { ...aPipeline().channel, outputs: [aRanOutput()] }, ...overrides });

/** A breakout whose channel has stopped and whose tail is over. */
export const aStoppedBreakout = (overrides: Partial<Breakout> = {}): Breakout => ({
  breakoutId: itemIds.breakout,
  eventId: itemIds.event,
  accountId: itemIds.account,
  title: 'Opening',
  pipelineId: 'pl_main',
  startsAt: '2026-11-23T10:00:00.000Z',
  endsAt: '2026-11-23T12:00:00.000Z',
  status: 'STOPPING',
  attempt: 1,
  startRequestedAt: '2026-11-23T09:59:50.000Z',
  stoppedAt: '2026-11-23T11:00:40.000Z',
  tailEndsAt: '2026-11-23T11:02:16.000Z',
  wantsMp4: true,
  createdAt: '2026-11-20T00:00:00.000Z',
  updatedAt: '2026-11-23T11:00:40.000Z',
  revision: 7,
  ...overrides,
});

/** A job that made one HD MP4 of an hour. */
export const aRecordingJob = (overrides: Partial<RecordingJob> = {}): RecordingJob => ({
  part: 1,
  tries: 1,
  status: 'COMPLETE',
  percentComplete: 100,
  submittedAt: '2026-11-23T11:00:50.000Z',
  jobId: '1700000000000-abc123',
  startedAt: '2026-11-23T11:00:55.000Z',
  finishedAt: '2026-11-23T11:10:00.000Z',
  outputs: [
    {
      name: 'mp4-0',
      durationMilliseconds: 3_600_000,
      outputClass: { videoCodec: 'H_264', widthPixels: 1920, heightPixels: 1080, framesPerSecond: 30, qualityTuning: 'SINGLE_PASS', isAccelerated: false },
    },
  ],
  ...overrides,
});

/** A recording that is ready: one HD MP4 of an hour. */
export const aRecording = (overrides: Partial<Recording> = {}): Recording => ({
  recordingId: 'rec_01JD0000000000000000000000',
  breakoutId: itemIds.breakout,
  eventId: itemIds.event,
  accountId: itemIds.account,
  attempt: 1,
  status: 'READY',
  bucket: 'recordings',
  keyPrefix: `${itemIds.account}/${itemIds.event}/${itemIds.breakout}/`,
  submittedAt: '2026-11-23T11:00:50.000Z',
  finishedAt: '2026-11-23T11:10:00.000Z',
  formats: ['HLS', 'MP4'],
  jobs: [aRecordingJob()],
  files: [],
  gaps: [],
  overlaps: [],
  ...overrides,
});
