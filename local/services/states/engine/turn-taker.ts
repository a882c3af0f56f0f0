import type { Clock } from '../../../runtime/clock.ts';
import type { Collection } from '../../../runtime/state/collection.ts';
import type { Entropy } from '../asl/intrinsic-functions.ts';
import { StateError } from '../asl/state-error.ts';
import { createAlarms } from './alarms.ts';
import { announceStatus, type Announcements } from './announcement.ts';
import { endExecution } from './end-execution.ts';
import { frameOf, type Execution } from './execution.ts';
import { taskResultOf, type FunctionInvoker } from './function-invoker.ts';
import type { History } from './history.ts';
import type { Revisions } from './revisions.ts';
import { stateOf, type Invocation, type Run } from './run.ts';
import { acceptAnswer, failTask, nextDue, settle, tasksOf, wakeDue } from './turn.ts';

/** What turns need of the world. */
export interface TurnDependencies extends Announcements {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly functions: FunctionInvoker;
}

/** Where executions, what they went through and what they run by are kept. */
export interface EngineStores {
  readonly executions: Collection<Execution>;
  readonly history: History;
  readonly revisions: Revisions;
}

/** Takes the turns of executions. Each turn is kept before what it asks for is done. */
export interface TurnTaker {
  /** A run over the execution as it stands, with nothing to do yet. */
  runOf(execution: Execution): Run;
  /** Carries a step out, and what follows from it. A step that cannot be carried out fails the execution. */
  carryOut(run: Run, step: (run: Run) => void): void;
  /** As `carryOut` for the execution with this ARN; does nothing when it does not run. */
  turn(executionArn: string, step: (run: Run) => void): void;
  /** Stops timers; no turn is taken any more. */
  close(): void;
}

/** The turns of the executions kept in these stores. */
export const createTurnTaker = (dependencies: TurnDependencies, { executions, history, revisions }: EngineStores): TurnTaker => {
  const { clock, entropy, functions } = dependencies;
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

  return {
    runOf, carryOut, turn,
    close: () => {
      closed = true;
      alarms.clearAll();
    },
  };
};
