import type { Clock } from '../../../runtime/clock.ts';
import type { Collection, Json, StateStore } from '../../../runtime/state/collection.ts';
import type { Entropy } from '../asl/intrinsic-functions.ts';
import { StateError } from '../asl/state-error.ts';
import { createAlarms } from './alarms.ts';
import { announceStatus, type Announcements } from './announcement.ts';
import { endExecution } from './end-execution.ts';
import { frameOf, type Execution } from './execution.ts';
import { taskResultOf, type FunctionInvoker } from './function-invoker.ts';
import { storedHistory, type History } from './history.ts';
import { newExecution, type ExecutionOrder } from './new-execution.ts';
import { storedRevisions, type Revisions } from './revisions.ts';
import { stateOf, type Invocation, type Run } from './run.ts';
import { executionOfToken } from './task-token.ts';
import { acceptAnswer, failTask, nextDue, settle, succeedTask, tasksOf, wakeDue, type TaskUnderWay } from './turn.ts';

/** What the engine needs. */
export interface EngineDependencies extends Announcements {
  readonly state: StateStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly functions: FunctionInvoker;
}

/** Whether a task token can still be used. */
export type TokenStanding = 'open' | 'closed' | 'unknown' | 'invalid';

/** Runs executions. Each turn is kept before what it asks for is done, so that a restart goes on where it stood. */
export interface Engine {
  readonly executions: Collection<Execution>;
  readonly history: History;
  readonly revisions: Revisions;
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
  const { state, clock, entropy, functions } = dependencies;
  const executions = state.collection<Execution>('states/executions');
  const history = storedHistory(state);
  const revisions = storedRevisions(state);
  const alarms = createAlarms(clock, (arn) => turn(arn, wakeDue));
  let closed = false;

  const runOf = (execution: Execution): Run => ({
    execution, entropy, machine: revisions.machine(execution.revisionId), now: clock.now(), ready: [], advanced: [], invocations: [],
    record: (frame, type, details = {}) => {
      execution.events += 1;
      history.append(execution.arn, { id: execution.events, previousEventId: frame.lastEventId, at: clock.now(), type, details });
      frame.lastEventId = execution.events;
      return execution.events;
    },
  });

  const carryOut = (run: Run, step: (run: Run) => void): void => {
    try {
      step(run);
      settle(run);
    } catch (cause) {
      endExecution(run, 'FAILED', { error: 'States.Runtime', cause: `The engine could not go on: ${cause instanceof Error ? cause.message : String(cause)}` });
    }
    const { execution } = run;
    executions.put(execution.arn, execution);
    if (execution.status !== 'RUNNING') announceStatus(dependencies, execution);
    alarms.set(execution.arn, execution.status === 'RUNNING' ? nextDue(run) : Infinity);
    if (execution.status === 'RUNNING') for (const invocation of run.invocations) void call(invocation);
  };

  const turn = (arn: string, step: (run: Run) => void): void => {
    const execution = executions.get(arn);
    if (!closed && execution?.status === 'RUNNING') carryOut(runOf(execution), step);
  };

  const call = async ({ executionArn, taskId, functionName, payload, roleArn }: Invocation): Promise<void> => {
    const outcome = await functions.invoke({ functionName, payload: JSON.stringify(payload), roleArn, sessionName: (executionArn.split(':').at(-1) ?? '').slice(0, 64) });
    turn(executionArn, (run) => {
      const task = tasksOf(run).find(({ activity }) => activity.id === taskId);
      const current = task && stateOf(run, frameOf(task.chain));
      // The state may have gone on meanwhile: its token was used, or its time was over.
      if (!task || current?.Type !== 'Task') return;
      const result = taskResultOf(outcome, current.Resource.kind);
      if (result instanceof StateError) failTask(run, task, result);
      else acceptAnswer(run, task, result);
    });
  };

  const withToken = (token: string, step: (run: Run, task: TaskUnderWay) => void): void => {
    turn(executionOfToken(token) ?? '', (run) => {
      const task = tasksOf(run).find(({ activity }) => activity.token === token);
      if (task) step(run, task);
    });
  };

  return {
    executions, history, revisions,
    start: (order) => {
      const execution = newExecution(order, revisions.machine(order.revisionId), clock.now());
      const run = runOf(execution);
      run.record(execution.root, 'ExecutionStarted', { executionStartedEventDetails: { input: execution.input, inputDetails: { truncated: false }, roleArn: execution.roleArn } });
      announceStatus(dependencies, execution);
      carryOut(run, () => void run.ready.push([execution.root]));
      return execution;
    },
    abort: (arn, error, cause) => turn(arn, (run) => endExecution(run, 'ABORTED', { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) })),
    standing: (token) => {
      const arn = executionOfToken(token);
      if (arn === undefined) return 'invalid';
      const execution = executions.get(arn);
      if (!execution) return 'unknown';
      return execution.status === 'RUNNING' && tasksOf(runOf(execution)).some(({ activity }) => activity.token === token) ? 'open' : 'closed';
    },
    stateMachineOf: (token) => executions.get(executionOfToken(token) ?? '')?.stateMachineArn,
    succeed: (token, output) => withToken(token, (run, task) => succeedTask(run, task, output)),
    fail: (token, error) => withToken(token, (run, task) => failTask(run, task, error)),
    heartbeat: (token) => withToken(token, (run, { activity }) => {
      if (activity.heartbeatSeconds !== undefined) activity.heartbeatAt = run.now + activity.heartbeatSeconds * 1000;
    }),
    resume: () => {
      for (const { arn, status } of [...executions.values()]) {
        if (status === 'RUNNING') turn(arn, (run) => {
          for (const { activity } of tasksOf(run)) {
            if (!activity.invoked) run.invocations.push({ executionArn: arn, taskId: activity.id, functionName: activity.functionName, payload: activity.payload, roleArn: run.execution.roleArn });
          }
        });
      }
    },
    close: () => {
      closed = true;
      alarms.clearAll();
    },
  };
};
