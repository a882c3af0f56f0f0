import type { CamControl, StreamWatch } from '../../pipelines/cam-control.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { noteShow, type NoteShowDeps } from '../show/note-show.ts';
import type { StreamNameVault } from '../stream-names.ts';
import { armedChannelOf } from './cam-run.ts';

/** What clearing a Cam channel needs. */
export interface ClearCamChannelDeps extends NoteShowDeps {
  readonly cams: Pick<CamControl, 'deleteKey' | 'stopStream'>;
  readonly streams: Pick<StreamWatch, 'now'>;
  readonly now: Now;
}

/**
 * Makes room for a show: whatever stream key there was is void, and who streams already is disconnected, for his stream
 * is not the show. Repeatable until the channel is armed. @throws UnavailableError
 */
export const clearCamChannel = async (deps: ClearCamChannelDeps, breakout: Breakout, { channel: { channelArn } }: CamPipeline): Promise<void> => {
  await deps.cams.deleteKey(channelArn);
  const stranger = await deps.streams.now(channelArn);
  // One that connects now is not live yet, and is disconnected all the same.
  await deps.cams.stopStream(channelArn);
  if (stranger === undefined) return;
  const message = `an encoder streamed to the pipeline since ${stranger.startedAt}, before the show: its stream is not the show's and was disconnected`;
  await noteShow(deps, breakout, { type: 'INPUT', name: 'REFUSED', at: timestamp(deps.now()), message });
};

/** What arming a Cam channel needs. */
export interface ArmCamChannelDeps {
  readonly cams: Pick<CamControl, 'keyArn' | 'createKey' | 'deleteKey'>;
  readonly runs: Pick<ShowRunStore, 'begin'>;
  readonly streamNames: StreamNameVault;
  readonly now: Now;
}

/** Whether the key that the channel has is the show's. */
const isArmed = async ({ cams, streamNames }: ArmCamChannelDeps, { breakoutId }: Show, channelArn: string): Promise<boolean> => {
  const keyArn = await cams.keyArn(channelArn);
  return keyArn !== undefined && (await streamNames.keep(breakoutId, {}))[keyArn] !== undefined;
};

/**
 * Arms a channel for a show: a new stream key, kept as the show's secret. The run is kept first, so that no stream finds
 * it missing; a key that was made and not kept is made anew. Repeatable. @throws ConflictError, UnavailableError
 */
export const armCamChannel = async (deps: ArmCamChannelDeps, { breakoutId, attempt }: Show, pipeline: CamPipeline): Promise<void> => {
  const { channelArn } = pipeline.channel;
  await deps.runs.begin({ kind: 'CAM', breakoutId, attempt, pipelineId: pipeline.pipelineId, channel: armedChannelOf(pipeline), requestedAt: timestamp(deps.now()) });
  if (await isArmed(deps, { breakoutId, attempt }, channelArn)) return;
  await deps.cams.deleteKey(channelArn);
  const { keyArn, value } = await deps.cams.createKey(channelArn);
  await deps.streamNames.keep(breakoutId, { [keyArn]: [value] });
};
