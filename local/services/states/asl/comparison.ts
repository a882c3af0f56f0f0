import type { Json } from '../../../runtime/state/collection.ts';

/** How a Choice rule compares a variable with its operand. The variable is `undefined` when its path selects nothing. */
export interface Comparison {
  /** What an operand in the definition must be. */
  accepts(operand: Json): boolean;
  holds(variable: Json, operand: Json): boolean;
}

// RFC 3339 with capital T and Z, as the States Language asks.
const timestampForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/u;

/** Milliseconds since the epoch of an RFC 3339 timestamp, `undefined` when the value is none. */
export const timestampOf = (value: Json | undefined): number | undefined => {
  if (typeof value !== 'string' || !timestampForm.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
};

const stringOf = (value: Json): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: Json): number | undefined => (typeof value === 'number' ? value : undefined);

const ordered = (prefix: string, read: (value: Json) => string | number | undefined): [string, Comparison][] => {
  const compare = (test: (left: string | number, right: string | number) => boolean): Comparison => ({
    accepts: (operand) => read(operand) !== undefined,
    holds: (variable, operand) => {
      const [left, right] = [read(variable), read(operand)];
      return left !== undefined && right !== undefined && test(left, right);
    },
  });
  return [
    [`${prefix}Equals`, compare((left, right) => left === right)],
    [`${prefix}LessThan`, compare((left, right) => left < right)],
    [`${prefix}GreaterThan`, compare((left, right) => left > right)],
    [`${prefix}LessThanEquals`, compare((left, right) => left <= right)],
    [`${prefix}GreaterThanEquals`, compare((left, right) => left >= right)],
  ];
};

const isBoolean = (operand: Json): boolean => typeof operand === 'boolean';
const is = (test: (variable: Json) => boolean): Comparison => ({ accepts: isBoolean, holds: (variable, operand) => test(variable) === operand });

const wildcard = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/\\([*\\])|([.*+?^${}()|[\]\\])/gu, (_match, escaped: string | undefined, special: string | undefined) =>
    special === '*' ? '[^]*' : `\\${escaped ?? special ?? ''}`)}$`, 'u');

/** Every comparison of the subset by name. Each but the `Is…` ones also exists as `<name>Path`, its operand a path. */
export const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ...ordered('String', stringOf),
  ...ordered('Numeric', numberOf),
  ...ordered('Timestamp', timestampOf),
  ['BooleanEquals', { accepts: isBoolean, holds: (variable, operand) => isBoolean(variable) && variable === operand }],
  ['StringMatches', { accepts: (operand) => typeof operand === 'string', holds: (variable, operand) => typeof variable === 'string' && typeof operand === 'string' && wildcard(operand).test(variable) }],
  ['IsNull', is((variable) => variable === null)],
  ['IsNumeric', is((variable) => typeof variable === 'number')],
  ['IsString', is((variable) => typeof variable === 'string')],
  ['IsBoolean', is(isBoolean)],
  ['IsTimestamp', is((variable) => timestampOf(variable) !== undefined)],
]);
