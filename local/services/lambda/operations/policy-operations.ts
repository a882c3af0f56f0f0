import * as lambda from '@aws-sdk/client-lambda';
import type { Operations } from '../../../gateway/define-service.ts';
import type { LambdaWorld } from '../lambda-world.ts';
import type { PolicyStatement } from '../resource-policy.ts';
import { findFunction, onFunction } from './function-operations.ts';

const principalOf = (principal: string): PolicyStatement['Principal'] => {
  if (principal === '*') return '*';
  return principal.endsWith('.amazonaws.com') ? { Service: principal } : { AWS: principal };
};

const statementOf = (input: lambda.AddPermissionRequest, resource: string): PolicyStatement => {
  const condition = {
    ...(input.SourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': input.SourceArn } }),
    ...(input.SourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': input.SourceAccount } }),
  };
  return {
    Sid: input.StatementId ?? '', Effect: 'Allow', Principal: principalOf(input.Principal ?? ''), Action: input.Action ?? '', Resource: resource,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
};

const missing = (message: string): lambda.ResourceNotFoundException => new lambda.ResourceNotFoundException({ Type: 'User', message, Message: message, $metadata: {} });

/** Operations on functions' resource policies. */
export const policyOperations = (world: LambdaWorld): Operations<typeof lambda> => ({
  AddPermission: {
    permissions: onFunction('AddPermission'),
    handle: (input, context) => {
      const { name, arn } = findFunction(world, input.FunctionName, context);
      const statements = world.policies.get(name) ?? [];
      if (statements.some(({ Sid }) => Sid === input.StatementId)) throw new lambda.ResourceConflictException({ Type: 'User', message: `The statement id (${input.StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`, $metadata: {} });
      const statement = statementOf(input, arn);
      world.policies.put(name, [...statements, statement]);
      return { Statement: JSON.stringify(statement) };
    },
  },
  RemovePermission: {
    permissions: onFunction('RemovePermission'),
    handle: (input, context) => {
      const { name } = findFunction(world, input.FunctionName, context);
      const statements = world.policies.get(name) ?? [];
      const rest = statements.filter(({ Sid }) => Sid !== input.StatementId);
      if (rest.length === statements.length) throw missing(`Statement ${input.StatementId} is not found in resource policy.`);
      world.policies.put(name, rest);
      return {};
    },
  },
  GetPolicy: {
    permissions: onFunction('GetPolicy'),
    handle: (input, context) => {
      const { name } = findFunction(world, input.FunctionName, context);
      const statements = world.policies.get(name) ?? [];
      if (statements.length === 0) throw missing('The resource you requested does not exist.');
      return { Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: statements }), RevisionId: world.functions.get(name)?.revisionId };
    },
  },
});
