import type { Json } from '../../../runtime/state/collection.ts';
import { evaluateExpression, parseExpression } from './intrinsic.ts';
import type { Entropy } from './intrinsic-functions.ts';
import { isArray, isObject } from './json.ts';
import { parsePath, readPath, writePath } from './path.ts';
import { StateError } from './state-error.ts';

/** What expressions of a state can see. */
export interface Scope {
  readonly context: Json;
  readonly entropy: Entropy;
}

const shorten = (value: Json): string => JSON.stringify(value).slice(0, 500);

/** What a path selects in `input` or, for `$$`, in the context object; `undefined` when it selects nothing. */
export const lookUp = (text: string, input: Json, scope: Scope): Json | undefined => {
  const path = parsePath(text);
  return readPath(path, path.ofContext ? scope.context : input);
};

/**
 * Fills a payload template: members whose name ends in `.$` are paths or intrinsic functions, others are kept.
 * @throws StateError States.ParameterPathFailure when a path selects nothing, States.IntrinsicFailure when a function fails.
 */
export const fillTemplate = (template: Json, input: Json, scope: Scope): Json => {
  if (isArray(template)) return template.map((member) => fillTemplate(member, input, scope));
  if (!isObject(template)) return template;
  return Object.fromEntries(Object.entries(template).map(([name, value = null]) => {
    if (!name.endsWith('.$')) return [name, fillTemplate(value, input, scope)];
    const read = (path: { readonly text: string }): Json => {
      const found = lookUp(path.text, input, scope);
      if (found === undefined) throw new StateError('States.ParameterPathFailure', `The JSONPath '${path.text}' specified for the field '${name}' could not be found in the input '${shorten(input)}'`);
      return found;
    };
    if (typeof value !== 'string') throw new StateError('States.Runtime', `The field '${name}' must be a path or an intrinsic function, got ${JSON.stringify(value)}`);
    return [name.slice(0, -2), evaluateExpression(parseExpression(value), read, scope.entropy)];
  }));
};

/**
 * What `InputPath` or `OutputPath` selects; null selects `{}`, absent everything.
 * @throws StateError States.Runtime when it selects nothing.
 */
export const applyPath = (path: string | null | undefined, input: Json, scope: Scope): Json => {
  if (path === undefined) return input;
  if (path === null) return {};
  const found = lookUp(path, input, scope);
  if (found === undefined) throw new StateError('States.Runtime', `Invalid path '${path}': No results for path in the input '${shorten(input)}'`);
  return found;
};

/**
 * The state's input with the result where `ResultPath` says; null drops the result, absent replaces the input.
 * @throws StateError States.ResultPathMatchFailure when the input has no such place.
 */
export const placeResult = (resultPath: string | null | undefined, input: Json, result: Json): Json => {
  if (resultPath === null) return input;
  return resultPath === undefined ? result : writePath(parsePath(resultPath), input, result);
};
