import type { HistoryEvent, HistoryEventType } from '@aws-sdk/client-sfn';
import type { Json } from '../../../runtime/state/collection.ts';
import type { Machine, State } from '../asl/definition.ts';
import type { Entropy } from '../asl/intrinsic-functions.ts';
import { parseJson } from '../asl/json.ts';
import type { Scope } from '../asl/payload.ts';
import { frameOf, type Chain, type Execution, type Frame } from './execution.ts';

/** What an event of the history carries beside its number, time and type. */
export type EventDetails = Omit<HistoryEvent, 'id' | 'previousEventId' | 'timestamp' | 'type'>;

/** A call of a function that the interpreter asks for. */
export interface Invocation {
  readonly executionArn: string;
  readonly taskId: string;
  readonly functionName: string;
  readonly payload: Json;
  readonly roleArn: string;
}

/** One turn of an execution: its document, the time, and what the turn gives rise to. */
export interface Run {
  readonly execution: Execution;
  readonly machine: Machine;
  readonly now: number;
  readonly entropy: Entropy;
  /** Chains whose state is about to be entered. */
  readonly ready: Chain[];
  /** Chains of Parallel and Map states of which a branch has ended. */
  readonly advanced: Chain[];
  readonly invocations: Invocation[];
  /** Adds an event to the history, and gives its number. */
  record(frame: Frame, type: HistoryEventType, details?: EventDetails): number;
}

/** The state machine that a frame runs: the whole, or a branch. */
const machineOf = (run: Run, frame: Frame): Machine =>
  frame.scope.reduce<Machine>((machine, { state, branch }) => {
    const outer = machine.States.get(state);
    const inner = outer?.Type === 'Parallel' || outer?.Type === 'Map' ? outer.Branches[branch] : undefined;
    if (!inner) throw new Error(`execution ${run.execution.arn} stands in branch ${branch} of state '${state}', which its definition does not have`);
    return inner;
  }, run.machine);

/** The state that a frame is in. */
export const stateOf = (run: Run, frame: Frame): State => {
  const state = machineOf(run, frame).States.get(frame.state);
  if (!state) throw new Error(`execution ${run.execution.arn} stands in state '${frame.state}', which its definition does not have`);
  return state;
};

const time = (at: number): string => new Date(at).toISOString();

/** What expressions of the chain's state can see: the context object, and chance. */
export const scopeOf = (run: Run, chain: Chain, extra: { readonly taskToken?: string | undefined; readonly item?: NonNullable<Frame['item']> } = {}): Scope => {
  const { execution } = run;
  const frame = frameOf(chain);
  const { taskToken, item = chain.findLast((each) => each.item !== undefined)?.item } = extra;
  return {
    entropy: run.entropy,
    context: {
      Execution: { Id: execution.arn, Input: parseJson(execution.input), Name: execution.name, RoleArn: execution.roleArn, StartTime: time(execution.startedAt), RedriveCount: 0 },
      State: { EnteredTime: time(frame.enteredAt), Name: frame.state, RetryCount: frame.retries.reduce((sum, count) => sum + count, 0) },
      StateMachine: { Id: execution.stateMachineArn, Name: execution.stateMachineName },
      ...(item && { Map: { Item: { Index: item.index, Value: item.value } } }),
      ...(taskToken !== undefined && { Task: { Token: taskToken } }),
    },
  };
};
