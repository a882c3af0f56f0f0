import { z } from 'zod';
import { conditionSchema, type Condition } from './pattern-condition.ts';

/** Whether an event is meant. */
export type EventMatcher = (event: unknown) => boolean;

const fieldsSchema = z.record(z.string(), z.unknown());
const existsSchema = z.strictObject({ exists: z.boolean() });

const membersOf = (value: unknown): Readonly<Record<string, unknown>> | undefined => {
  const members = fieldsSchema.safeParse(value);
  return members.success ? members.data : undefined;
};

/** The scalars that a field holds: nothing for an absent field, an object or an empty array. */
const leavesOf = (value: unknown): readonly unknown[] =>
  (Array.isArray(value) ? value.flat(Infinity) : [value]).filter((leaf) => leaf === null || ['string', 'number', 'boolean'].includes(typeof leaf));

const compileLeaf = (path: string, wanted: readonly unknown[]): EventMatcher => {
  if (wanted.length === 0) throw new RangeError(`${path} is an empty array: give at least one value`);
  let whenAbsent = false;
  const conditions: Condition[] = wanted.map((element) => {
    const exists = existsSchema.safeParse(element);
    if (exists.success) {
      whenAbsent ||= !exists.data.exists;
      return () => exists.data.exists;
    }
    const condition = conditionSchema.safeParse(element);
    if (!condition.success) throw new RangeError(`${path} has ${JSON.stringify(element)}, which is neither a value nor a known comparison`);
    return condition.data;
  });
  return (value) => {
    const leaves = leavesOf(value);
    return leaves.length === 0 ? whenAbsent : leaves.some((leaf) => conditions.some((matches) => matches(leaf)));
  };
};

/** All fields must match in the same object of an array of objects. */
const inObject =
  (matches: EventMatcher): EventMatcher =>
  (value) => {
    const candidates = Array.isArray(value) && value.length > 0 ? value : [value];
    return candidates.some((candidate) => matches(membersOf(candidate) ?? {}));
  };

const compileField = (path: string, wanted: unknown): EventMatcher => {
  if (Array.isArray(wanted)) return compileLeaf(path, wanted);
  const fields = membersOf(wanted);
  if (!fields) throw new RangeError(`${path} is ${JSON.stringify(wanted)}, expected an array of values or an object`);
  return inObject(compileFields(path, fields));
};

const compileOr = (path: string, alternatives: unknown): EventMatcher => {
  const patterns = z.array(fieldsSchema).min(2).safeParse(alternatives);
  if (!patterns.success) throw new RangeError(`${path}.$or must be an array of at least two patterns`);
  const matchers = patterns.data.map((pattern, index) => compileFields(`${path}.$or[${index}]`, pattern));
  return (event) => matchers.some((matches) => matches(event));
};

const compileFields = (path: string, fields: Readonly<Record<string, unknown>>): EventMatcher => {
  const matchers = Object.entries(fields).map(([name, wanted]): EventMatcher => {
    if (name === '$or') return compileOr(path, wanted);
    const matches = compileField(path === '' ? name : `${path}.${name}`, wanted);
    return (event) => matches(membersOf(event)?.[name]);
  });
  if (matchers.length === 0) throw new RangeError(`${path === '' ? 'the pattern' : path} is empty: name at least one field`);
  return (event) => matchers.every((matches) => matches(event));
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new RangeError('the pattern is not JSON', { cause });
  }
};

/**
 * Reads an event pattern. Throws a RangeError that names the field which is wrong.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const compilePattern = (text: string): EventMatcher => {
  const fields = membersOf(parseJson(text));
  if (!fields) throw new RangeError('the pattern is not a JSON object');
  return compileFields('', fields);
};
