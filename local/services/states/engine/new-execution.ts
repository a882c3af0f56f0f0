import { parseJson } from '../asl/json.ts';
import type { Machine } from '../asl/definition.ts';
import type { Execution } from './execution.ts';

/** What an execution is started with. */
export type ExecutionOrder = Pick<Execution, 'arn' | 'name' | 'stateMachineArn' | 'stateMachineName' | 'revisionId' | 'roleArn' | 'input'>;

/** An execution at its start. */
export const newExecution = (order: ExecutionOrder, machine: Machine, now: number): Execution => ({
  ...order,
  startedAt: now,
  ...(machine.TimeoutSeconds !== undefined && { timeoutAt: now + machine.TimeoutSeconds * 1000 }),
  status: 'RUNNING',
  events: 0,
  root: { id: '0', scope: [], state: machine.StartAt, input: parseJson(order.input), enteredAt: now, enteredEventId: 0, retries: [], activity: { kind: 'ready' }, lastEventId: 0 },
});
