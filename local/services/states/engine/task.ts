import type { Json } from '../../../runtime/state/collection.ts';
import type { TaskState } from '../asl/definition.ts';
import { isObject, type JsonObject } from '../asl/json.ts';
import { applyPath, fillTemplate, lookUp, type Scope } from '../asl/payload.ts';
import { StateError } from '../asl/state-error.ts';
import { frameOf, type Chain, type TaskActivity } from './execution.ts';
import { scopeOf, type Run } from './run.ts';
import { recordScheduled } from './task-history.ts';
import { taskTokenOf } from './task-token.ts';

const seconds = (fixed: number | undefined, path: string | undefined, field: string, input: Json, scope: Scope): number | undefined => {
  if (path === undefined) return fixed;
  const found = lookUp(path, input, scope);
  if (typeof found === 'number' && Number.isInteger(found) && found > 0) return found;
  throw new StateError('States.Runtime', `${field} '${path}' must select a whole number above 0, got ${JSON.stringify(found)}`);
};

const functionName = (parameters: JsonObject): string => {
  const { FunctionName: name, Qualifier: qualifier } = parameters;
  if (typeof name !== 'string') throw new StateError('States.Runtime', `FunctionName must be a string, got ${JSON.stringify(name)}`);
  return typeof qualifier === 'string' ? `${name}:${qualifier}` : name;
};

const target = (state: TaskState, argument: Json): Pick<TaskActivity, 'functionName' | 'payload'> => {
  if (state.Resource.kind === 'function') return { functionName: state.Resource.arn, payload: argument };
  const parameters = isObject(argument) ? argument : {};
  return { functionName: functionName(parameters), payload: parameters['Payload'] ?? {} };
};

/** Asks for the call of a task's function and arms its time-outs. The token is made here, so that the payload can carry it. */
export const startTask = (run: Run, chain: Chain, state: TaskState): void => {
  const frame = frameOf(chain);
  const token = state.Resource.kind === 'lambda-invoke' && state.Resource.waitsForToken ? run.entropy.uuid() : undefined;
  const taskToken = token === undefined ? undefined : taskTokenOf(run.execution.arn, frame.id, token);
  const scope = scopeOf(run, chain, { taskToken });
  const effective = applyPath(state.InputPath, frame.input, scope);
  const argument = state.Parameters === undefined ? effective : fillTemplate(state.Parameters, effective, scope);
  const timeout = seconds(state.TimeoutSeconds, state.TimeoutSecondsPath, 'TimeoutSecondsPath', frame.input, scope);
  const heartbeat = seconds(state.HeartbeatSeconds, state.HeartbeatSecondsPath, 'HeartbeatSecondsPath', frame.input, scope);
  const call = target(state, argument);
  const eventId = recordScheduled(run, frame, state, argument, { timeout, heartbeat });
  const activity: TaskActivity = {
    kind: 'task',
    id: `${frame.id}#${eventId}`,
    ...call,
    invoked: false,
    ...(taskToken !== undefined && { token: taskToken }),
    ...(timeout !== undefined && { timeoutAt: run.now + timeout * 1000 }),
    ...(heartbeat !== undefined && { heartbeatSeconds: heartbeat, heartbeatAt: run.now + heartbeat * 1000 }),
  };
  frame.activity = activity;
  run.invocations.push({ executionArn: run.execution.arn, taskId: activity.id, ...call, roleArn: run.execution.roleArn });
};
