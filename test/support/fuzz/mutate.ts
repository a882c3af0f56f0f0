import type { SeededRandom } from './seeded-random.ts';

type Mutation = (random: SeededRandom, bytes: Buffer) => Buffer;

const extremes = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7f_ffff, 0xff_ffff, 0x7fff_ffff, 0xffff_ffff] as const;

const flipBit: Mutation = (random, bytes) => {
  const at = random.int(bytes.length);
  bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << random.int(8)), at);
  return bytes;
};

/** What may be a length, a size or a time becomes an extreme one. */
const overwriteField: Mutation = (random, bytes) => {
  const width = 1 + random.int(4);
  if (bytes.length < width) return bytes;
  const value = random.pick(extremes) % 2 ** (8 * width);
  const at = random.int(bytes.length - width + 1);
  if (random.chance(0.8)) bytes.writeUIntBE(value, at, width);
  else bytes.writeUIntLE(value, at, width);
  return bytes;
};

const range = (random: SeededRandom, bytes: Buffer): readonly [number, number] => {
  const from = random.int(bytes.length);
  return [from, Math.min(bytes.length, from + 1 + random.int(64))];
};

const mutations: readonly Mutation[] = [
  flipBit,
  overwriteField,
  (random, bytes) => bytes.subarray(0, random.int(bytes.length)),
  (random, bytes) => {
    const [from, to] = range(random, bytes);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (random, bytes) => {
    const [from, to] = range(random, bytes);
    return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
  },
  (random, bytes) => {
    const at = random.int(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.int(32)), bytes.subarray(at)]);
  },
  (random, bytes) => {
    const [[from, to], at] = [range(random, bytes), random.int(bytes.length)];
    bytes.copy(bytes, at, from, to);
    return bytes;
  },
];

/** A copy with one to six mutations: flips, extreme fields, truncations, cuts, repetitions, insertions, splices. */
export const mutated = (random: SeededRandom, original: Buffer): Buffer => {
  let bytes: Buffer = Buffer.from(original);
  for (let left = 1 + random.int(6); left > 0 && bytes.length > 0; left -= 1) bytes = random.pick(mutations)(random, bytes);
  return bytes;
};

/** The bytes as a network may deliver them. */
export const inPieces = (random: SeededRandom, bytes: Buffer): Buffer[] => {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = random.chance(0.2) ? 1 + random.int(8) : 1 + random.int(4096);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
};
