/** Gives each different sequence of bytes a number, from 0 on, in order of appearance. */
export interface ByteInterner {
  /** The number of a sequence; -1 when it is new and there is no room for it. */
  numberOf(bytes: Uint8Array, from: number, to: number): number;
  /** The sequence of a number. */
  bytesOf(number: number): Uint8Array;
  readonly size: number;
}

/** FNV-1a, 32 bits (https://datatracker.ietf.org/doc/html/draft-eastlake-fnv), of every second byte and the length. */
const hashOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5 ^ (to - from);
  for (let at = from; at < to; at += 2) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return hash;
};

const isEqual = (known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean => {
  if (known.length !== to - from) return false;
  for (let index = 0; index < known.length; index += 1) if (known[index] !== bytes[from + index]) return false;
  return true;
};

/** Longer searches are no accident: what cannot be found so far has no room. */
const mostProbes = 64;

/** An interner with room for `most` sequences, so that what strangers send cannot fill the memory. */
export const byteInterner = (most: number): ByteInterner => {
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(most * 2)));
  const known: Uint8Array[] = [];
  /** What was asked for last is nearly always asked for again. */
  let last = 0;
  const learn = (slot: number, bytes: Uint8Array, from: number, to: number): number => {
    known.push(new Uint8Array(bytes.subarray(from, to)));
    slots[slot] = known.length;
    return known.length - 1;
  };
  return {
    numberOf: (bytes, from, to) => {
      const before = known[last];
      if (before !== undefined && isEqual(before, bytes, from, to)) return last;
      let slot = hashOf(bytes, from, to) & (slots.length - 1);
      for (let probe = 0; probe < mostProbes; probe += 1) {
        const number = (slots[slot] ?? 0) - 1;
        const found = known[number];
        if (found === undefined) return known.length < most ? learn(slot, bytes, from, to) : -1;
        if (isEqual(found, bytes, from, to)) {
          last = number;
          return number;
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      return -1;
    },
    bytesOf: (number) => known[number] ?? new Uint8Array(0),
    get size() {
      return known.length;
    },
  };
};
