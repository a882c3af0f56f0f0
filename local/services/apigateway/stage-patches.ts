import { BadRequestException, type MethodSetting, type PatchOperation } from '@aws-sdk/client-api-gateway';
import type { ApiStage } from './api-definition.ts';

const bad = (message: string): BadRequestException => new BadRequestException({ message, $metadata: {} });

const numberOf = (path: string, value: string | undefined): number => {
  const parsed = Number(value);
  if (value === undefined || !Number.isFinite(parsed) || parsed < 0) throw bad(`Invalid patch value for ${path}: expected a number of at least 0, got ${value ?? 'nothing'}`);
  return parsed;
};

const settingOf = (path: string, name: string, value: string | undefined): MethodSetting => {
  switch (name) {
    case 'throttling/rateLimit':
      return { throttlingRateLimit: numberOf(path, value) };
    case 'throttling/burstLimit':
      return { throttlingBurstLimit: numberOf(path, value) };
    case 'metrics/enabled':
      return { metricsEnabled: value === 'true' };
    case 'logging/loglevel':
      return { loggingLevel: value };
    case 'logging/dataTrace':
      return { dataTraceEnabled: value === 'true' };
    default:
      throw bad(`Invalid patch path ${path}: not supported here`);
  }
};

const applyPatch = (stage: ApiStage, { op, path = '', value }: PatchOperation): ApiStage => {
  if (op !== 'replace' && op !== 'add') throw bad(`patch operation ${op ?? 'nothing'} of ${path} is not supported here (supported: replace, add)`);
  if (path === '/deploymentId') return { ...stage, deploymentId: value ?? stage.deploymentId };
  if (path === '/description') return { ...stage, description: value };
  if (path === '/accessLogSettings/destinationArn') return { ...stage, accessLogSettings: { ...stage.accessLogSettings, destinationArn: value } };
  if (path === '/accessLogSettings/format') return { ...stage, accessLogSettings: { ...stage.accessLogSettings, format: value } };
  const variable = /^\/variables\/(\w+)$/u.exec(path)?.[1];
  if (variable !== undefined) return { ...stage, variables: { ...stage.variables, [variable]: value ?? '' } };
  const [, resource = '', method = '', name = ''] = /^\/(.+?)\/([A-Z]+|\*)\/((?:throttling|metrics|logging)\/\w+)$/u.exec(path) ?? [];
  if (name === '') throw bad(`Invalid patch path ${path}: not supported here`);
  const key = methodSettingKey(resource.replaceAll('~1', '/'), method);
  return { ...stage, methodSettings: { ...stage.methodSettings, [key]: { ...stage.methodSettings?.[key], ...settingOf(path, name, value) } } };
};

/** The key of a method's settings in a stage: `*\/*`, or path and method: `accounts/{accountId}/GET`. */
export const methodSettingKey = (resourcePath: string, httpMethod: string): string => `${resourcePath.replace(/^\//u, '')}/${httpMethod}`;

/**
 * A stage with changes applied, in order.
 * @throws BadRequestException that names the path which is not supported.
 */
export const patchedStage = (stage: ApiStage, patches: readonly PatchOperation[]): ApiStage => patches.reduce(applyPatch, stage);
