import type { Json } from '../../../runtime/state/collection.ts';
import type { ChoiceState, FailState, PassState, State, WaitState } from '../asl/definition.ts';
import { ruleHolds } from '../asl/choice-rule.ts';
import { timestampOf } from '../asl/comparison.ts';
import { evaluateExpression, parseExpression } from '../asl/intrinsic.ts';
import { applyPath, fillTemplate, lookUp, placeResult, type Scope } from '../asl/payload.ts';
import { StateError } from '../asl/state-error.ts';
import { startMap, startParallel } from './branches.ts';
import { frameOf, type Chain } from './execution.ts';
import { scopeOf, stateOf, type Run } from './run.ts';
import { startTask } from './task.ts';
import { failState, guarded, leaveState } from './transitions.ts';

const pass = (run: Run, chain: Chain, state: PassState): void => {
  const { input } = frameOf(chain);
  const scope = scopeOf(run, chain);
  const effective = applyPath(state.InputPath, input, scope);
  const result = state.Result ?? (state.Parameters === undefined ? effective : fillTemplate(state.Parameters, effective, scope));
  leaveState(run, chain, state, applyPath(state.OutputPath, placeResult(state.ResultPath, input, result), scope), state.Next);
};

const filtered = (state: { readonly InputPath?: string | null | undefined; readonly OutputPath?: string | null | undefined }, input: Json, scope: Scope): Json =>
  applyPath(state.OutputPath, applyPath(state.InputPath, input, scope), scope);

const choose = (run: Run, chain: Chain, state: ChoiceState): void => {
  const { input } = frameOf(chain);
  const scope = scopeOf(run, chain);
  const effective = applyPath(state.InputPath, input, scope);
  const next = state.Choices.find(({ rule }) => ruleHolds(rule, effective, scope))?.Next ?? state.Default;
  if (next === undefined) throw new StateError('States.NoChoiceMatched', 'No choice rule matched and the state has no Default.');
  leaveState(run, chain, state, filtered(state, input, scope), next);
};

const waitUntil = (run: Run, state: WaitState, input: Json, scope: Scope): number => {
  if (state.Seconds !== undefined) return run.now + state.Seconds * 1000;
  if (state.SecondsPath !== undefined) {
    const seconds = lookUp(state.SecondsPath, input, scope);
    if (typeof seconds === 'number' && Number.isInteger(seconds) && seconds >= 0) return run.now + seconds * 1000;
    throw new StateError('States.Runtime', `SecondsPath '${state.SecondsPath}' must select a whole number of at least 0, got ${JSON.stringify(seconds)}`);
  }
  const timestamp = state.TimestampPath === undefined ? state.Timestamp : lookUp(state.TimestampPath, input, scope);
  const at = timestampOf(timestamp);
  if (at === undefined) throw new StateError('States.Runtime', `TimestampPath '${state.TimestampPath ?? ''}' must select an RFC 3339 timestamp, got ${JSON.stringify(timestamp)}`);
  return at;
};

const wait = (run: Run, chain: Chain, state: WaitState): void => {
  const frame = frameOf(chain);
  const scope = scopeOf(run, chain);
  const until = waitUntil(run, state, applyPath(state.InputPath, frame.input, scope), scope);
  if (until <= run.now) leaveWait(run, chain, state);
  else frame.activity = { kind: 'waiting', until };
};

/** Leaves a Wait state whose time has come. */
export const leaveWait = (run: Run, chain: Chain, state: WaitState): void =>
  leaveState(run, chain, state, filtered(state, frameOf(chain).input, scopeOf(run, chain)), state.Next);

const textAt = (text: string, input: Json, scope: Scope): string => {
  const value = evaluateExpression(parseExpression(text), (path) => {
    const found = lookUp(path.text, input, scope);
    if (found === undefined) throw new StateError('States.Runtime', `Invalid path '${path.text}': No results for path`);
    return found;
  }, scope.entropy);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const fail = (run: Run, chain: Chain, state: FailState): void => {
  const { input } = frameOf(chain);
  const scope = scopeOf(run, chain);
  const error = state.ErrorPath === undefined ? state.Error : textAt(state.ErrorPath, input, scope);
  const cause = state.CausePath === undefined ? state.Cause : textAt(state.CausePath, input, scope);
  failState(run, chain, new StateError(error ?? '', cause ?? ''));
};

const perform = (run: Run, chain: Chain, state: State): void => {
  switch (state.Type) {
    case 'Pass':
      pass(run, chain, state);
      break;
    case 'Choice':
      choose(run, chain, state);
      break;
    case 'Wait':
      wait(run, chain, state);
      break;
    case 'Succeed':
      leaveState(run, chain, state, filtered(state, frameOf(chain).input, scopeOf(run, chain)), undefined);
      break;
    case 'Fail':
      fail(run, chain, state);
      break;
    case 'Task':
      startTask(run, chain, state);
      break;
    case 'Parallel':
      startParallel(run, chain, state);
      break;
    case 'Map':
      startMap(run, chain, state);
      break;
  }
};

/** Does again what the chain's state does: a retry. */
export const performState = (run: Run, chain: Chain): void => guarded(run, chain, () => perform(run, chain, stateOf(run, frameOf(chain))));

/** Enters the chain's state. */
export const enterState = (run: Run, chain: Chain): void => {
  const frame = frameOf(chain);
  const state = stateOf(run, frame);
  frame.enteredAt = run.now;
  frame.retries = [];
  frame.enteredEventId = run.record(frame, `${state.Type}StateEntered`, { stateEnteredEventDetails: { name: frame.state, input: JSON.stringify(frame.input), inputDetails: { truncated: false } } });
  performState(run, chain);
};
