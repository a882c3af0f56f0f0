import { BlockList, isIPv6 } from 'node:net';
import { z } from 'zod';

/** Whether a value of an event is meant. */
export type Condition = (value: unknown) => boolean;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const texts = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat());
const insensitive = z.strictObject({ 'equals-ignore-case': z.string() });
const affix = z.union([z.string(), insensitive]);

type Affix = z.infer<typeof affix>;

const onText =
  (matches: (text: string) => boolean): Condition =>
  (value) =>
    typeof value === 'string' && matches(value);

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

const prefix = (wanted: Affix): Condition =>
  onText((text) => (typeof wanted === 'string' ? text.startsWith(wanted) : same(text.slice(0, wanted['equals-ignore-case'].length), wanted['equals-ignore-case'])));

const suffix = (wanted: Affix): Condition =>
  onText((text) => (typeof wanted === 'string' ? text.endsWith(wanted) : text.toLowerCase().endsWith(wanted['equals-ignore-case'].toLowerCase())));

const ignoreCase = (wanted: string): Condition => onText((text) => same(text, wanted));

/** `*` is any run of characters, `\*` a star, `\\` a backslash. */
const wildcard = (pattern: string): Condition => {
  const source = pattern.replace(/\\[*\\]|[.*+?^${}()|[\]\\]/g, (found) => (found === '*' ? '[\\s\\S]*' : found.length === 2 ? `\\${found.charAt(1)}` : `\\${found}`));
  const expression = new RegExp(`^${source}$`);
  return onText((text) => expression.test(text));
};

const cidr = (block: string): Condition => {
  const [address = '', bits = ''] = block.split('/');
  const list = new BlockList();
  list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  return onText((text) => list.check(text, isIPv6(text) ? 'ipv6' : 'ipv4'));
};

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '=': (value, bound) => value === bound,
  '>=': (value, bound) => value >= bound,
  '>': (value, bound) => value > bound,
};

const bounds = z.union([z.tuple([z.string(), z.number()]), z.tuple([z.string(), z.number(), z.string(), z.number()])]);

const numeric = (range: z.infer<typeof bounds>): Condition => {
  const [first, low, second, high] = range;
  const tests = [[first, low], [second, high]].flatMap(([operator, bound]) => {
    if (typeof operator !== 'string' || typeof bound !== 'number') return [];
    const compare = comparisons[operator];
    if (!compare) throw new RangeError(`numeric has the operator ${operator}, expected one of ${Object.keys(comparisons).join(' ')}`);
    return [(value: number) => compare(value, bound)];
  });
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};

const noneOf =
  (conditions: readonly Condition[]): Condition =>
  (value) =>
    !conditions.some((matches) => matches(value));

const anythingBut = z.union([
  z.union([scalar, z.array(scalar).min(1)]).transform((excluded) => noneOf([excluded].flat().map((wanted) => (value) => value === wanted))),
  z.strictObject({ prefix: texts }).transform((excluded) => noneOf(excluded.prefix.map(prefix))),
  z.strictObject({ suffix: texts }).transform((excluded) => noneOf(excluded.suffix.map(suffix))),
  z.strictObject({ 'equals-ignore-case': texts }).transform((excluded) => noneOf(excluded['equals-ignore-case'].map(ignoreCase))),
  z.strictObject({ wildcard: texts }).transform((excluded) => noneOf(excluded.wildcard.map(wildcard))),
]);

/** One element of a pattern's array, as a condition on a value that is there. `exists` is handled by the field. */
export const conditionSchema = z.union([
  scalar.transform((wanted): Condition => (value) => value === wanted),
  z.strictObject({ prefix: affix }).transform((condition) => prefix(condition.prefix)),
  z.strictObject({ suffix: affix }).transform((condition) => suffix(condition.suffix)),
  insensitive.transform((condition) => ignoreCase(condition['equals-ignore-case'])),
  z.strictObject({ wildcard: z.string() }).transform((condition) => wildcard(condition.wildcard)),
  z.strictObject({ 'anything-but': anythingBut }).transform((condition) => condition['anything-but']),
  z.strictObject({ numeric: bounds }).transform((condition) => numeric(condition.numeric)),
  z.strictObject({ cidr: z.string() }).transform((condition) => cidr(condition.cidr)),
]);
