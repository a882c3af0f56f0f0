import type { Breakout } from '../breakouts/breakout.ts';
import { pipelineIdOf } from '../breakouts/show-leg.ts';
import { hardStop, type HardStopDeps, recoverShow } from '../breakouts/show/hard-stop.ts';
import { releasePipeline } from '../breakouts/show/mark-show.ts';
import { noteShow } from '../breakouts/show/note-show.ts';
import { ensureStopped } from '../breakouts/show/stop-channel.ts';
import { hasEnded } from '../breakouts/transition.ts';
import { hardStopGraceSeconds, playoutTailSeconds } from '../pipelines/pipeline.ts';
import type { PipelineHold, PipelineHolds } from '../pipelines/pipeline-hold.ts';
import { endCamTokens } from '../playback/cam/cam-access.ts';
import type { CamViewers } from '../playback/cam/cam-tokens.ts';
import { UnavailableError } from '../shared/errors.ts';
import { later, secondsAfter, timestamp } from '../shared/time.ts';
import { announceGuardStop, type AnnounceStopDeps } from './announce-stop.ts';

/** What looking after a held pipeline's show needs. */
export interface GuardShowDeps extends HardStopDeps, AnnounceStopDeps {
  readonly holds: Pick<PipelineHolds, 'get' | 'release'>;
  readonly camViewers: CamViewers;
}

/** What was done for a show; NOTHING = all is as it should be, OVERHELD = it is over, and its execution cannot give the pipeline back. */
export type GuardOutcome = 'NOTHING' | 'RECOVERED' | 'RELEASED' | 'STOPPING' | 'HARD_STOPPED' | 'PUSHED' | 'OVERHELD';

// A start claims the pipeline first and starts the execution then, and gives up itself if it cannot.
const startingSeconds = 120;

/** Longer than any of the execution's own time-outs, which it is left to. */
const stuckSeconds = 15 * 60;

const noteRepair = (deps: GuardShowDeps, breakout: Breakout, attempt: number, what: string, message: string): Promise<boolean> =>
  deps.log.note({
    breakoutId: breakout.breakoutId, accountId: breakout.accountId, attempt, at: timestamp(deps.now()), id: `REPAIRED-${what}-${attempt}`, type: 'GUARD', name: 'REPAIRED', message,
  });

/** When a show has given its pipeline back, if its execution can. */
const freeAtOf = async (deps: GuardShowDeps, breakout: Breakout, { breakoutId, attempt }: PipelineHold): Promise<string> => {
  const run = await deps.runs.get(breakoutId, attempt);
  const pipeline = await deps.pipelines.get(pipelineIdOf(breakout, attempt));
  return secondsAfter(run?.ended?.at ?? breakout.updatedAt, playoutTailSeconds(pipeline) + 60);
};

/** Ends an attempt without an execution; frees its pipeline where the execution that should do so has died as well. */
const recover = async (deps: GuardShowDeps, breakout: Breakout, hold: PipelineHold): Promise<GuardOutcome> => {
  const { breakoutId, attempt, pipelineId } = hold;
  const show = { breakoutId, attempt };
  await noteRepair(deps, breakout, attempt, 'execution', 'the execution that ran the show had died: its channel is stopped and the show ended');
  try {
    await recoverShow(deps)(show);
  } catch (error) {
    if (error instanceof UnavailableError && error.code === 'channel-stopping') return 'STOPPING';
    throw error;
  }
  if (await deps.executions.isRunning(show)) return 'RECOVERED';
  if (timestamp(deps.now()) < (await freeAtOf(deps, breakout, hold))) return 'RECOVERED';
  const pipeline = await deps.pipelines.get(pipelineIdOf(breakout, attempt));
  if (pipeline.kind === 'CAM') await endCamTokens(deps, pipeline, { ...breakout, attempt });
  await releasePipeline(deps)(show);
  await noteRepair(deps, breakout, attempt, 'hold', `pipeline ${pipelineId} was still held for the show and is free again`);
  return 'RELEASED';
};

const isStuck = ({ status, startRequestedAt, stopRequestedAt, updatedAt }: Breakout, now: string): boolean => {
  if (status === 'STARTING') return now >= secondsAfter(startRequestedAt ?? updatedAt, stuckSeconds);
  return stopRequestedAt !== undefined && (status === 'RUNNING' || status === 'STOPPING') && now >= secondsAfter(later(stopRequestedAt, startRequestedAt ?? stopRequestedAt), stuckSeconds);
};

/**
 * Looks after the show that holds a pipeline, one thing at a time: ends it when its execution has died, stops it past
 * its hard stop, and pushes a channel that neither starts nor stops. Repeatable.
 */
export const guardShow =
  (deps: GuardShowDeps) =>
  async (hold: PipelineHold): Promise<GuardOutcome> => {
    const { breakoutId, attempt } = hold;
    const show = { breakoutId, attempt };
    const breakout = await deps.breakouts.get(breakoutId);
    const now = timestamp(deps.now());
    await announceGuardStop(deps)(breakout);
    if (!(await deps.executions.isRunning(show))) return now < secondsAfter(hold.claimedAt, startingSeconds) ? 'NOTHING' : recover(deps, breakout, hold);
    if (breakout.attempt !== attempt || hasEnded(breakout)) return now < secondsAfter(await freeAtOf(deps, breakout, hold), stuckSeconds) ? 'NOTHING' : 'OVERHELD';
    if (isStuck(breakout, now)) {
      await noteShow(deps, breakout, { type: 'GUARD', name: 'REPAIRED', at: now, message: `the show was ${breakout.status} for ${stuckSeconds / 60} minutes: its channel is stopped` });
      await ensureStopped(deps)(show);
      return 'PUSHED';
    }
    const isPast = breakout.hardStopAt !== undefined && now >= secondsAfter(breakout.hardStopAt, hardStopGraceSeconds);
    if (!isPast || breakout.stopRequestedAt !== undefined) return 'NOTHING';
    await hardStop(deps)(breakoutId);
    await announceGuardStop(deps)(await deps.breakouts.get(breakoutId));
    return 'HARD_STOPPED';
  };
