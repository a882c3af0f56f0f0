import { type Now, secondsAfter, timestamp } from '../shared/time.ts';
import type { CamControl, StreamWatch } from './cam-control.ts';
import type { CamPipeline } from './cam-pipeline.ts';
import type { ChannelControl, ChannelState } from './channel-control.ts';
import type { Pipeline } from './pipeline.ts';

/** What seeing whether a pipeline is on needs, and turning it off. */
export interface PipelinePowerDeps {
  readonly channels: Pick<ChannelControl, 'state' | 'stop'>;
  readonly cams: Pick<CamControl, 'keyArn' | 'deleteKey' | 'stopStream'>;
  readonly streams: Pick<StreamWatch, 'now' | 'sessions'>;
  readonly now: Now;
}

/** From an encoder's connection to its first segment no stream is live, and yet one is coming: for so long at most. */
export const connectingSeconds = 60;

/** A Cam pipeline is on while an encoder may begin to stream, does stream, or is about to. */
const camState = async ({ cams, streams, now }: PipelinePowerDeps, { channel: { channelArn } }: CamPipeline): Promise<ChannelState> => {
  if ((await cams.keyArn(channelArn)) !== undefined || (await streams.now(channelArn)) !== undefined) return 'RUNNING';
  const recent = await streams.sessions(channelArn, secondsAfter(timestamp(now()), -connectingSeconds));
  return recent.some(({ endedAt }) => endedAt === undefined) ? 'RUNNING' : 'IDLE';
};

/** What a pipeline does now; a Cam pipeline is RUNNING while it is armed or streamed to, else IDLE. @throws NotFoundError, UnavailableError */
export const pipelineState =
  (deps: PipelinePowerDeps) =>
  (pipeline: Pipeline): Promise<ChannelState> =>
    pipeline.kind === 'CAM' ? camState(deps, pipeline) : deps.channels.state(pipeline.channel.channelId);

/**
 * Turns a pipeline off; one that is off, or on its way, stays so. A Cam pipeline's stream key goes first: encoders
 * reconnect by themselves. @throws UnavailableError
 */
export const turnOff =
  (deps: PipelinePowerDeps) =>
  async (pipeline: Pipeline): Promise<void> => {
    if (pipeline.kind === 'PRO') return deps.channels.stop(pipeline.channel.channelId);
    await deps.cams.deleteKey(pipeline.channel.channelArn);
    await deps.cams.stopStream(pipeline.channel.channelArn);
  };
