import type { Json } from '../../../runtime/state/collection.ts';
import { isWorking, type FailState, type State, type WorkingState } from '../asl/definition.ts';
import { applyPath, fillTemplate, placeResult } from '../asl/payload.ts';
import { matchesError, StateError } from '../asl/state-error.ts';
import { endExecution } from './end-execution.ts';
import { frameOf, parentOf, type Chain } from './execution.ts';
import { retryDelay } from './retry-delay.ts';
import { scopeOf, stateOf, type Run } from './run.ts';

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const maximumPayloadBytes = 262_144;

const endFrame = (run: Run, chain: Chain, output: Json): void => {
  const parent = parentOf(chain);
  if (!parent) {
    endExecution(run, 'SUCCEEDED', { output: JSON.stringify(output) });
    return;
  }
  const frame = frameOf(chain);
  frame.activity = { kind: 'done', output };
  if (frame.item) run.record(frame, 'MapIterationSucceeded', { mapIterationSucceededEventDetails: { name: frameOf(parent).state, index: frame.item.index } });
  run.advanced.push(parent);
};

const goTo = (run: Run, chain: Chain, state: string, input: Json): void => {
  Object.assign(frameOf(chain), { state, input, activity: { kind: 'ready' } });
  run.ready.push(chain);
};

/** Leaves the chain's state for `next`, or ends its frame when there is none. */
export const leaveState = (run: Run, chain: Chain, state: Exclude<State, FailState>, output: Json, next: string | undefined): void => {
  const frame = frameOf(chain);
  const text = JSON.stringify(output);
  if (Buffer.byteLength(text) > maximumPayloadBytes) throw new StateError('States.DataLimitExceeded', `The state/task '${frame.state}' returned a result with a size exceeding the maximum number of bytes service limit.`);
  run.record(frame, `${state.Type}StateExited`, { stateExitedEventDetails: { name: frame.state, output: text, outputDetails: { truncated: false } } });
  if (next === undefined) endFrame(run, chain, output);
  else goTo(run, chain, next, output);
};

/** Takes the result of a Task, Parallel or Map state through ResultSelector, ResultPath and OutputPath, and leaves the state. */
export const finishWork = (run: Run, chain: Chain, state: WorkingState, result: Json): void => {
  const scope = scopeOf(run, chain);
  const selected = state.ResultSelector === undefined ? result : fillTemplate(state.ResultSelector, result, scope);
  const placed = placeResult(state.ResultPath, frameOf(chain).input, selected);
  leaveState(run, chain, state, applyPath(state.OutputPath, placed, scope), state.Next);
};

const retry = (run: Run, chain: Chain, state: WorkingState, error: StateError): boolean => {
  const frame = frameOf(chain);
  const position = state.Retry.findIndex((retrier) => matchesError(retrier.ErrorEquals, error.error));
  const retrier = state.Retry[position];
  const used = frame.retries[position] ?? 0;
  if (!retrier || used >= retrier.MaxAttempts) return false;
  frame.retries = state.Retry.map((_each, index) => (frame.retries[index] ?? 0) + (index === position ? 1 : 0));
  frame.activity = { kind: 'retrying', until: run.now + retryDelay(retrier, used, run.entropy.random()) };
  return true;
};

const caught = (run: Run, chain: Chain, state: WorkingState, error: StateError): boolean => {
  const catcher = state.Catch.find((each) => matchesError(each.ErrorEquals, error.error));
  if (!catcher) return false;
  const output = placeResult(catcher.ResultPath, frameOf(chain).input, { Error: error.error, Cause: error.message });
  leaveState(run, chain, state, output, catcher.Next);
  return true;
};

const failParent = (run: Run, chain: Chain, parent: Chain, error: StateError): void => {
  const frame = frameOf(chain);
  const above = frameOf(parent);
  if (frame.item) run.record(frame, 'MapIterationFailed', { mapIterationFailedEventDetails: { name: above.state, index: frame.item.index } });
  run.record(above, frame.item ? 'MapStateFailed' : 'ParallelStateFailed');
  failState(run, parent, error);
};

/** Takes an error of the chain's state to its retriers and catchers, else to the state above, else to the execution. */
export const failState = (run: Run, chain: Chain, error: StateError): void => {
  const state = stateOf(run, frameOf(chain));
  if (isWorking(state) && (retry(run, chain, state, error) || caught(run, chain, state, error))) return;
  const parent = parentOf(chain);
  if (parent) failParent(run, chain, parent, error);
  else endExecution(run, 'FAILED', { ...(error.error !== '' && { error: error.error }), ...(error.message !== '' && { cause: error.message }) });
};

/** Does a step of the chain's state, and takes what it throws to the state's retriers and catchers. */
export const guarded = (run: Run, chain: Chain, step: () => void): void => {
  try {
    step();
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const { state, enteredEventId } = frameOf(chain);
    failState(run, chain, new StateError(error.error, `An error occurred while executing the state '${state}' (entered at the event id #${enteredEventId}). ${error.message}`));
  }
};
