import type { JsonNames } from './json-input.ts';
import { membersOf, type Shape } from './sdk-schema.ts';
import { timestampFormat, writeTimestamp } from './timestamp.ts';

const writeStructure = (shape: Shape, value: object, names: JsonNames): object => {
  const record = new Map<string, unknown>(Object.entries(value));
  const output: Record<string, unknown> = {};
  for (const [name, member] of membersOf(shape)) {
    const item = record.get(name);
    if (item === undefined || item === null) continue;
    output[names.jsonName ? (member.getMergedTraits().jsonName ?? name) : name] = writeJson(member, item, names);
  }
  return output;
};

const writeNumber = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

/** What `JSON.stringify` needs to write a value of the SDK's types: the reverse of reading it. Members that the shape has not are dropped. */
export const writeJson = (shape: Shape, value: unknown, names: JsonNames): unknown => {
  if (shape.isDocumentSchema()) return value;
  if (value instanceof Date) return writeTimestamp(value, timestampFormat(shape, 'epoch-seconds'));
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (shape.isBlobSchema() && typeof value === 'string') return Buffer.from(value, 'utf8').toString('base64');
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (shape.isStructSchema()) return writeStructure(shape, value, names);
  if (shape.isListSchema() && Array.isArray(value)) return value.map((item: unknown) => writeJson(shape.getValueSchema(), item, names));
  if (!shape.isMapSchema()) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, writeJson(shape.getValueSchema(), item, names)]),
  );
};
