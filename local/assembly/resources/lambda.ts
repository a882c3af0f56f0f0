import {
  AddPermissionCommand,
  CreateFunctionCommand,
  LambdaClient,
  PutFunctionEventInvokeConfigCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { z } from 'zod';
import type { ClientSettings } from '../../runtime/ports.ts';
import { commandOf, enforced, generatedName, inert, required, tagMap, type DeployedResource, type Properties, type ResourceProvider } from '../resource-provider.ts';

const functionProperties = z.looseObject({ FunctionName: z.string().optional(), Code: z.strictObject({ S3Bucket: z.string(), S3Key: z.string() }) });
const eventInvokeProperties = z.looseObject({ FunctionName: z.string(), Qualifier: z.literal('$LATEST') });

/** AWS::Lambda::Function, Permission and EventInvokeConfig. */
export const lambdaProviders = (settings: ClientSettings): ResourceProvider[] => {
  const client = new LambdaClient({ ...settings });
  const updateFunction = async (resource: DeployedResource, { Code, Tags, ...configuration }: Properties): Promise<DeployedResource> => {
    const FunctionName = resource.physicalId;
    const { S3Bucket, S3Key } = functionProperties.shape.Code.parse(Code);
    await client.send(new UpdateFunctionCodeCommand({ FunctionName, S3Bucket, S3Key }));
    await client.send(commandOf(UpdateFunctionConfigurationCommand, { ...configuration, FunctionName }));
    return resource;
  };
  return [
    {
      type: 'AWS::Lambda::Function',
      properties: {
        ...enforced('FunctionName', 'Code', 'Handler', 'Runtime', 'Role', 'Environment', 'MemorySize', 'Timeout', 'Description', 'DeadLetterConfig', 'LoggingConfig', 'Tags'),
        ...inert('functions run on this machine\'s processor', 'Architectures'),
        ...inert('traces are not kept', 'TracingConfig'),
        ...inert('concurrency is bounded for all functions alike', 'ReservedConcurrentExecutions'),
      },
      create: async (properties, context) => {
        const FunctionName = functionProperties.parse(properties).FunctionName ?? generatedName(context, 64);
        const { FunctionArn } = await client.send(commandOf(CreateFunctionCommand, { ...properties, FunctionName, Tags: tagMap(properties['Tags']) }));
        return { physicalId: FunctionName, attributes: { Arn: required(FunctionArn, 'the ARN') } };
      },
      update: updateFunction,
    },
    {
      type: 'AWS::Lambda::Permission',
      properties: enforced('Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount'),
      create: async (properties, context) => {
        const StatementId = generatedName(context, 100);
        await client.send(commandOf(AddPermissionCommand, { ...properties, StatementId }));
        return { physicalId: StatementId, attributes: {} };
      },
    },
    {
      type: 'AWS::Lambda::EventInvokeConfig',
      properties: enforced('FunctionName', 'Qualifier', 'MaximumRetryAttempts', 'MaximumEventAgeInSeconds', 'DestinationConfig'),
      create: async (properties, context) => {
        const { Qualifier, ...input } = eventInvokeProperties.parse(properties);
        await client.send(commandOf(PutFunctionEventInvokeConfigCommand, input));
        return { physicalId: generatedName(context, 100), attributes: {} };
      },
    },
  ];
};
