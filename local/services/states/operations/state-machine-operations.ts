import * as sfn from '@aws-sdk/client-sfn';
import type { Operations } from '../../../gateway/define-service.ts';
import { parseDefinition } from '../asl/parse-definition.ts';
import { DefinitionError } from '../asl/state-error.ts';
import { pageOf } from '../paging.ts';
import { checkArn, checkName, noSuchStateMachine, stateMachineArn, type StateMachine } from '../state-machine.ts';
import type { StatesWorld } from '../states-world.ts';

const checkDefinition = (definition: string): string => {
  try {
    parseDefinition(definition);
    return definition;
  } catch (cause) {
    if (cause instanceof DefinitionError) throw new sfn.InvalidDefinition({ message: `Invalid State Machine Definition: ${cause.message}`, $metadata: {} });
    throw cause;
  }
};

const checkType = (type: sfn.StateMachineType | undefined): void => {
  if (type === 'EXPRESS') throw new sfn.StateMachineTypeNotSupported({ message: 'State machines of type EXPRESS are not supported here: use STANDARD', $metadata: {} });
};

const configurationOf = (input: { loggingConfiguration?: sfn.LoggingConfiguration | undefined; tracingConfiguration?: sfn.TracingConfiguration | undefined }): Pick<StateMachine, 'logging' | 'tracing'> => ({
  ...(input.loggingConfiguration && { logging: input.loggingConfiguration }),
  ...(input.tracingConfiguration && { tracing: input.tracingConfiguration }),
});

const find = (world: StatesWorld, arn: string): StateMachine => {
  const found = world.stateMachines.get(checkArn(arn, 'stateMachine'));
  if (!found) throw noSuchStateMachine(arn);
  return found;
};

const passRole = (roleArn: string | undefined): { action: string; resources: string[] }[] => (roleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [roleArn] }]);

const create = (world: StatesWorld): NonNullable<Operations<typeof sfn>['CreateStateMachine']> => ({
  permissions: (input, context) => [{ action: 'states:CreateStateMachine', resources: [stateMachineArn(context, input.name)] }, ...passRole(input.roleArn)],
  handle: (input, context) => {
    checkType(input.type);
    const arn = stateMachineArn(context, checkName(input.name));
    const definition = checkDefinition(input.definition);
    const existing = world.stateMachines.get(arn);
    const revision = existing && world.engine.revisions.get(existing.revisionId);
    if (existing && revision?.definition === definition && revision.roleArn === input.roleArn) return { stateMachineArn: arn, creationDate: new Date(existing.createdAt) };
    if (existing) throw new sfn.StateMachineAlreadyExists({ message: `State Machine Already Exists: '${arn}' with another definition or role`, $metadata: {} });
    const stateMachine: StateMachine = { arn, name: input.name, revisionId: world.entropy.uuid(), createdAt: world.clock.now(), ...configurationOf(input) };
    world.engine.revisions.put(stateMachine.revisionId, { definition, roleArn: input.roleArn });
    world.stateMachines.put(arn, stateMachine);
    return { stateMachineArn: arn, creationDate: new Date(stateMachine.createdAt) };
  },
});

const update = (world: StatesWorld): NonNullable<Operations<typeof sfn>['UpdateStateMachine']> => ({
  permissions: (input) => [{ action: 'states:UpdateStateMachine', resources: [input.stateMachineArn] }, ...passRole(input.roleArn)],
  handle: (input) => {
    const stateMachine = find(world, input.stateMachineArn);
    const revision = world.engine.revisions.get(stateMachine.revisionId);
    const revisionId = world.entropy.uuid();
    world.engine.revisions.put(revisionId, {
      definition: input.definition === undefined ? revision?.definition ?? '' : checkDefinition(input.definition),
      roleArn: input.roleArn ?? revision?.roleArn ?? '',
    });
    world.stateMachines.put(stateMachine.arn, { ...stateMachine, revisionId, ...configurationOf(input) });
    return { updateDate: new Date(world.clock.now()), revisionId };
  },
});

/** Operations on state machines. Executions under way go on with the definition that they began with. */
export const stateMachineOperations = (world: StatesWorld): Operations<typeof sfn> => ({
  CreateStateMachine: create(world),
  UpdateStateMachine: update(world),
  DescribeStateMachine: {
    permissions: (input) => [{ action: 'states:DescribeStateMachine', resources: [input.stateMachineArn] }],
    handle: (input) => {
      const { arn, name, createdAt, revisionId, logging, tracing } = find(world, input.stateMachineArn);
      const { definition, roleArn } = world.engine.revisions.get(revisionId) ?? { definition: '', roleArn: '' };
      return {
        stateMachineArn: arn, name, status: 'ACTIVE', type: 'STANDARD', definition, roleArn, revisionId, creationDate: new Date(createdAt),
        loggingConfiguration: logging ?? { level: 'OFF', includeExecutionData: false }, tracingConfiguration: tracing ?? { enabled: false },
      };
    },
  },
  ListStateMachines: {
    permissions: () => [{ action: 'states:ListStateMachines', resources: ['*'] }],
    handle: (input) => {
      const { items, nextToken } = pageOf([...world.stateMachines.values()], input.nextToken, input.maxResults);
      return { stateMachines: items.map(({ arn, name, createdAt }) => ({ stateMachineArn: arn, name, type: 'STANDARD', creationDate: new Date(createdAt) })), nextToken };
    },
  },
  DeleteStateMachine: {
    permissions: (input) => [{ action: 'states:DeleteStateMachine', resources: [input.stateMachineArn] }],
    handle: (input) => {
      const arn = checkArn(input.stateMachineArn, 'stateMachine');
      for (const execution of world.engine.executions.values()) if (execution.stateMachineArn === arn) world.engine.abort(execution.arn);
      world.stateMachines.delete(arn);
      return {};
    },
  },
});
