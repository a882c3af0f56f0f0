import type { Breakout } from '../breakouts/breakout.ts';
import type { CamRun } from '../breakouts/cam/cam-run.ts';
import { noteStranger } from '../breakouts/cam/clear-channel.ts';
import { isOfRun } from '../breakouts/cam/stream-session.ts';
import type { CamRunStore } from '../breakouts/channel-run-store.ts';
import { settleStreams, type SettleStreamsDeps } from '../monitoring/cam/settle-streams.ts';
import type { StreamWatch } from '../pipelines/cam-control.ts';
import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { ChannelState } from '../pipelines/channel-control.ts';
import type { PastHolds, PipelineHold } from '../pipelines/pipeline-hold.ts';
import { pipelineState, type PipelinePowerDeps } from '../pipelines/pipeline-power.ts';
import { secondsAfter, timestamp } from '../shared/time.ts';
import { guardNoStream, type GuardNoStreamDeps } from './guard-no-stream.ts';
import { noteUnstreamed, type NoteUnstreamedDeps } from './note-unstreamed.ts';
import { observeLook } from './repair-run.ts';

/** What comparing a Cam pipeline with its show needs. */
export interface ReconcileCamDeps extends SettleStreamsDeps, PipelinePowerDeps, GuardNoStreamDeps, NoteUnstreamedDeps {
  readonly breakouts: SettleStreamsDeps['breakouts'] & GuardNoStreamDeps['breakouts'];
  readonly camRuns: Pick<CamRunStore, 'get' | 'observe'>;
  readonly sessions: SettleStreamsDeps['sessions'];
  readonly streams: SettleStreamsDeps['streams'] & PipelinePowerDeps['streams'] & Pick<StreamWatch, 'latest'>;
  readonly log: SettleStreamsDeps['log'];
}

/**
 * Disconnects an encoder that had connected before the show was armed, and was not seen then: it keeps the show's own
 * out. A stream that the service does not list yet is let be: it may be the show's.
 */
const putOutStranger = async (deps: ReconcileCamDeps, run: CamRun, hold: PipelineHold): Promise<void> => {
  const { channelArn } = run.channel;
  const live = await deps.streams.now(channelArn);
  if (live === undefined || (await deps.sessions.list(hold.breakoutId)).some(({ streamId }) => streamId === live.streamId)) return;
  const latest = await deps.streams.latest(channelArn);
  if (latest?.streamId !== live.streamId || isOfRun(run, latest.startedAt)) return;
  await deps.cams.stopStream(channelArn);
  // As often as it is seen: whether it goes is seen the next minute.
  deps.losses.tell({ kind: 'STRANGER_ON_AIR', breakoutId: hold.breakoutId, message: `an encoder streams to ${channelArn} since ${latest.startedAt}, before the show` });
  await noteStranger(deps, hold, live.streamId, `an encoder that had connected to the pipeline at ${latest.startedAt}, before the show, kept the show's own out: it was disconnected`);
};

/** Brings what is known of a Cam show into line with what its channel says now: its sessions, what happened in them, whether it is armed, and that no stranger streams. Repeatable. */
export const repairCamRun =
  (deps: ReconcileCamDeps) =>
  async (pipeline: CamPipeline, hold: PipelineHold): Promise<ChannelState> => {
    const state = await pipelineState(deps)(pipeline);
    await settleStreams(deps)(hold);
    const run = await deps.camRuns.get(hold.breakoutId, hold.attempt);
    if (run === undefined) return state;
    await observeLook({ runs: deps.camRuns }, run, { state }, timestamp(deps.now()));
    if (run.ended === undefined) await putOutStranger(deps, run, hold);
    return state;
  };

// IVS writes that a recording has ended a reconnect window after its stream, which is five minutes at most, and tells it late.
const lateSeconds = 1_800;

/** Looks after the streams of the show that last had a pipeline which is free: for half an hour more may be told of them. Repeatable. */
export const settleLastStreams =
  (deps: ReconcileCamDeps & { readonly pastHolds: PastHolds }) =>
  async ({ pipelineId }: CamPipeline): Promise<void> => {
    const at = timestamp(deps.now());
    const last = await deps.pastHolds.lastClaimed(pipelineId, at);
    const run = last && (await deps.camRuns.get(last.breakoutId, last.attempt));
    if (last === undefined || run?.ended === undefined || at >= secondsAfter(run.ended.at, lateSeconds)) return;
    await settleStreams(deps)(last);
  };

/** Notes that nobody has streamed since the start, and stops a Cam show that nobody feeds. Answers whether it stopped it. */
export const guardCamInput =
  (deps: ReconcileCamDeps) =>
  async (breakout: Breakout): Promise<boolean> => {
    const run = await deps.camRuns.get(breakout.breakoutId, breakout.attempt);
    await noteUnstreamed(deps)(breakout, run);
    return guardNoStream(deps)(breakout, run);
  };
