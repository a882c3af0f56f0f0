/** A request that cannot be read: not well formed, or a value of the wrong type. Answered with status 400. */
export class CodecError extends Error {
  override readonly name = 'SerializationException';
}

/** What a value is, for messages: `array`, `null`, `string`… */
export const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
