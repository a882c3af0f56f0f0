import type { Breakout } from '../breakouts/breakout.ts';
import type { CamRunStore } from '../breakouts/channel-run-store.ts';
import { settleStreams, type SettleStreamsDeps } from '../monitoring/cam/settle-streams.ts';
import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { ChannelState } from '../pipelines/channel-control.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import { pipelineState, type PipelinePowerDeps } from '../pipelines/pipeline-power.ts';
import { timestamp } from '../shared/time.ts';
import { guardNoStream, type GuardNoStreamDeps } from './guard-no-stream.ts';
import { noteUnstreamed, type NoteUnstreamedDeps } from './note-unstreamed.ts';
import { observeLook } from './repair-run.ts';

/** What comparing a Cam pipeline with its show needs. */
export interface ReconcileCamDeps extends SettleStreamsDeps, PipelinePowerDeps, GuardNoStreamDeps, NoteUnstreamedDeps {
  readonly breakouts: SettleStreamsDeps['breakouts'] & GuardNoStreamDeps['breakouts'];
  readonly camRuns: Pick<CamRunStore, 'get' | 'observe'>;
  readonly sessions: SettleStreamsDeps['sessions'];
  readonly streams: SettleStreamsDeps['streams'] & PipelinePowerDeps['streams'];
  readonly log: SettleStreamsDeps['log'];
}

/** Brings what is known of a Cam show into line with what its channel says now: its sessions, what happened in them, and whether it is armed. Repeatable. */
export const repairCamRun =
  (deps: ReconcileCamDeps) =>
  async (pipeline: CamPipeline, hold: PipelineHold): Promise<ChannelState> => {
    const state = await pipelineState(deps)(pipeline);
    await settleStreams(deps)(hold);
    const run = await deps.camRuns.get(hold.breakoutId, hold.attempt);
    if (run !== undefined) await observeLook({ runs: deps.camRuns }, run, { state }, timestamp(deps.now()));
    return state;
  };

/** Notes that nobody has streamed since the start, and stops a Cam show that nobody feeds. Answers whether it stopped it. */
export const guardCamInput =
  (deps: ReconcileCamDeps) =>
  async (breakout: Breakout): Promise<boolean> => {
    const run = await deps.camRuns.get(breakout.breakoutId, breakout.attempt);
    await noteUnstreamed(deps)(breakout, run);
    return guardNoStream(deps)(breakout, run);
  };
