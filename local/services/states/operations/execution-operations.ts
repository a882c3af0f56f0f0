import * as sfn from '@aws-sdk/client-sfn';
import type { Operations } from '../../../gateway/define-service.ts';
import { equalJson, parseJson } from '../asl/json.ts';
import type { Execution } from '../engine/execution.ts';
import { pageOf } from '../paging.ts';
import { checkArn, checkName, executionArn, noSuchStateMachine } from '../state-machine.ts';
import type { StatesWorld } from '../states-world.ts';

// https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
const maximumInputBytes = 262_144;

const checkInput = (input: string): string => {
  if (Buffer.byteLength(input) > maximumInputBytes) throw new sfn.InvalidExecutionInput({ message: `Invalid State Machine Execution Input: at most ${maximumInputBytes} bytes, got ${Buffer.byteLength(input)}`, $metadata: {} });
  try {
    parseJson(input);
    return input;
  } catch (cause) {
    throw new sfn.InvalidExecutionInput({ message: `Invalid State Machine Execution Input: '${cause instanceof Error ? cause.message : String(cause)}'`, $metadata: {} });
  }
};

const start = (world: StatesWorld): NonNullable<Operations<typeof sfn>['StartExecution']> => ({
  permissions: (input) => [{ action: 'states:StartExecution', resources: [input.stateMachineArn] }],
  handle: (input) => {
    const stateMachine = world.stateMachines.get(checkArn(input.stateMachineArn, 'stateMachine'));
    if (!stateMachine) throw noSuchStateMachine(input.stateMachineArn);
    const name = checkName(input.name ?? world.entropy.uuid());
    const text = checkInput(input.input ?? '{}');
    const arn = executionArn(stateMachine.arn, name);
    const existing = world.engine.executions.get(arn);
    if (existing?.status === 'RUNNING' && equalJson(parseJson(existing.input), parseJson(text))) return { executionArn: arn, startDate: new Date(existing.startedAt) };
    if (existing) throw new sfn.ExecutionAlreadyExists({ message: `Execution Already Exists: '${arn}'`, $metadata: {} });
    const { revisionId } = stateMachine;
    const execution = world.engine.start({
      arn, name, stateMachineArn: stateMachine.arn, stateMachineName: stateMachine.name, revisionId,
      roleArn: world.engine.revisions.get(revisionId)?.roleArn ?? '', input: text,
    });
    return { executionArn: arn, startDate: new Date(execution.startedAt) };
  },
});

const find = (world: StatesWorld, arn: string): Execution => {
  const found = world.engine.executions.get(checkArn(arn, 'execution'));
  if (!found) throw new sfn.ExecutionDoesNotExist({ message: `Execution Does Not Exist: '${arn}'`, $metadata: {} });
  return found;
};

const summary = ({ arn, name, stateMachineArn, status, startedAt, stoppedAt }: Execution): sfn.ExecutionListItem => ({
  executionArn: arn, name, stateMachineArn, status, startDate: new Date(startedAt), stopDate: stoppedAt === undefined ? undefined : new Date(stoppedAt), redriveCount: 0,
});

/** The history's page: forwards or backwards, by default 100 events. */
const history = (world: StatesWorld): NonNullable<Operations<typeof sfn>['GetExecutionHistory']> => ({
  permissions: (input) => [{ action: 'states:GetExecutionHistory', resources: [input.executionArn] }],
  handle: (input) => {
    const { arn, events } = find(world, input.executionArn);
    const numbers = Array.from({ length: events }, (_each, index) => (input.reverseOrder === true ? events - index : index + 1));
    const { items, nextToken } = pageOf(numbers, input.nextToken, input.maxResults);
    return { events: items.flatMap((id) => world.engine.history.read(arn, id, id)), nextToken };
  },
});

/** Operations on executions. */
export const executionOperations = (world: StatesWorld): Operations<typeof sfn> => ({
  StartExecution: start(world),
  DescribeExecution: {
    permissions: (input) => [{ action: 'states:DescribeExecution', resources: [input.executionArn] }],
    handle: (input) => {
      const execution = find(world, input.executionArn);
      const { output, error, cause } = execution;
      return {
        ...summary(execution), input: execution.input, inputDetails: { included: true }, error, cause,
        ...(output !== undefined && { output, outputDetails: { included: true } }), redriveStatus: 'NOT_REDRIVABLE',
      };
    },
  },
  ListExecutions: {
    permissions: (input) => [{ action: 'states:ListExecutions', resources: [input.stateMachineArn ?? '*'] }],
    handle: (input) => {
      const arn = checkArn(input.stateMachineArn ?? '', 'stateMachine');
      if (!world.stateMachines.get(arn)) throw noSuchStateMachine(arn);
      const newestFirst = [...world.engine.executions.values()]
        .filter(({ stateMachineArn, status }) => stateMachineArn === arn && (input.statusFilter === undefined || status === input.statusFilter))
        .toSorted((left, right) => right.startedAt - left.startedAt);
      const { items, nextToken } = pageOf(newestFirst, input.nextToken, input.maxResults);
      return { executions: items.map(summary), nextToken };
    },
  },
  GetExecutionHistory: history(world),
  StopExecution: {
    permissions: (input) => [{ action: 'states:StopExecution', resources: [input.executionArn] }],
    handle: (input) => {
      const { arn } = find(world, input.executionArn);
      world.engine.abort(arn, input.error, input.cause);
      return { stopDate: new Date(world.engine.executions.get(arn)?.stoppedAt ?? world.clock.now()) };
    },
  },
});
