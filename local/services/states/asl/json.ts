import type { Json } from '../../../runtime/state/collection.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json | undefined>>;

/** Whether a value is a JSON object: not null, not an array. */
export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a JSON array. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Whether a value can be written as JSON without loss. */
export const isJson = (value: unknown): value is Json => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return isObject(value) && Object.values(value).every((member) => member === undefined || isJson(member));
};

/**
 * Reads a JSON text.
 * @throws SyntaxError when the text is not JSON.
 */
export const parseJson = (text: string): Json => {
  const value: unknown = JSON.parse(text);
  if (!isJson(value)) throw new SyntaxError(`not representable as JSON: ${text.slice(0, 100)}`);
  return value;
};

/** Sets a member, safe for any name (`__proto__` included). */
export const withMember = (target: JsonObject, name: string, value: Json): JsonObject => Object.fromEntries([...Object.entries(target), [name, value]]);

/** Whether two JSON values are equal, whatever the order of members. */
export const equalJson = (left: Json | undefined, right: Json | undefined): boolean => {
  if (left === right) return true;
  if (isArray(left) && isArray(right)) return left.length === right.length && left.every((item, index) => equalJson(item, right[index]));
  if (!isObject(left) || !isObject(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.hasOwn(right, name) && equalJson(left[name], right[name]));
};
