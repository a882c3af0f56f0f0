import { invalid } from './faults.ts';

const mostTags = 50;

/** A name of a resource: at most 128 letters, digits, "-" and "_"; empty when absent. @throws ValidationException */
export const nameFrom = (name = ''): string => {
  if (!/^[a-zA-Z0-9-_]{0,128}$/.test(name)) throw invalid(`name ${JSON.stringify(name)}: expected at most 128 letters, digits, "-" and "_"`);
  return name;
};

const isReserved = (key: string): boolean => key.toLowerCase().startsWith('aws:');

/** Keys of tags that a caller gives or takes away: AWS's own are none of them. @throws ValidationException */
export const ownTagKeys = (keys: readonly string[]): readonly string[] => {
  const reserved = keys.find(isReserved);
  if (reserved !== undefined) throw invalid(`tag ${JSON.stringify(reserved)}: keys that begin with "aws:" are reserved`);
  return keys;
};

/** The tags that a caller gives a resource, with those that it has, of which AWS's own do not count. @throws ValidationException */
export const tagsFrom = (tags: Readonly<Record<string, string>> = {}, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => {
  ownTagKeys(Object.keys(tags));
  const all = { ...before, ...tags };
  const own = Object.keys(all).filter((key) => !isReserved(key));
  if (own.length > mostTags) throw invalid(`tags has ${own.length} entries, expected at most ${mostTags}`);
  return all;
};

/** A value that is one of a member's; the default when absent. @throws ValidationException naming the values allowed */
export const oneOf = <Value extends string>(member: string, value: Value | undefined, allowed: Readonly<Record<string, Value>>, otherwise: Value): Value => {
  if (value === undefined) return otherwise;
  if (!Object.values(allowed).includes(value)) throw invalid(`${member} ${JSON.stringify(value)}: expected one of ${Object.values(allowed).join(', ')}`);
  return value;
};

/** A whole number within bounds; the default when absent. @throws ValidationException naming the bounds */
export const integerWithin = (member: string, value: number | undefined, [least, most]: readonly [number, number], otherwise: number): number => {
  if (value === undefined) return otherwise;
  if (!Number.isInteger(value) || value < least || value > most) throw invalid(`${member} ${value}: expected a whole number from ${least} to ${most}`);
  return value;
};
