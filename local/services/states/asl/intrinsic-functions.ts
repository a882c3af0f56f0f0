import { createHash } from 'node:crypto';
import type { Json } from '../../../runtime/state/collection.ts';
import { equalJson, isArray, isObject, parseJson, type JsonObject } from './json.ts';

/** Where intrinsic functions take chance from, injected so that tests control it. */
export interface Entropy {
  /** At least 0 and less than 1. */
  readonly random: () => number;
  readonly uuid: () => string;
}

type IntrinsicFunction = (operands: readonly Json[], entropy: Entropy) => Json;

const wrong = (expected: string, value: Json | undefined): never => {
  throw new TypeError(`expected ${expected}, got ${value === undefined ? 'nothing' : JSON.stringify(value)}`);
};
const string = (value: Json | undefined): string => (typeof value === 'string' ? value : wrong('a string', value));
const number = (value: Json | undefined): number => (typeof value === 'number' ? value : wrong('a number', value));
const integer = (value: Json | undefined): number => (Number.isSafeInteger(Math.round(number(value))) ? Math.round(number(value)) : wrong('an integer', value));
const array = (value: Json | undefined): readonly Json[] => (isArray(value) ? value : wrong('an array', value));
const object = (value: Json | undefined): JsonObject => (isObject(value) ? value : wrong('an object', value));
const present = (value: Json | undefined): Json => value ?? (value === null ? null : wrong('a value', value));

const format: IntrinsicFunction = ([template, ...values]) => {
  let next = 0;
  const text = string(template).replace(/\\([{}\\])|\{\}/gu, (_match, escaped: string | undefined) => {
    if (escaped !== undefined) return escaped;
    const value = present(values[next++]);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  if (next !== values.length) throw new RangeError(`the template has ${next} places for ${values.length} values`);
  return text;
};

const partition: IntrinsicFunction = ([list, size]) => {
  const items = array(list);
  const length = integer(size);
  if (length < 1) throw new RangeError(`the size of a part must be at least 1, got ${length}`);
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) => items.slice(index * length, (index + 1) * length));
};

const range: IntrinsicFunction = ([first, last, step]) => {
  const [from, to, by] = [integer(first), integer(last), integer(step)];
  if (by === 0) throw new RangeError('the step must not be 0');
  const count = Math.max(0, Math.floor((to - from) / by) + 1);
  if (count > 1000) throw new RangeError(`a range has at most 1000 items, got ${count}`);
  return Array.from({ length: count }, (_, index) => from + index * by);
};

const item: IntrinsicFunction = ([list, index]) => {
  const at = integer(index);
  return at < 0 ? wrong('an index of the array', at) : present(array(list)[at]);
};

const merge: IntrinsicFunction = ([left, right, deep]) => {
  if (deep !== false) throw new TypeError('only shallow merging is supported: the third argument must be false');
  return { ...object(left), ...object(right) };
};

const hashes = new Map([['MD5', 'md5'], ['SHA-1', 'sha1'], ['SHA-256', 'sha256'], ['SHA-384', 'sha384'], ['SHA-512', 'sha512']]);
const hash: IntrinsicFunction = ([value, algorithm]) =>
  createHash(hashes.get(string(algorithm)) ?? wrong(`one of ${[...hashes.keys()].join(', ')}`, algorithm))
    .update(typeof value === 'string' ? value : JSON.stringify(value))
    .digest('hex');

const unique = (items: readonly Json[]): readonly Json[] =>
  items.filter((each, index) => items.findIndex((other) => equalJson(other, each)) === index);

/** Every intrinsic function of the subset, by name. A function throws a plain error that says what is wrong with an argument. */
export const intrinsicFunctions: ReadonlyMap<string, IntrinsicFunction> = new Map<string, IntrinsicFunction>([
  ['States.Format', format],
  ['States.StringToJson', ([text]) => parseJson(string(text))],
  ['States.JsonToString', ([value]) => JSON.stringify(present(value))],
  ['States.Array', (items) => items],
  ['States.ArrayPartition', partition],
  ['States.ArrayContains', ([list, value]) => array(list).some((each) => equalJson(each, value))],
  ['States.ArrayRange', range],
  ['States.ArrayGetItem', item],
  ['States.ArrayLength', ([list]) => array(list).length],
  ['States.ArrayUnique', ([list]) => unique(array(list))],
  ['States.Base64Encode', ([text]) => Buffer.from(string(text)).toString('base64')],
  ['States.Base64Decode', ([text]) => Buffer.from(string(text), 'base64').toString()],
  ['States.Hash', hash],
  ['States.JsonMerge', merge],
  ['States.MathRandom', ([from, to], { random }) => integer(from) + Math.floor(random() * (integer(to) - integer(from)))],
  ['States.MathAdd', ([left, right]) => integer(left) + integer(right)],
  ['States.StringSplit', ([text, separators]) => string(text).split(new RegExp(`[${string(separators).replace(/[\]\\^-]/gu, '\\$&')}]`, 'u')).filter((part) => part !== '')],
  ['States.UUID', (_operands, { uuid }) => uuid()],
]);
