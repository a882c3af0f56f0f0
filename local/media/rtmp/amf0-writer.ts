import { isAmfObject, type AmfValue } from './amf0-reader.ts';

const string = (text: string, lengthBytes: 2 | 4): Buffer => {
  const bytes = Buffer.from(text, 'utf8');
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(bytes.length, 0, lengthBytes);
  return Buffer.concat([length, bytes]);
};

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(9);
  bytes.writeDoubleBE(value, 1);
  return bytes;
};

const text = (value: string): Buffer =>
  Buffer.byteLength(value) > 0xffff ? Buffer.concat([Buffer.from([12]), string(value, 4)]) : Buffer.concat([Buffer.from([2]), string(value, 2)]);

const list = (values: readonly AmfValue[]): Buffer => {
  const head = Buffer.from([10, 0, 0, 0, 0]);
  head.writeUInt32BE(values.length, 1);
  return Buffer.concat([head, ...values.map(writeAmfValue)]);
};

const object = (members: ReadonlyMap<string, AmfValue>): Buffer =>
  Buffer.concat([Buffer.from([3]), ...[...members].flatMap(([key, value]) => [string(key, 2), writeAmfValue(value)]), Buffer.from([0, 0, 9])]);

/** One value in AMF0. */
export const writeAmfValue = (value: AmfValue): Buffer => {
  if (value === null) return Buffer.from([5]);
  if (value === undefined) return Buffer.from([6]);
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return Buffer.from([1, value ? 1 : 0]);
  if (typeof value === 'string') return text(value);
  return isAmfObject(value) ? object(value) : list(value);
};

/** A message's values, one after the other. */
export const writeAmfValues = (...values: readonly AmfValue[]): Buffer => Buffer.concat(values.map(writeAmfValue));
