import { RtmpProtocolError } from './protocol-error.ts';

/** A value of AMF0. Objects are maps, so that a peer's key can never reach a prototype. */
export type AmfValue = number | boolean | string | null | undefined | readonly AmfValue[] | ReadonlyMap<string, AmfValue>;

/** Whether a value is an object. */
export const isAmfObject = (value: AmfValue): value is ReadonlyMap<string, AmfValue> => value instanceof Map;

const limits = { depth: 8, members: 512 } as const;
const markers = { number: 0, boolean: 1, string: 2, object: 3, null: 5, undefined: 6, ecmaArray: 8, objectEnd: 9, strictArray: 10, date: 11, longString: 12 } as const;

/** Reads every value of a message, in order. Throws {@link RtmpProtocolError} on anything malformed, too deep or too wide. */
export const readAmfValues = (bytes: Buffer): AmfValue[] => {
  const reader = new AmfReader(bytes);
  const values: AmfValue[] = [];
  while (!reader.atEnd() && values.length < limits.members) values.push(reader.value(0));
  return values;
};

class AmfReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  value(depth: number): AmfValue {
    if (depth > limits.depth) throw new RtmpProtocolError(`AMF0 value is nested deeper than ${limits.depth}`);
    const marker = this.#take(1).readUInt8();
    switch (marker) {
      case markers.number:
        return this.#take(8).readDoubleBE();
      case markers.boolean:
        return this.#take(1).readUInt8() !== 0;
      case markers.string:
        return this.#string(2);
      case markers.longString:
        return this.#string(4);
      case markers.null:
        return null;
      case markers.undefined:
        return undefined;
      case markers.object:
        return this.#members(depth);
      case markers.ecmaArray:
        this.#take(4);
        return this.#members(depth);
      case markers.strictArray:
        return this.#elements(depth);
      case markers.date: {
        const milliseconds = this.#take(8).readDoubleBE();
        this.#take(2);
        return milliseconds;
      }
      default:
        throw new RtmpProtocolError(`AMF0 marker ${marker} is not supported`);
    }
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RtmpProtocolError(`AMF0 value ends ${end - this.#bytes.length} bytes too early`);
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  #string(lengthBytes: 2 | 4): string {
    return this.#take(this.#take(lengthBytes).readUIntBE(0, lengthBytes)).toString('utf8');
  }

  #members(depth: number): ReadonlyMap<string, AmfValue> {
    const members = new Map<string, AmfValue>();
    for (;;) {
      const key = this.#string(2);
      if (key === '' && this.#bytes[this.#at] === markers.objectEnd) {
        this.#at += 1;
        return members;
      }
      if (members.size >= limits.members) throw new RtmpProtocolError(`AMF0 object has more than ${limits.members} members`);
      members.set(key, this.value(depth + 1));
    }
  }

  #elements(depth: number): readonly AmfValue[] {
    const length = this.#take(4).readUInt32BE();
    if (length > limits.members) throw new RtmpProtocolError(`AMF0 array has ${length} elements, at most ${limits.members} are allowed`);
    return Array.from({ length }, () => this.value(depth + 1));
  }
}
