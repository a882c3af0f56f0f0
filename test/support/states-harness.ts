import { createEngine, type Engine } from '../../local/services/states/engine/engine.ts';
import type { FunctionOutcome } from '../../local/services/states/engine/function-invoker.ts';
import type { MetricObservation, ServiceEvent } from '../../local/runtime/ports.ts';
import { memoryStateStore, type Json, type StateStore } from '../../local/runtime/state/collection.ts';
import { manualClock, type ManualClock } from './manual-clock.ts';

const noon = Date.parse('2026-01-05T12:00:00Z');

/** A value whose members the test knows. */
type Payload = ReturnType<typeof JSON.parse>;

/** How a function was called. */
export interface FunctionCall {
  functionName: string;
  payload: Payload;
  roleArn: string;
}

type Behaviour = (call: FunctionCall, attempt: number) => Json | FunctionOutcome | Promise<Json | FunctionOutcome>;

const isOutcome = (value: unknown): value is FunctionOutcome => typeof value === 'object' && value !== null && 'kind' in value;

/** What a function that throws comes to. */
export const throwing = (errorType: string, errorMessage = ''): FunctionOutcome => ({ kind: 'function-error', payload: JSON.stringify({ errorType, errorMessage, trace: [] }) });

export interface StatesHarness {
  engine: Engine;
  clock: ManualClock;
  state: StateStore;
  calls: FunctionCall[];
  events: ServiceEvent[];
  metrics: MetricObservation[];
  /** Starts an execution of the definition and lets it settle. */
  run(definition: object, input?: Json, name?: string): Promise<string>;
  statusOf(arn: string): string | undefined;
  outputOf(arn: string): Payload;
  typesOf(arn: string): string[];
}

/** An engine on a clock that a test moves whose functions do as told. */
export const statesHarness = ({ state = memoryStateStore(), clock = manualClock(noon), invoke = (call) => call.payload }: { state?: StateStore; clock?: ManualClock; invoke?: Behaviour } = {}): StatesHarness => {
  const calls: FunctionCall[] = [];
  const events: ServiceEvent[] = [];
  const metrics: MetricObservation[] = [];
  let uuids = 0;
  const engine = createEngine({
    state, clock,
    entropy: { random: () => 0.5, uuid: () => `uuid-${++uuids}` },
    events: { emit: (event) => void events.push(event) },
    metrics: { record: (observation) => void metrics.push(observation) },
    functions: {
      invoke: async ({ functionName, payload, roleArn }) => {
        const call = { functionName, payload: JSON.parse(payload), roleArn };
        calls.push(call);
        const answer = await invoke(call, calls.filter((each) => each.functionName === functionName).length);
        return isOutcome(answer) ? answer : { kind: 'answered', payload: JSON.stringify(answer), executedVersion: '$LATEST', requestId: 'request-1' };
      },
    },
  });
  const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:show';
  return {
    engine, clock, state, calls, events, metrics,
    run: async (definition, input = {}, name = 'first') => {
      engine.revisions.put(name, { definition: JSON.stringify(definition), roleArn: 'arn:aws:iam::123456789012:role/show' });
      const { arn } = engine.start({
        arn: `${stateMachineArn.replace('stateMachine', 'execution')}:${name}`, name, stateMachineArn, stateMachineName: 'show', revisionId: name,
        roleArn: 'arn:aws:iam::123456789012:role/show', input: JSON.stringify(input),
      });
      await clock.advance(0);
      return arn;
    },
    statusOf: (arn) => engine.executions.get(arn)?.status,
    outputOf: (arn) => JSON.parse(engine.executions.get(arn)?.output ?? 'null'),
    typesOf: (arn) => engine.history.read(arn, 1, 1000).map(({ type }) => type ?? ''),
  };
};

/** A task that calls a function and keeps its payload as `value`. */
export const invoke = (functionName: string, rest: object = {}) => ({
  Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters: { FunctionName: functionName, 'Payload.$': '$' }, ResultSelector: { 'value.$': '$.Payload' }, ...rest,
});

/** A task that waits until its token comes back. */
export const awaiting = (rest: object = {}) => ({
  Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: { FunctionName: 'ask', Payload: { 'token.$': '$$.Task.Token' } }, End: true, ...rest,
});

/** A definition of one state. */
export const only = (state: object) => ({ StartAt: 'Only', States: { Only: state } });
