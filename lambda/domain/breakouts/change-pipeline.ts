import { ConflictError } from '../shared/errors.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { untilSaved } from '../shared/revision.ts';
import { timestamp } from '../shared/time.ts';
import { decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import { getBreakout } from './read-breakouts.ts';
import type { StopSignal } from './show-executions.ts';
import { type EarlierLeg, presentLeg } from './show-leg.ts';
import { requireShownOut } from './start-over.ts';
import { requireFree, type StartBreakoutCommand, type StartBreakoutDeps } from './start-breakout.ts';
import { transitioned, unmarked } from './transition.ts';

/** What going on with another pipeline needs. */
export interface ChangePipelineDeps extends StartBreakoutDeps {
  readonly stopSignal: StopSignal;
}

/** With which pipeline the show goes on. */
export interface ChangePipelineCommand extends StartBreakoutCommand {
  readonly pipelineId: string;
}

const isOn = ({ status, stopRequestedAt }: Breakout): boolean => (status === 'STARTING' || status === 'RUNNING') && stopRequestedAt === undefined;

const refusal = ({ breakoutId, status, stopRequestedAt, endsAt }: Breakout, at: string): string => {
  if (status === 'FAILED') return `breakout ${breakoutId} is FAILED and was booked until ${endsAt}, and it is ${at}: create another one`;
  const found = stopRequestedAt === undefined ? status : `${status} and was told to stop at ${stopRequestedAt}`;
  const fix = status === 'SCHEDULED' ? 'a show that has not started is moved by updating it' : 'create another one';
  return `breakout ${breakoutId} is ${found}, expected STARTING, RUNNING, or FAILED before its booked end: ${fix}`;
};

const requireChangeable = (breakout: Breakout, pipelineId: string, at: string): void => {
  const { breakoutId, status, endsAt } = breakout;
  const details = { status };
  if (!isOn(breakout) && !(status === 'FAILED' && at < endsAt)) throw new ConflictError({ code: 'pipeline-not-changeable', message: refusal(breakout, at), details });
  if (pipelineId !== breakout.pipelineId) return;
  throw new ConflictError({ code: 'pipeline-unchanged', message: `breakout ${breakoutId} failed on pipeline ${pipelineId}, expected another one: GET /pipelines lists them`, details });
};

/** Encoders and players of one kind can do nothing with the other. A pipeline that is not there is told of by its booking. */
const requireSameKind = async ({ pipelines }: ChangePipelineDeps, breakout: Breakout, wanted: Pipeline): Promise<void> => {
  const { kind, pipelineId } = await pipelines.get(breakout.pipelineId);
  if (kind === wanted.kind) return;
  const message = `pipeline ${wanted.pipelineId} is of the kind ${wanted.kind}, expected ${kind} as ${pipelineId} is, which the show is on: encoders and players would have to change, too`;
  throw new ConflictError({ code: 'pipeline-kind-differs', message, details: { pipelineId: wanted.pipelineId, kind: wanted.kind, expected: kind } });
};

/** The breakout on its way to the spare pipeline: a new attempt, with the leg that it leaves kept. */
const movedOn = (current: Breakout, pipelineId: string, at: string): Breakout => {
  const left = presentLeg(current);
  const { startedAt, hardStopAt, earlierLegs = [], stopToken } = current;
  const legs: readonly EarlierLeg[] = left === undefined ? earlierLegs : [...earlierLegs, { ...left, leftAt: at, ...(stopToken === undefined ? {} : { stopToken }) }];
  const kept = { ...(startedAt === undefined ? {} : { startedAt }), ...(hardStopAt === undefined ? {} : { hardStopAt }) };
  const changes = { ...kept, pipelineId, attempt: current.attempt + 1, startRequestedAt: at, earlierLegs: legs };
  return transitioned(unmarked(current), 'STARTING', changes, at);
};

/** One try to take the spare pipeline; undefined when someone else wrote meanwhile. */
const moveOnce = async (deps: ChangePipelineDeps, { caller, breakoutId, pipelineId }: ChangePipelineCommand): Promise<Breakout | undefined> => {
  const current = await getBreakout(deps)(caller, breakoutId);
  const at = timestamp(deps.now());
  // Asked for before: what may have been cut off is done again.
  if (current.pipelineId === pipelineId && isOn(current)) return current;
  requireChangeable(current, pipelineId, at);
  const { accountId, eventId, endsAt, hardStopAt } = current;
  const breakout = movedOn(current, pipelineId, at);
  const booked = await decideBooking(deps)(breakout, await deps.events.get(eventId), { startsAt: at, endsAt });
  const wanted = await deps.pipelines.get(pipelineId);
  await requireSameKind(deps, current, wanted);
  requireFree(await deps.holds.get(pipelineId), { accountId, pipelineId });
  await requireShownOut(deps)(wanted, breakoutId, at);
  const hold: PipelineHold = { pipelineId, breakoutId, attempt: breakout.attempt, accountId, claimedAt: at };
  // The hard stop of a show that failed may have come and gone.
  if (hardStopAt !== undefined) await deps.hardStops.set(breakoutId, hardStopAt);
  return (await deps.breakouts.claim(booked, hold)) ? breakout : undefined;
};

/**
 * Lets a show go on with a spare pipeline: one conditional write books and takes it and moves the breakout to a new
 * attempt, whose execution is started; the one before then stops its channel, serves its tail and gives its pipeline
 * back. Asking for the pipeline that the show is on repeats what may have been cut off.
 * @throws NotFoundError, InvalidInputError when the pipeline cannot be booked, ConflictError
 * (`pipeline-not-changeable`, `pipeline-unchanged`, `pipeline-kind-differs`, `pipeline-booked`, `playback-is-public`, `pipeline-held`, `pipeline-starts-over`), UnavailableError: ask again
 */
export const changePipeline =
  (deps: ChangePipelineDeps) =>
  async (command: ChangePipelineCommand): Promise<Breakout> => {
    const { breakoutId } = command;
    const breakout = await untilSaved(`breakout ${breakoutId}`, () => moveOnce(deps, command));
    const left = breakout.earlierLegs?.at(-1);
    if (left === undefined) return breakout;
    await deps.executions.start({ breakoutId, attempt: breakout.attempt });
    if (left.stopToken !== undefined) await deps.stopSignal.complete(left.stopToken);
    return breakout;
  };
