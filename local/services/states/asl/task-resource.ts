import type { Json } from '../../../runtime/state/collection.ts';
import { isObject } from './json.ts';
import { DefinitionError } from './state-error.ts';

/** What a Task state calls. */
export type TaskResource =
  | { readonly kind: 'lambda-invoke'; readonly arn: string; readonly waitsForToken: boolean }
  | { readonly kind: 'function'; readonly arn: string };

const functionArn = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/u;

const parameters = ['FunctionName', 'Payload', 'Qualifier'];

const checkParameters = (given: Json | undefined, where: string): void => {
  const names = isObject(given) ? Object.keys(given).map((name) => name.replace(/\.\$$/u, '')) : [];
  if (!names.includes('FunctionName')) throw new DefinitionError(`${where}: field Parameters.FunctionName is missing`);
  const unknown = names.find((name) => !parameters.includes(name));
  if (unknown !== undefined) throw new DefinitionError(`${where}: field Parameters.${unknown} is not supported (supported: ${parameters.join(', ')})`);
};

const invocation = /^arn:aws[\w-]*:states:::lambda:invoke(\.waitForTaskToken)?$/u;

/**
 * Reads the `Resource` of a Task state.
 * @throws DefinitionError for integrations that the engine has not.
 */
export const parseTaskResource = (resource: string, given: Json | undefined, where: string): TaskResource => {
  const match = invocation.exec(resource);
  if (match) {
    checkParameters(given, where);
    return { kind: 'lambda-invoke', arn: resource, waitsForToken: match[1] !== undefined };
  }
  if (functionArn.test(resource)) return { kind: 'function', arn: resource };
  throw new DefinitionError(`${where}: Resource ${resource} is not supported (supported: arn:aws:states:::lambda:invoke, arn:aws:states:::lambda:invoke.waitForTaskToken, the ARN of a function)`);
};
