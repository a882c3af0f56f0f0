import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { CamPipeline } from '../../../lambda/domain/pipelines/cam-pipeline.ts';
import { newId } from './a-plan.ts';

const channelArn = 'arn:aws:ivs:us-east-1:123456789012:channel/AbCdef1G2hij';

/** A private channel of the type BASIC; a turnaround of five minutes. */
export const aCamPipeline = (overrides: Partial<CamPipeline> = {}): CamPipeline => ({
  pipelineId: 'pl_cam',
  name: 'Camera',
  kind: 'CAM',
  region: 'us-east-1',
  channel: {
    channelArn,
    type: 'BASIC',
    latencyMode: 'LOW',
    containerFormat: 'TS',
    isPrivate: true,
    ingestEndpoint: 'a1b2c3d4e5f6.global-contribute.live-video.net',
    playbackUrl: 'https://a1b2c3d4e5f6.us-east-1.playback.live-video.net/api/video/v1/us-east-1.123456789012.channel.AbCdef1G2hij.m3u8',
  },
  recording: { bucket: 'recordings', configurationArn: 'arn:aws:ivs:us-east-1:123456789012:recording-configuration/KlMnop3Q4rst', reconnectWindowSeconds: 60 },
  ...overrides,
});

/** A pipeline that was told to arm, and not yet seen armed. */
export const aCamRun = (overrides: Partial<CamRun> = {}): CamRun => ({
  kind: 'CAM',
  breakoutId: newId('breakout'),
  attempt: 1,
  pipelineId: 'pl_cam',
  requestedAt: '2026-11-23T10:00:00.000Z',
  channel: { channelArn, type: 'BASIC', latencyMode: 'LOW', containerFormat: 'TS' },
  ...overrides,
});

/** A stream that goes on. */
export const aStreamSession = (overrides: Partial<StreamSession> = {}): StreamSession => ({
  breakoutId: newId('breakout'),
  attempt: 1,
  pipelineId: 'pl_cam',
  channelArn,
  streamId: 'st-1A2b3c4D5e6F7g8H9i',
  startedAt: '2026-11-23T10:01:00.000Z',
  hasErrors: false,
  ...overrides,
});
