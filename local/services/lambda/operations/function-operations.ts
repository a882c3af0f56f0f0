import * as lambda from '@aws-sdk/client-lambda';
import type { Operations } from '../../../gateway/define-service.ts';
import type { Permission } from '../../../gateway/service.ts';
import { describeFunction, functionArn, functionNameOf, noSuchFunction, type FunctionRecord } from '../function-record.ts';
import { functionSettings } from '../function-settings.ts';
import type { LambdaWorld } from '../lambda-world.ts';

// A function made of a zip leaves Pending within about this time on AWS.
const creationMilliseconds = 2000;

/** The function that a caller names. */
export const findFunction = (world: LambdaWorld, reference: string, place: { region: string; accountId: string }): FunctionRecord => {
  const name = functionNameOf(reference);
  const found = world.functions.get(name);
  if (!found) throw noSuchFunction(functionArn(place, name));
  return found;
};

/** Allows an action on the function that the input names. */
export const onFunction = (action: string) => (input: { readonly FunctionName: string }, place: { region: string; accountId: string }): Permission[] => [
  { action: `lambda:${action}`, resources: [functionArn(place, functionNameOf(input.FunctionName))] },
];

const passRole = (roleArn: string | undefined): Permission[] => (roleArn === undefined ? [] : [{ action: 'iam:PassRole', resources: [roleArn] }]);

const checkRole = (world: LambdaWorld, roleArn: string, name: string): void => {
  try {
    world.roles.assume(roleArn, 'lambda.amazonaws.com', name);
  } catch (cause) {
    throw new lambda.InvalidParameterValueException({ Type: 'User', message: `The role defined for the function cannot be assumed by Lambda: ${cause instanceof Error ? cause.message : String(cause)}`, $metadata: {} });
  }
};

const codeOf = (world: LambdaWorld, { S3Bucket, S3Key, ZipFile, ImageUri }: lambda.FunctionCode): Pick<FunctionRecord, 'codeBucket' | 'codeKey'> => {
  if (ZipFile !== undefined || ImageUri !== undefined || S3Bucket === undefined || S3Key === undefined) {
    throw new lambda.InvalidParameterValueException({ Type: 'User', message: 'Code must be S3Bucket and S3Key of an asset: ZipFile and ImageUri are not supported here', $metadata: {} });
  }
  try {
    world.codeFolder(S3Bucket, S3Key);
  } catch (cause) {
    throw new lambda.InvalidParameterValueException({ Type: 'User', message: `Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: ${cause instanceof Error ? cause.message : String(cause)}`, $metadata: {} });
  }
  return { codeBucket: S3Bucket, codeKey: S3Key };
};

const create = (world: LambdaWorld): NonNullable<Operations<typeof lambda>['CreateFunction']> => ({
  permissions: (input, context) => [...onFunction('CreateFunction')(input, context), ...passRole(input.Role)],
  handle: (input, context) => {
    const name = functionNameOf(input.FunctionName);
    if (!/^[a-zA-Z0-9-_]{1,64}$/u.test(name)) throw new lambda.InvalidParameterValueException({ Type: 'User', message: `FunctionName ${name} must be 1 to 64 letters, digits, hyphens or underscores`, $metadata: {} });
    const arn = functionArn(context, name);
    if (world.functions.get(name)) throw new lambda.ResourceConflictException({ Type: 'User', message: `Function already exist: ${name}`, $metadata: {} });
    const settings = functionSettings(input);
    checkRole(world, settings.roleArn, name);
    const now = world.clock.now();
    const record: FunctionRecord = {
      ...settings, name, arn, ...codeOf(world, input.Code), modifiedAt: now, activeAt: now + world.timeScale.scaled(creationMilliseconds), revisionId: world.newId(),
      ...(input.Tags && { tags: input.Tags }),
    };
    world.functions.put(name, record);
    return describeFunction(record, now);
  },
});

const change = (world: LambdaWorld, record: FunctionRecord, changes: Partial<FunctionRecord>): lambda.FunctionConfiguration => {
  const next = { ...record, ...changes, modifiedAt: world.clock.now(), revisionId: world.newId() };
  world.functions.put(record.name, next);
  world.pools.drop(record.name);
  return describeFunction(next, world.clock.now());
};

const remove = (world: LambdaWorld, name: string): void => {
  world.functions.delete(name);
  world.policies.delete(name);
  world.eventInvokeConfigs.delete(name);
  world.pools.drop(name);
};

/** Operations on functions. A change ends the function's threads; the next call runs the new code and configuration. */
export const functionOperations = (world: LambdaWorld): Operations<typeof lambda> => ({
  CreateFunction: create(world),
  GetFunction: {
    permissions: onFunction('GetFunction'),
    handle: (input, context) => {
      const record = findFunction(world, input.FunctionName, context);
      return { Configuration: describeFunction(record, world.clock.now()), Code: { RepositoryType: 'S3', Location: `s3://${record.codeBucket}/${record.codeKey}` }, ...(record.tags && { Tags: { ...record.tags } }) };
    },
  },
  GetFunctionConfiguration: {
    permissions: onFunction('GetFunctionConfiguration'),
    handle: (input, context) => describeFunction(findFunction(world, input.FunctionName, context), world.clock.now()),
  },
  ListFunctions: {
    permissions: () => [{ action: 'lambda:ListFunctions', resources: ['*'] }],
    handle: (input) => {
      const all = [...world.functions.values()].toSorted((left, right) => (left.name < right.name ? -1 : 1));
      const from = input.Marker === undefined ? 0 : all.findIndex(({ name }) => name > functionNameOf(input.Marker ?? ''));
      const page = from < 0 ? [] : all.slice(from, from + (input.MaxItems ?? 50));
      const last = page.at(-1);
      return { Functions: page.map((record) => describeFunction(record, world.clock.now())), ...(last && last !== all.at(-1) && { NextMarker: last.name }) };
    },
  },
  UpdateFunctionCode: {
    permissions: onFunction('UpdateFunctionCode'),
    handle: (input, context) => change(world, findFunction(world, input.FunctionName, context), codeOf(world, input)),
  },
  UpdateFunctionConfiguration: {
    permissions: (input, context) => [...onFunction('UpdateFunctionConfiguration')(input, context), ...passRole(input.Role)],
    handle: (input, context) => {
      const record = findFunction(world, input.FunctionName, context);
      const settings = functionSettings(input, record);
      checkRole(world, settings.roleArn, record.name);
      return change(world, record, settings);
    },
  },
  DeleteFunction: {
    permissions: onFunction('DeleteFunction'),
    handle: (input, context) => {
      remove(world, findFunction(world, input.FunctionName, context).name);
      return {};
    },
  },
});
