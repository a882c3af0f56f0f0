import { membersOf, requiredMembers, type Shape } from './sdk-schema.ts';

/** The paths of required members that an input lacks, at every depth: `/Parameters/0/Name`. */
export const missingMembers = (shape: Shape, value: unknown, path = ''): string[] => {
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return [];
  if (shape.isListSchema()) return Object.entries(value).flatMap(([index, item]) => missingMembers(shape.getValueSchema(), item, `${path}/${index}`));
  if (shape.isMapSchema()) return Object.entries(value).flatMap(([key, item]) => missingMembers(shape.getValueSchema(), item, `${path}/${key}`));
  if (!shape.isStructSchema()) return [];
  const record = new Map<string, unknown>(Object.entries(value));
  const missing = requiredMembers(shape)
    .filter((name) => record.get(name) === undefined)
    .map((name) => `${path}/${name}`);
  const nested = membersOf(shape).flatMap(([name, member]) => (record.has(name) ? missingMembers(member, record.get(name), `${path}/${name}`) : []));
  return [...missing, ...nested];
};
