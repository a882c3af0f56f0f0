/** A box of an MP4 file (ISO/IEC 14496-12): its length, its type and its content. */
export const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const length = content.reduce((sum, part) => sum + part.length, 8);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(length);
  header.write(type, 4, 'latin1');
  return Buffer.concat([header, ...content], length);
};

/** A box with a version and flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Buffer[]): Buffer =>
  box(type, unsigned32(((version << 24) | flags) >>> 0), ...content);

/** A box whose type is a UUID, given without hyphens. */
export const extendedBox = (uuid: string, version: number, flags: number, ...content: readonly Buffer[]): Buffer =>
  box('uuid', Buffer.from(uuid, 'hex'), unsigned32(((version << 24) | flags) >>> 0), ...content);

export const unsigned8 = (...values: readonly number[]): Buffer => Buffer.from(values);

/** Numbers of 16 bits each. */
export const unsigned16 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2);
  return bytes;
};

/** Numbers of 32 bits each. */
export const unsigned32 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4);
  return bytes;
};

/** Numbers of 64 bits each. */
export const unsigned64 = (...values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64BE(BigInt(value), index * 8);
  return bytes;
};

export const zeros = (length: number): Buffer => Buffer.alloc(length);
