import type { Json } from '../../../runtime/state/collection.ts';
import { StateError } from '../asl/state-error.ts';
import { advanceBranches } from './branches.ts';
import { endExecution } from './end-execution.ts';
import { enterState, leaveWait, performState } from './enter-state.ts';
import { chainsBelow, frameOf, isAttached, type Chain, type TaskActivity } from './execution.ts';
import { stateOf, type Run } from './run.ts';
import { recordFailed, recordSubmitted, recordSucceeded } from './task-history.ts';
import { failState, finishWork, guarded } from './transitions.ts';

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const maximumEvents = 25_000;

const goOn = (run: Run, chain: Chain, step: (run: Run, chain: Chain) => void): void => {
  if (run.execution.status !== 'RUNNING' || !isAttached(chain)) return;
  if (run.execution.events < maximumEvents) {
    step(run, chain);
    return;
  }
  endExecution(run, 'FAILED', { error: 'States.Runtime', cause: `The execution reached the maximum number of history events (${maximumEvents}).` });
};

/** Goes on until every line of control waits for something, or the execution has ended. */
export const settle = (run: Run): void => {
  for (;;) {
    const ready = run.ready.shift();
    if (ready) goOn(run, ready, enterState);
    const advanced = run.advanced.shift();
    if (advanced) goOn(run, advanced, (_run, chain) => guarded(run, chain, () => advanceBranches(run, chain)));
    if (!ready && !advanced) return;
  }
};

/** A task under way, with its chain. */
export interface TaskUnderWay {
  readonly chain: Chain;
  readonly activity: TaskActivity;
}

/** Every task under way. */
export const tasksOf = (run: Run): TaskUnderWay[] =>
  chainsBelow([run.execution.root]).flatMap((chain) => {
    const { activity } = frameOf(chain);
    return activity.kind === 'task' ? [{ chain, activity }] : [];
  });

/** Ends a task well. */
export const succeedTask = (run: Run, { chain }: TaskUnderWay, result: Json): void => {
  const state = stateOf(run, frameOf(chain));
  if (state.Type !== 'Task') return;
  recordSucceeded(run, frameOf(chain), state, result);
  guarded(run, chain, () => finishWork(run, chain, state, result));
};

/** Takes a task's failure to the retriers and catchers of its state. */
export const failTask = (run: Run, { chain }: TaskUnderWay, error: StateError): void => {
  const state = stateOf(run, frameOf(chain));
  if (state.Type !== 'Task') return;
  recordFailed(run, frameOf(chain), state, error);
  guarded(run, chain, () => failState(run, chain, error));
};

/** Takes what a task's function answered: the result, or only the sign that the wait for the token has begun. */
export const acceptAnswer = (run: Run, task: TaskUnderWay, answer: Json): void => {
  const frame = frameOf(task.chain);
  const state = stateOf(run, frame);
  if (task.activity.token === undefined || state.Type !== 'Task') {
    succeedTask(run, task, answer);
    return;
  }
  task.activity.invoked = true;
  recordSubmitted(run, frame, state, answer);
};

const wake = (run: Run, chain: Chain): void => {
  const frame = frameOf(chain);
  const { activity } = frame;
  const state = stateOf(run, frame);
  if (activity.kind === 'waiting' && activity.until <= run.now && state.Type === 'Wait') guarded(run, chain, () => leaveWait(run, chain, state));
  else if (activity.kind === 'retrying' && activity.until <= run.now) performState(run, chain);
  else if (activity.kind === 'task' && (activity.timeoutAt ?? Infinity) <= run.now) failTask(run, { chain, activity }, new StateError('States.Timeout', ''));
  else if (activity.kind === 'task' && (activity.heartbeatAt ?? Infinity) <= run.now) failTask(run, { chain, activity }, new StateError('States.HeartbeatTimeout', ''));
};

/** Does what is due: waits, retries, time-outs. */
export const wakeDue = (run: Run): void => {
  if ((run.execution.timeoutAt ?? Infinity) <= run.now) {
    endExecution(run, 'TIMED_OUT', {});
    return;
  }
  for (const chain of chainsBelow([run.execution.root])) goOn(run, chain, wake);
};

/** When something is due next, `Infinity` when nothing is. */
export const nextDue = ({ execution }: Run): number => {
  const due = chainsBelow([execution.root]).map((chain) => {
    const { activity } = frameOf(chain);
    if (activity.kind === 'waiting' || activity.kind === 'retrying') return activity.until;
    return activity.kind === 'task' ? Math.min(activity.timeoutAt ?? Infinity, activity.heartbeatAt ?? Infinity) : Infinity;
  });
  return Math.min(execution.timeoutAt ?? Infinity, ...due);
};
