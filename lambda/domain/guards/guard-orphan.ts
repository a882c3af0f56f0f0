import type { ShowRunStore } from '../breakouts/channel-run-store.ts';
import type { ShowLog } from '../breakouts/log/show-log.ts';
import type { Announcements } from '../monitoring/announcements.ts';
import type { ChannelLook } from '../monitoring/channel-watch.ts';
import type { PastHolds, PipelineHold, PipelineHolds } from '../pipelines/pipeline-hold.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { type PipelinePowerDeps, turnOff } from '../pipelines/pipeline-power.ts';
import { timestamp } from '../shared/time.ts';
import type { ChannelTurns } from '../usage/overheads/unheld-runs.ts';
import type { GuardMarks } from './guard-marks.ts';

/** What finding channels that run for nobody needs. */
export interface GuardOrphanDeps extends PipelinePowerDeps {
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly pastHolds: PastHolds;
  readonly runs: Pick<ShowRunStore, 'get' | 'observe'>;
  readonly log: Pick<ShowLog, 'note'>;
  readonly marks: GuardMarks;
  readonly announcements: Announcements;
  readonly turns: Pick<ChannelTurns, 'note'>;
}

/** What was found of a channel that nobody holds. REPORTED: it costs as long as it runs. KEYED: a Cam channel that somebody could stream to, and nobody does. */
export type OrphanOutcome = 'IDLE' | 'REPORTED' | 'STOPPED' | 'KEYED';

const sentences: Readonly<Record<Exclude<OrphanOutcome, 'IDLE'>, string>> = {
  STOPPED: 'runs for nobody: a show left it running, and it is stopped',
  REPORTED: 'runs for nobody: somebody started it by hand, so it is left to him; it costs as long as it runs',
  KEYED: 'has a stream key that no show made, so it is left to whoever made it: it costs nothing until somebody streams with it',
};

const report = async (deps: GuardOrphanDeps, pipeline: Pipeline, last: PipelineHold | undefined, at: string, outcome: Exclude<OrphanOutcome, 'IDLE'>): Promise<void> => {
  if (!(await deps.marks.markOrphan(pipeline.pipelineId, at))) return;
  // Its event may have been lost. What a show left running is in the show's own run.
  if (pipeline.kind === 'PRO' && outcome === 'REPORTED') await deps.turns.note({ pipelineId: pipeline.pipelineId, at, isOn: true });
  const message = `the channel of pipeline ${pipeline.pipelineId} ${sentences[outcome]}`;
  const id = `ORPHAN-${pipeline.pipelineId}-${at}`;
  if (last !== undefined) await deps.log.note({ breakoutId: last.breakoutId, accountId: last.accountId, attempt: last.attempt, at, id, type: 'GUARD', name: 'ORPHAN', message });
  await deps.announcements.publish({ id, kind: 'ORPHAN_CHANNEL', at, pipelineId: pipeline.pipelineId, message });
};

/** A Cam channel is on as soon as it has a stream key, which costs nothing. */
const startedByHand = async ({ streams }: GuardOrphanDeps, pipeline: Pipeline): Promise<'REPORTED' | 'KEYED'> =>
  pipeline.kind === 'CAM' && (await streams.now(pipeline.channel.channelArn)) === undefined ? 'KEYED' : 'REPORTED';

/**
 * Looks after a channel that no show holds. One that a show left running (its run has no end) is stopped; one that was
 * started since then was started by hand and is only reported, for the platform starts channels for shows alone. Either
 * is announced once until the channel is idle again. Repeatable.
 */
export const guardOrphan =
  (deps: GuardOrphanDeps) =>
  async (pipeline: Pipeline, look: Pick<ChannelLook, 'state'>): Promise<OrphanOutcome> => {
    const { pipelineId } = pipeline;
    const at = timestamp(deps.now());
    const last = await deps.pastHolds.lastClaimed(pipelineId, at);
    const run = last === undefined ? undefined : await deps.runs.get(last.breakoutId, last.attempt);
    const isLeftRunning = run !== undefined && run.ended === undefined;
    if (look.state === 'IDLE') {
      if (run !== undefined && isLeftRunning && run.started !== undefined) await deps.runs.observe(run.breakoutId, run.attempt, { ended: { at, source: 'POLL' } });
      if ((await deps.marks.clearOrphan(pipelineId)) && pipeline.kind === 'PRO') await deps.turns.note({ pipelineId, at, isOn: false });
      return 'IDLE';
    }
    // A show may have claimed it since it was looked at.
    if (look.state !== 'RUNNING' || (await deps.holds.get(pipelineId)) !== undefined) return 'IDLE';
    const outcome = isLeftRunning ? 'STOPPED' : await startedByHand(deps, pipeline);
    await report(deps, pipeline, last, at, outcome);
    if (outcome === 'STOPPED') await turnOff(deps)(pipeline);
    return outcome;
  };
