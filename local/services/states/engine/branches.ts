import type { Json } from '../../../runtime/state/collection.ts';
import type { Machine, MapState, ParallelState } from '../asl/definition.ts';
import { isArray } from '../asl/json.ts';
import { applyPath, fillTemplate, lookUp } from '../asl/payload.ts';
import { StateError } from '../asl/state-error.ts';
import { frameOf, type BranchesActivity, type Chain, type Frame } from './execution.ts';
import { scopeOf, stateOf, type Run } from './run.ts';
import { finishWork } from './transitions.ts';

const begin = (run: Run, chain: Chain, machine: Machine, branch: number, input: Json, item?: Frame['item']): Frame => {
  const above = frameOf(chain);
  const frame: Frame = {
    id: `${above.id}/${item?.index ?? branch}`,
    scope: [...above.scope, { state: above.state, branch }],
    ...(item && { item }),
    state: machine.StartAt,
    input,
    enteredAt: run.now,
    enteredEventId: above.lastEventId,
    retries: [],
    activity: { kind: 'ready' },
    lastEventId: above.lastEventId,
  };
  run.ready.push([...chain, frame]);
  return frame;
};

/** Begins every branch of a Parallel state. */
export const startParallel = (run: Run, chain: Chain, state: ParallelState): void => {
  const frame = frameOf(chain);
  const scope = scopeOf(run, chain);
  const effective = applyPath(state.InputPath, frame.input, scope);
  const input = state.Parameters === undefined ? effective : fillTemplate(state.Parameters, effective, scope);
  run.record(frame, 'ParallelStateStarted');
  frame.activity = { kind: 'branches', pending: [], frames: state.Branches.map((machine, branch) => begin(run, chain, machine, branch, input)) };
};

const itemsOf = (run: Run, chain: Chain, state: MapState): { items: readonly Json[]; effective: Json } => {
  const scope = scopeOf(run, chain);
  const effective = applyPath(state.InputPath, frameOf(chain).input, scope);
  const items = state.ItemsPath === undefined ? effective : lookUp(state.ItemsPath, effective, scope);
  if (!isArray(items)) throw new StateError('States.Runtime', `Reference path "${state.ItemsPath ?? '$'}" must point to array.`);
  return { items, effective };
};

const startIterations = (run: Run, chain: Chain, state: MapState, activity: BranchesActivity): void => {
  const [machine] = state.Branches;
  const running = (): number => activity.frames.filter(({ activity: { kind } }) => kind !== 'done').length;
  while (machine && activity.pending.length > 0 && (state.MaxConcurrency === 0 || running() < state.MaxConcurrency)) {
    const next = activity.pending.shift();
    if (!next) return;
    run.record(frameOf(chain), 'MapIterationStarted', { mapIterationStartedEventDetails: { name: frameOf(chain).state, index: next.index } });
    activity.frames.push(begin(run, chain, machine, 0, next.input, { index: next.index, value: next.value }));
  }
};

/** Begins the iterations of a Map state, as many at once as it allows. */
export const startMap = (run: Run, chain: Chain, state: MapState): void => {
  const frame = frameOf(chain);
  const { items, effective } = itemsOf(run, chain, state);
  const selector = state.ItemSelector ?? state.Parameters;
  run.record(frame, 'MapStateStarted', { mapStateStartedEventDetails: { length: items.length } });
  const pending = items.map((value, index) => {
    if (selector === undefined) return { index, value, input: value };
    return { index, value, input: fillTemplate(selector, effective, scopeOf(run, chain, { item: { index, value } })) };
  });
  const activity: BranchesActivity = { kind: 'branches', frames: [], pending };
  frame.activity = activity;
  startIterations(run, chain, state, activity);
  if (items.length === 0) run.advanced.push(chain);
};

const outputOf = ({ activity }: Frame): Json => (activity.kind === 'done' ? activity.output : null);

/** Goes on with a Parallel or Map state of which a branch has ended: more iterations, or its result. */
export const advanceBranches = (run: Run, chain: Chain): void => {
  const frame = frameOf(chain);
  const { activity } = frame;
  const state = stateOf(run, frame);
  if (activity.kind !== 'branches' || (state.Type !== 'Map' && state.Type !== 'Parallel')) return;
  if (state.Type === 'Map') startIterations(run, chain, state, activity);
  if (activity.frames.some((each) => each.activity.kind !== 'done')) return;
  const inOrder = activity.frames.toSorted((left, right) => (left.item?.index ?? 0) - (right.item?.index ?? 0));
  run.record(frame, state.Type === 'Map' ? 'MapStateSucceeded' : 'ParallelStateSucceeded');
  finishWork(run, chain, state, inOrder.map(outputOf));
};
