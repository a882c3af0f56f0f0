import { InvalidParameterValueException, type CreateFunctionRequest } from '@aws-sdk/client-lambda';
import type { FunctionRecord } from './function-record.ts';

const invalid = (message: string): InvalidParameterValueException => new InvalidParameterValueException({ Type: 'User', message, $metadata: {} });

// https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
const reserved = ['_HANDLER', '_X_AMZN_TRACE_ID', 'AWS_DEFAULT_REGION', 'AWS_REGION', 'AWS_EXECUTION_ENV', 'AWS_LAMBDA_FUNCTION_NAME', 'AWS_LAMBDA_FUNCTION_MEMORY_SIZE', 'AWS_LAMBDA_FUNCTION_VERSION', 'AWS_LAMBDA_INITIALIZATION_TYPE', 'AWS_LAMBDA_LOG_GROUP_NAME', 'AWS_LAMBDA_LOG_STREAM_NAME', 'AWS_ACCESS_KEY', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_LAMBDA_RUNTIME_API', 'LAMBDA_TASK_ROOT', 'LAMBDA_RUNTIME_DIR'];
const maximumEnvironmentBytes = 4096;

const unsupported = ['Layers', 'FileSystemConfigs', 'ImageConfig', 'CodeSigningConfigArn', 'CapacityProviderConfig', 'DurableConfig', 'TenancyConfig'] as const;

const checkEnvironment = (variables: Readonly<Record<string, string>>): void => {
  const names = Object.keys(variables).filter((name) => reserved.includes(name));
  if (names.length > 0) throw invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${names.join(', ')}`);
  const badName = Object.keys(variables).find((name) => !/^[a-zA-Z]\w+$/u.test(name));
  if (badName !== undefined) throw invalid(`environment variable name ${badName} must match [a-zA-Z]([a-zA-Z0-9_])+`);
  const bytes = Buffer.byteLength(JSON.stringify(variables));
  if (bytes > maximumEnvironmentBytes) throw invalid(`Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit: ${bytes} bytes`);
};

const within = (name: string, value: number, least: number, most: number): void => {
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(`${name} must be a whole number from ${least} to ${most}, got ${value}`);
};

/** What of a request to create or configure a function is kept. */
export type FunctionSettings = Pick<FunctionRecord, 'runtime' | 'handler' | 'timeoutSeconds' | 'memoryMegabytes' | 'environment' | 'roleArn' | 'description' | 'deadLetterArn' | 'logFormat' | 'logGroup'>;

/**
 * The settings of a function: those given, else those it has, else Lambda's own.
 * @throws InvalidParameterValueException that names the setting.
 */
export const functionSettings = (input: Partial<Omit<CreateFunctionRequest, 'FunctionName' | 'Code'>>, before?: FunctionSettings): FunctionSettings => {
  const refused = unsupported.find((name) => input[name] !== undefined && !(Array.isArray(input[name]) && input[name].length === 0));
  if (refused) throw invalid(`${refused} is not supported here: functions are Node.js code in a folder`);
  if (input.PackageType === 'Image') throw invalid('PackageType Image is not supported here: use Zip');
  const runtime = input.Runtime ?? before?.runtime;
  if (!runtime?.startsWith('nodejs')) throw invalid(`Runtime ${runtime ?? 'nothing'} is not supported here: use a Node.js runtime`);
  const handler = input.Handler ?? before?.handler;
  if (handler === undefined || !/^[^\s.][^\s]*\.[^\s.]+$/u.test(handler)) throw invalid(`Handler must be <file>.<export>, got ${handler ?? 'nothing'}`);
  const roleArn = input.Role ?? before?.roleArn ?? '';
  const settings: FunctionSettings = {
    ...before, runtime, handler, roleArn,
    timeoutSeconds: input.Timeout ?? before?.timeoutSeconds ?? 3,
    memoryMegabytes: input.MemorySize ?? before?.memoryMegabytes ?? 128,
    environment: input.Environment?.Variables ?? before?.environment ?? {},
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.DeadLetterConfig?.TargetArn !== undefined && { deadLetterArn: input.DeadLetterConfig.TargetArn }),
    ...(input.LoggingConfig?.LogFormat && { logFormat: input.LoggingConfig.LogFormat }),
    ...(input.LoggingConfig?.LogGroup !== undefined && { logGroup: input.LoggingConfig.LogGroup }),
  };
  within('Timeout', settings.timeoutSeconds, 1, 900);
  within('MemorySize', settings.memoryMegabytes, 128, 10_240);
  checkEnvironment(settings.environment);
  return settings;
};
