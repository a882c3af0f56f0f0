import type { Json, StateStore } from '../../../runtime/state/collection.ts';
import type { StateError } from '../asl/state-error.ts';
import { announceStatus } from './announcement.ts';
import { endExecution } from './end-execution.ts';
import type { Execution } from './execution.ts';
import { storedHistory } from './history.ts';
import { newExecution, type ExecutionOrder } from './new-execution.ts';
import { storedRevisions } from './revisions.ts';
import type { Run } from './run.ts';
import { executionOfToken } from './task-token.ts';
import { createTurnTaker, type EngineStores, type TurnDependencies } from './turn-taker.ts';
import { failTask, succeedTask, tasksOf, type TaskUnderWay } from './turn.ts';

/** What the engine needs. */
export interface EngineDependencies extends TurnDependencies {
  readonly state: StateStore;
}

/** Whether a task token can still be used. */
export type TokenStanding = 'open' | 'closed' | 'unknown' | 'invalid';

/** Runs executions. Each turn is kept before what it asks for is done, so that a restart goes on where it stood. */
export interface Engine extends EngineStores {
  start(order: ExecutionOrder): Execution;
  /** Aborts a running execution; nothing happens to one that has ended. */
  abort(executionArn: string, error?: string, cause?: string): void;
  standing(token: string): TokenStanding;
  /** The ARN of the state machine that a token was made for. */
  stateMachineOf(token: string): string | undefined;
  /** These three do nothing when the token is not open. */
  succeed(token: string, output: Json): void;
  fail(token: string, error: StateError): void;
  heartbeat(token: string): void;
  /** Goes on with what ran when the state was kept: timers armed, functions under way called again. */
  resume(): void;
  /** Stops timers and forgets answers that are still to come. */
  close(): void;
}

/** The engine of the States Language subset (docs/adr/0007-asl-subset-and-its-engine.md). */
export const createEngine = (dependencies: EngineDependencies): Engine => {
  const { state, clock } = dependencies;
  const stores: EngineStores = { executions: state.collection<Execution>('states/executions'), history: storedHistory(state), revisions: storedRevisions(state) };
  const { executions, revisions } = stores;
  const turns = createTurnTaker(dependencies, stores);

  const withToken = (token: string, step: (run: Run, task: TaskUnderWay) => void): void => {
    turns.turn(executionOfToken(token) ?? '', (run) => {
      const task = tasksOf(run).find(({ activity }) => activity.token === token);
      if (task) step(run, task);
    });
  };

  return {
    ...stores,
    start: (order) => {
      const execution = newExecution(order, revisions.machine(order.revisionId), clock.now());
      const run = turns.runOf(execution);
      run.record(execution.root, 'ExecutionStarted', { executionStartedEventDetails: { input: execution.input, inputDetails: { truncated: false }, roleArn: execution.roleArn } });
      announceStatus(dependencies, execution);
      turns.carryOut(run, () => void run.ready.push([execution.root]));
      return execution;
    },
    abort: (arn, error, cause) => turns.turn(arn, (run) => endExecution(run, 'ABORTED', { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) })),
    standing: (token) => {
      const arn = executionOfToken(token);
      if (arn === undefined) return 'invalid';
      const execution = executions.get(arn);
      if (!execution) return 'unknown';
      return execution.status === 'RUNNING' && tasksOf(turns.runOf(execution)).some(({ activity }) => activity.token === token) ? 'open' : 'closed';
    },
    stateMachineOf: (token) => executions.get(executionOfToken(token) ?? '')?.stateMachineArn,
    succeed: (token, output) => withToken(token, (run, task) => succeedTask(run, task, output)),
    fail: (token, error) => withToken(token, (run, task) => failTask(run, task, error)),
    heartbeat: (token) => withToken(token, (run, { activity }) => {
      if (activity.heartbeatSeconds !== undefined) activity.heartbeatAt = run.now + activity.heartbeatSeconds * 1000;
    }),
    resume: () => {
      for (const { arn } of [...executions.values()]) turns.turn(arn, callAgain);
    },
    close: () => turns.close(),
  };
};

/** Calls functions of which no answer was kept. */
const callAgain = (run: Run): void => {
  const { arn, roleArn } = run.execution;
  for (const { activity } of tasksOf(run)) {
    if (!activity.invoked) run.invocations.push({ executionArn: arn, taskId: activity.id, functionName: activity.functionName, payload: activity.payload, roleArn });
  }
};
