import type { CamControl } from '../../pipelines/cam-control.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import type { StreamNameVault } from '../stream-names.ts';
import { armedChannelOf } from './cam-run.ts';
import { type CamClearance, clearCamChannel, type ClearCamChannelDeps } from './clear-channel.ts';

/** What arming a Cam channel needs. */
export interface ArmCamChannelDeps extends ClearCamChannelDeps {
  readonly cams: Pick<CamControl, 'keyArn' | 'createKey' | 'deleteKey' | 'stopStream'>;
  readonly runs: Pick<ShowRunStore, 'get' | 'begin'>;
  readonly streamNames: StreamNameVault;
  readonly now: Now;
}

/** Whether the key that the channel has is the show's. */
const isArmed = async ({ cams, streamNames }: ArmCamChannelDeps, { breakoutId }: Show, channelArn: string): Promise<boolean> => {
  const keyArn = await cams.keyArn(channelArn);
  return keyArn !== undefined && (await streamNames.keep(breakoutId, {}))[keyArn] !== undefined;
};

/**
 * Arms a channel for a show, once it is free of whoever streamed to it before: a new stream key, kept as the show's
 * secret. The run is kept first, so that no stream finds it missing; a key that was made and not kept is made anew.
 * Answers FREE when it is armed; repeatable, also after that. @throws ConflictError, UnavailableError
 */
export const armCamChannel = async (deps: ArmCamChannelDeps, breakout: Breakout, pipeline: CamPipeline): Promise<CamClearance> => {
  const { breakoutId, attempt } = breakout;
  const { channelArn } = pipeline.channel;
  const clearance = (await deps.runs.get(breakoutId, attempt)) === undefined ? await clearCamChannel(deps, breakout, pipeline) : 'FREE';
  if (clearance !== 'FREE') return clearance;
  await deps.runs.begin({ kind: 'CAM', breakoutId, attempt, pipelineId: pipeline.pipelineId, channel: armedChannelOf(pipeline), requestedAt: timestamp(deps.now()) });
  if (await isArmed(deps, breakout, channelArn)) return clearance;
  await deps.cams.deleteKey(channelArn);
  const { keyArn, value } = await deps.cams.createKey(channelArn);
  await deps.streamNames.keep(breakoutId, { [keyArn]: [value] });
  return clearance;
};
