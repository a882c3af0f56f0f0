import type { ChannelWatch } from '../monitoring/channel-watch.ts';
import { applySources, type SourcesDeps } from '../breakouts/show/sources.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import type { Breakout } from '../breakouts/breakout.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { ChannelState } from '../pipelines/channel-control.ts';
import type { Pipeline, PipelineRegistry } from '../pipelines/pipeline.ts';
import { pipelineState } from '../pipelines/pipeline-power.ts';
import { proPipelines } from '../pipelines/pro-pipelines.ts';
import { putOutAttendees } from '../playback/cam/cam-access.ts';
import { timestamp } from '../shared/time.ts';
import { announceGuardStop } from './announce-stop.ts';
import { guardChannel, type GuardChannelDeps } from './guard-channel.ts';
import { guardFinal, type GuardFinalDeps } from './guard-final.ts';
import { guardNoInput, type GuardNoInputDeps } from './guard-no-input.ts';
import { guardOrphan, type GuardOrphanDeps, type OrphanOutcome } from './guard-orphan.ts';
import { guardShow, type GuardOutcome, type GuardShowDeps } from './guard-show.ts';
import { guardCamInput, repairCamRun, type ReconcileCamDeps, settleLastStreams } from './reconcile-cam.ts';
import { repairRun, type RepairRunDeps } from './repair-run.ts';

/** What comparing the world with the table needs. */
export interface ReconcileDeps
  extends GuardShowDeps, GuardNoInputDeps, GuardOrphanDeps, GuardFinalDeps, GuardChannelDeps, ReconcileCamDeps, SourcesDeps, Omit<RepairRunDeps, 'runs' | 'pipelines'> {
  readonly breakouts: GuardShowDeps['breakouts'];
  readonly holds: GuardShowDeps['holds'];
  readonly runs: GuardShowDeps['runs'];
  /** The same, of Pro pipelines alone. */
  readonly channelRuns: Pick<ChannelRunStore, 'get' | 'observe'>;
  readonly channels: GuardShowDeps['channels'];
  readonly cams: GuardShowDeps['cams'];
  readonly streams: ReconcileCamDeps['streams'];
  readonly sessions: ReconcileCamDeps['sessions'];
  readonly camRuns: ReconcileCamDeps['camRuns'];
  readonly marks: GuardShowDeps['marks'];
  readonly executions: GuardShowDeps['executions'];
  readonly log: RepairRunDeps['log'];
  readonly pipelines: PipelineRegistry;
  readonly watch: Pick<ChannelWatch, 'look' | 'alerts'>;
}

/** What was done about a pipeline. */
export type PipelineOutcome = GuardOutcome | OrphanOutcome | 'ENDED_WITHOUT_CHANNEL' | 'STOPPED_WITHOUT_INPUT' | 'SOURCES_RESTORED';

/** A pipeline's outcome, or why there is none. */
export interface Reconciliation {
  readonly pipelineId: string;
  readonly outcome?: PipelineOutcome;
  readonly error?: unknown;
}

const keepSources = async (deps: ReconcileDeps, { breakoutId, accountId, attempt }: PipelineHold): Promise<boolean> => {
  if (!(await applySources(deps)({ breakoutId, attempt }))) return false;
  const at = timestamp(deps.now());
  const message = 'who may push had been changed from outside, and is as the show declares it again';
  await deps.log.note({ breakoutId, accountId, attempt, at, id: `REPAIRED-sources-${at}`, type: 'GUARD', name: 'REPAIRED', message });
  return true;
};

/** What a held pipeline does, after what is known of its run was brought into line with that. */
const repaired = async (deps: ReconcileDeps, pipeline: Pipeline, hold: PipelineHold): Promise<ChannelState> => {
  if (pipeline.kind === 'CAM') return repairCamRun(deps)(pipeline, hold);
  const look = await deps.watch.look(pipeline.channel.channelId);
  await repairRun({ ...deps, runs: deps.channelRuns, pipelines: proPipelines(deps.pipelines) })({ pipeline, show: hold, look });
  return look.state;
};

const guardInput = async (deps: ReconcileDeps, pipeline: Pipeline, breakout: Breakout): Promise<boolean> =>
  pipeline.kind === 'CAM' ? guardCamInput(deps)(breakout) : guardNoInput(deps)(breakout, pipeline, await deps.channelRuns.get(breakout.breakoutId, breakout.attempt));

const reconcileHeld = async (deps: ReconcileDeps, pipeline: Pipeline, hold: PipelineHold): Promise<PipelineOutcome> => {
  const { breakoutId, attempt } = hold;
  const state = await repaired(deps, pipeline, hold);
  const outcome = await guardShow(deps)(hold);
  if (outcome !== 'NOTHING') return outcome;
  const [breakout, run] = await Promise.all([deps.breakouts.get(breakoutId), deps.runs.get(breakoutId, attempt)]);
  if (breakout.status !== 'RUNNING' || breakout.attempt !== attempt) return 'NOTHING';
  if (await guardChannel(deps)(breakout, run, { state })) return 'ENDED_WITHOUT_CHANNEL';
  if (await guardInput(deps, pipeline, breakout)) {
    await announceGuardStop(deps)(await deps.breakouts.get(breakoutId));
    return 'STOPPED_WITHOUT_INPUT';
  }
  // Who drew it may have died before IVS was told: it is told again while the curtain is down.
  if (pipeline.kind === 'CAM' && breakout.curtainFalls !== undefined) await putOutAttendees(deps, pipeline, breakout);
  return (await keepSources(deps, hold)) ? 'SOURCES_RESTORED' : 'NOTHING';
};

const reconcileFree = async (deps: ReconcileDeps, pipeline: Pipeline): Promise<PipelineOutcome> => {
  if (pipeline.kind === 'CAM') await settleLastStreams(deps)(pipeline);
  const outcome = await guardOrphan(deps)(pipeline, { state: await pipelineState(deps)(pipeline) });
  return outcome === 'IDLE' && (await guardFinal(deps)(pipeline.pipelineId)) ? 'RECOVERED' : outcome;
};

const reconcilePipeline = async (deps: ReconcileDeps, pipeline: Pipeline): Promise<PipelineOutcome> => {
  const hold = await deps.holds.get(pipeline.pipelineId);
  if (hold === undefined) return reconcileFree(deps, pipeline);
  await deps.marks.clearOrphan(pipeline.pipelineId);
  return reconcileHeld(deps, pipeline, hold);
};

/**
 * Compares every pipeline's channel with who holds it, and repairs one thing of each. What goes wrong with one keeps
 * nobody from the others; it is tried again the next minute.
 */
export const reconcile =
  (deps: ReconcileDeps) =>
  async (): Promise<readonly Reconciliation[]> => {
    const done: Reconciliation[] = [];
    // One after the other: MediaLive takes 20 calls a second of the whole account.
    for (const pipeline of await deps.pipelines.list()) {
      const { pipelineId } = pipeline;
      try {
        done.push({ pipelineId, outcome: await reconcilePipeline(deps, pipeline) });
      } catch (error) {
        done.push({ pipelineId, error });
      }
    }
    return done;
  };
