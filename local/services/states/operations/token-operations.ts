import * as sfn from '@aws-sdk/client-sfn';
import type { Operations } from '../../../gateway/define-service.ts';
import type { Json } from '../../../runtime/state/collection.ts';
import { parseJson } from '../asl/json.ts';
import { StateError } from '../asl/state-error.ts';
import type { Engine } from '../engine/engine.ts';

const checkOpen = (engine: Engine, token: string): string => {
  switch (engine.standing(token)) {
    case 'open':
      return token;
    case 'invalid':
      throw new sfn.InvalidToken({ message: "Invalid Token: 'Invalid token'", $metadata: {} });
    case 'unknown':
      throw new sfn.TaskDoesNotExist({ message: 'Task Does Not Exist: the execution that the task token was made for does not exist', $metadata: {} });
    case 'closed':
      throw new sfn.TaskTimedOut({ message: "Task Timed Out: 'Provided task does not exist anymore'", $metadata: {} });
  }
};

const output = (text: string): Json => {
  try {
    return parseJson(text);
  } catch (cause) {
    throw new sfn.InvalidOutput({ message: `Invalid Output: '${cause instanceof Error ? cause.message : String(cause)}'`, $metadata: {} });
  }
};

const permission = (engine: Engine, action: string) => ({ taskToken }: { readonly taskToken: string }) => [{ action, resources: [engine.stateMachineOf(taskToken) ?? '*'] }];

/** Operations on task tokens. */
export const tokenOperations = (engine: Engine): Operations<typeof sfn> => ({
  SendTaskSuccess: {
    permissions: permission(engine, 'states:SendTaskSuccess'),
    handle: (input) => {
      const result = output(input.output);
      engine.succeed(checkOpen(engine, input.taskToken), result);
      return {};
    },
  },
  SendTaskFailure: {
    permissions: permission(engine, 'states:SendTaskFailure'),
    handle: (input) => {
      engine.fail(checkOpen(engine, input.taskToken), new StateError(input.error ?? '', input.cause ?? ''));
      return {};
    },
  },
  SendTaskHeartbeat: {
    permissions: permission(engine, 'states:SendTaskHeartbeat'),
    handle: (input) => {
      engine.heartbeat(checkOpen(engine, input.taskToken));
      return {};
    },
  },
});
