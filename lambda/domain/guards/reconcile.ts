import type { ChannelWatch } from '../monitoring/channel-watch.ts';
import { applySources, type SourcesDeps } from '../breakouts/show/sources.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import type { ProPipeline } from '../pipelines/pipeline.ts';
import type { ProPipelineRegistry } from '../pipelines/pro-pipelines.ts';
import { timestamp } from '../shared/time.ts';
import { announceGuardStop } from './announce-stop.ts';
import { guardChannel, type GuardChannelDeps } from './guard-channel.ts';
import { guardFinal, type GuardFinalDeps } from './guard-final.ts';
import { guardNoInput, type GuardNoInputDeps } from './guard-no-input.ts';
import { guardOrphan, type GuardOrphanDeps, type OrphanOutcome } from './guard-orphan.ts';
import { guardShow, type GuardOutcome, type GuardShowDeps } from './guard-show.ts';
import { repairRun, type RepairRunDeps } from './repair-run.ts';

/** What comparing the world with the table needs. */
export interface ReconcileDeps extends GuardShowDeps, GuardNoInputDeps, GuardOrphanDeps, GuardFinalDeps, GuardChannelDeps, RepairRunDeps, SourcesDeps {
  readonly breakouts: GuardShowDeps['breakouts'];
  readonly holds: GuardShowDeps['holds'];
  readonly runs: GuardShowDeps['runs'];
  readonly channels: GuardShowDeps['channels'];
  readonly marks: GuardShowDeps['marks'];
  readonly executions: GuardShowDeps['executions'];
  readonly log: RepairRunDeps['log'];
  readonly pipelines: Pick<ProPipelineRegistry, 'get' | 'list'>;
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

const reconcileHeld = async (deps: ReconcileDeps, pipeline: ProPipeline, hold: PipelineHold): Promise<PipelineOutcome> => {
  const { breakoutId, attempt } = hold;
  const look = await deps.watch.look(pipeline.channel.channelId);
  await repairRun(deps)({ pipeline, show: hold, look });
  const outcome = await guardShow(deps)(hold);
  if (outcome !== 'NOTHING') return outcome;
  const [breakout, run] = await Promise.all([deps.breakouts.get(breakoutId), deps.runs.get(breakoutId, attempt)]);
  if (breakout.status !== 'RUNNING' || breakout.attempt !== attempt) return 'NOTHING';
  if (await guardChannel(deps)(breakout, run, look)) return 'ENDED_WITHOUT_CHANNEL';
  if (await guardNoInput(deps)(breakout, pipeline, run)) {
    await announceGuardStop(deps)(await deps.breakouts.get(breakoutId));
    return 'STOPPED_WITHOUT_INPUT';
  }
  return (await keepSources(deps, hold)) ? 'SOURCES_RESTORED' : 'NOTHING';
};

const reconcileFree = async (deps: ReconcileDeps, pipeline: ProPipeline): Promise<PipelineOutcome> => {
  const outcome = await guardOrphan(deps)(pipeline, await deps.watch.look(pipeline.channel.channelId));
  return outcome === 'IDLE' && (await guardFinal(deps)(pipeline.pipelineId)) ? 'RECOVERED' : outcome;
};

const reconcilePipeline = async (deps: ReconcileDeps, pipeline: ProPipeline): Promise<PipelineOutcome> => {
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
