import * as lambda from '@aws-sdk/client-lambda';
import type { Operations } from '../../../gateway/define-service.ts';
import type { EventInvokeConfig, LambdaWorld } from '../lambda-world.ts';
import { findFunction, onFunction } from './function-operations.ts';

const invalid = (message: string): lambda.InvalidParameterValueException => new lambda.InvalidParameterValueException({ Type: 'User', message, $metadata: {} });

const check = (name: string, value: number | undefined, least: number, most: number): void => {
  if (value !== undefined && (value < least || value > most)) throw invalid(`${name} must be from ${least} to ${most}, got ${value}`);
};

const configOf = (input: lambda.PutFunctionEventInvokeConfigRequest, now: number): EventInvokeConfig => {
  check('MaximumRetryAttempts', input.MaximumRetryAttempts, 0, 2);
  check('MaximumEventAgeInSeconds', input.MaximumEventAgeInSeconds, 60, 21_600);
  const { OnFailure, OnSuccess } = input.DestinationConfig ?? {};
  return {
    modifiedAt: now,
    ...(input.MaximumRetryAttempts !== undefined && { maximumRetries: input.MaximumRetryAttempts }),
    ...(input.MaximumEventAgeInSeconds !== undefined && { maximumAgeSeconds: input.MaximumEventAgeInSeconds }),
    ...(OnFailure?.Destination !== undefined && { onFailure: OnFailure.Destination }),
    ...(OnSuccess?.Destination !== undefined && { onSuccess: OnSuccess.Destination }),
  };
};

const describe = (arn: string, config: EventInvokeConfig): lambda.FunctionEventInvokeConfig => ({
  FunctionArn: `${arn}:$LATEST`,
  LastModified: new Date(config.modifiedAt),
  MaximumRetryAttempts: config.maximumRetries,
  MaximumEventAgeInSeconds: config.maximumAgeSeconds,
  DestinationConfig: { OnFailure: { Destination: config.onFailure }, OnSuccess: { Destination: config.onSuccess } },
});

/** Operations on how asynchronous calls are retried and where their outcome goes. */
export const eventInvokeOperations = (world: LambdaWorld): Operations<typeof lambda> => ({
  PutFunctionEventInvokeConfig: {
    permissions: onFunction('PutFunctionEventInvokeConfig'),
    handle: (input, context) => {
      const { name, arn } = findFunction(world, input.FunctionName, context);
      const config = configOf(input, world.clock.now());
      world.eventInvokeConfigs.put(name, config);
      return describe(arn, config);
    },
  },
  GetFunctionEventInvokeConfig: {
    permissions: onFunction('GetFunctionEventInvokeConfig'),
    handle: (input, context) => {
      const { name, arn } = findFunction(world, input.FunctionName, context);
      const config = world.eventInvokeConfigs.get(name);
      const message = `The function ${arn}:$LATEST doesn't have an EventInvokeConfig`;
      if (!config) throw new lambda.ResourceNotFoundException({ Type: 'User', message, Message: message, $metadata: {} });
      return describe(arn, config);
    },
  },
});
