import { pipelineState, type PipelinePowerDeps, turnOff } from '../../pipelines/pipeline-power.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { secondsAfter, timestamp } from '../../shared/time.ts';
import { keepSessions, type KeepSessionsDeps } from '../cam/keep-sessions.ts';
import type { ShowRunStore } from '../channel-run-store.ts';
import type { Show } from '../show-executions.ts';
import { type CurrentShow, type CurrentShowDeps, findShow } from './current-show.ts';
import { done, failed, pending, type ShowProgress } from './progress.ts';

/** What stopping a channel needs. */
export interface StopChannelDeps extends CurrentShowDeps, PipelinePowerDeps, KeepSessionsDeps {
  readonly streams: PipelinePowerDeps['streams'] & KeepSessionsDeps['streams'];
  readonly runs: Pick<ShowRunStore, 'get' | 'observe' | 'noteStopRequest'>;
}

// The last stream, and one before it whose end nobody has told.
const mostReadAtStop = 2;

const tellToStop = async (deps: StopChannelDeps, show: Show, { pipeline }: CurrentShow): Promise<void> => {
  await turnOff(deps)(pipeline);
  await deps.runs.noteStopRequest(show.breakoutId, show.attempt, timestamp(deps.now()));
};

/** Tells the show's channel to stop. A show that has given its pipeline back has nothing to stop. */
export const stopChannel =
  (deps: StopChannelDeps) =>
  async (show: Show): Promise<void> => {
    const current = await findShow(deps)(show);
    if (current.holdsPipeline) await tellToStop(deps, show, current);
  };

/** Of what cannot be read now, more is asked each minute for half an hour, and when usage becomes final: no show fails for it. */
const keepEnds = async (deps: StopChannelDeps, show: Show): Promise<void> => {
  try {
    await keepSessions(deps)(show, { mostRead: mostReadAtStop });
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
};

const noteEnd = async (deps: StopChannelDeps, show: Show): Promise<ShowProgress> => {
  const run = await deps.runs.get(show.breakoutId, show.attempt);
  if (run !== undefined && run.ended === undefined) {
    // Before the end is kept, so that whoever measures then finds the streams with their ends.
    await keepEnds(deps, show);
    await deps.runs.observe(show.breakoutId, show.attempt, { ended: { at: timestamp(deps.now()), source: 'POLL' } });
  }
  return done;
};

/** Whether the channel is idle; the first time that it is is noted. A channel that still runs is told again. FAILED when it takes too long. */
export const checkIdle =
  (deps: StopChannelDeps & { readonly stopTimeoutSeconds: number }) =>
  async (show: Show): Promise<ShowProgress> => {
    const current = await findShow(deps)(show);
    if (!current.holdsPipeline) return done;
    const state = await pipelineState(deps)(current.pipeline);
    if (state === 'IDLE') return noteEnd(deps, show);
    const toldAt = (await deps.runs.get(show.breakoutId, show.attempt))?.stopRequestedAt;
    const at = timestamp(deps.now());
    if (toldAt !== undefined && at >= secondsAfter(toldAt, deps.stopTimeoutSeconds)) {
      return failed(`the channel is ${state} ${deps.stopTimeoutSeconds} s after it was told to stop`);
    }
    if (state === 'RUNNING' || state === 'STARTING') await turnOff(deps)(current.pipeline);
    return pending;
  };

/** A show that died while it started may never have seen its channel run: it did, and is billed. */
const noteRunning = async ({ runs, now }: StopChannelDeps, { breakoutId, attempt }: Show): Promise<void> => {
  const run = await runs.get(breakoutId, attempt);
  if (run !== undefined && run.started === undefined) await runs.observe(breakoutId, attempt, { started: { at: timestamp(now()), source: 'POLL' } });
};

/** Whatever state the show died in: tells its channel to stop unless it is idle, with a new time-out. */
export const ensureStopped =
  (deps: StopChannelDeps) =>
  async (show: Show): Promise<ShowProgress> => {
    const current = await findShow(deps)(show);
    if (!current.holdsPipeline) return done;
    const state = await pipelineState(deps)(current.pipeline);
    if (state === 'IDLE') return noteEnd(deps, show);
    if (state === 'RUNNING') await noteRunning(deps, show);
    await tellToStop(deps, show, current);
    return pending;
  };
