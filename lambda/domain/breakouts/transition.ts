import { ConflictError } from '../shared/errors.ts';
import { type Breakout, type BreakoutStatus, breakoutTransitions } from './breakout.ts';

/** The breakout one revision on. */
export const revised = (breakout: Breakout, changes: Partial<Breakout>, at: string): Breakout => ({
  ...breakout,
  ...changes,
  updatedAt: at,
  revision: breakout.revision + 1,
});

/**
 * The breakout in its next status, one revision on.
 * @throws ConflictError `illegal-transition`
 */
export const transitioned = (breakout: Breakout, status: BreakoutStatus, changes: Partial<Breakout>, at: string): Breakout => {
  const allowed = breakoutTransitions[breakout.status];
  if (allowed.includes(status)) return revised(breakout, { ...changes, status }, at);
  throw new ConflictError({
    code: 'illegal-transition',
    message: `breakout ${breakout.breakoutId} is ${breakout.status} and cannot become ${status}; from here it can become ${allowed.join(', ') || 'nothing'}`,
    details: { status: breakout.status },
  });
};

/** The breakout without the marks of its start; the attempt stays counted, so that the next one has another execution. */
export const unmarked = (breakout: Breakout): Breakout => {
  const {
    hardStopAt: _hardStopAt, startRequestedAt: _startRequestedAt, startedAt: _startedAt, stopRequestedAt: _stopRequestedAt,
    stopReason: _stopReason, stopToken: _stopToken, stoppedAt: _stoppedAt, tailEndsAt: _tailEndsAt, finalisedAt: _finalisedAt,
    failure: _failure, earlierLegs: _earlierLegs, ...plan
  } = breakout;
  return plan;
};

const whyNotScheduled: Readonly<Record<Exclude<BreakoutStatus, 'SCHEDULED'>, string>> = {
  STARTING: 'it has been started already',
  RUNNING: 'it has been started already',
  STOPPING: 'it has been started already',
  COMPLETED: 'a breakout runs once, create another one',
  FAILED: 'a breakout runs once; if nothing of it has run, reset it, else create another one',
  ABORTED: 'a breakout runs once, create another one',
};

/** Refuses what is possible before the start only. @throws ConflictError `breakout-not-scheduled` */
export const requireScheduled = ({ breakoutId, status }: Breakout): void => {
  if (status === 'SCHEDULED') return;
  throw new ConflictError({
    code: 'breakout-not-scheduled',
    message: `breakout ${breakoutId} is ${status}, expected SCHEDULED: ${whyNotScheduled[status]}`,
    details: { status },
  });
};

/** Whether a show has ended, one way or the other. */
export const hasEnded = ({ status }: Pick<Breakout, 'status'>): boolean => status === 'COMPLETED' || status === 'FAILED' || status === 'ABORTED';
