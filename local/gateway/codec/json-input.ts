import { CodecError, kindOf } from './codec-error.ts';
import { membersOf, type Shape } from './sdk-schema.ts';
import { readTimestamp } from './timestamp.ts';

/** Whether members are named by their `jsonName` (REST) or by their own names (RPC). */
export interface JsonNames {
  readonly jsonName: boolean;
}

const wrong = (path: string, expected: string, value: unknown): CodecError => new CodecError(`${path || '/'}: expected ${expected}, got ${kindOf(value)}`);

const asObject = (value: unknown, path: string): Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path, 'object', value);
  return Object.fromEntries(Object.entries(value));
};

const readScalar = (shape: Shape, value: unknown, path: string): unknown => {
  if (shape.isTimestampSchema()) {
    if (typeof value !== 'string' && typeof value !== 'number') throw wrong(path, 'timestamp', value);
    return readTimestamp(value, path);
  }
  if (shape.isBooleanSchema()) {
    if (typeof value !== 'boolean') throw wrong(path, 'boolean', value);
    return value;
  }
  if (shape.isNumericSchema()) {
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
    if (typeof value !== 'number') throw wrong(path, 'number', value);
    return value;
  }
  if (typeof value !== 'string') throw wrong(path, 'string', value);
  return shape.isBlobSchema() ? new Uint8Array(Buffer.from(value, 'base64')) : value;
};

const readStructure = (shape: Shape, value: unknown, names: JsonNames, path: string): object => {
  const record = asObject(value, path);
  const output: Record<string, unknown> = {};
  for (const [name, member] of membersOf(shape)) {
    const wireName = names.jsonName ? (member.getMergedTraits().jsonName ?? name) : name;
    const item = record[wireName];
    if (item !== undefined && item !== null) output[name] = readJson(member, item, names, `${path}/${wireName}`);
  }
  return output;
};

/**
 * The value that a parsed JSON document holds, as the SDK types it: dates for timestamps, bytes for blobs. Unknown
 * members are dropped, as AWS does. Throws `CodecError` with the path of a value of the wrong type.
 */
export const readJson = (shape: Shape, value: unknown, names: JsonNames, path = ''): unknown => {
  if (shape.isDocumentSchema()) return value;
  if (shape.isStructSchema()) return readStructure(shape, value, names, path);
  if (shape.isListSchema()) {
    if (!Array.isArray(value)) throw wrong(path, 'array', value);
    return value.map((item: unknown, index) => (item === null ? null : readJson(shape.getValueSchema(), item, names, `${path}/${index}`)));
  }
  if (shape.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(asObject(value, path)).map(([key, item]) => [key, item === null ? null : readJson(shape.getValueSchema(), item, names, `${path}/${key}`)]),
    );
  }
  return readScalar(shape, value, path);
};

/** Parses JSON text. Throws `CodecError` when it is not well formed. */
export const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch (cause) {
    throw new CodecError('the request body is not valid JSON', { cause });
  }
};
