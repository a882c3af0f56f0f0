import { emptySketch, type Sketch, wordBits } from './sketch.ts';

/** The first byte: how the registers follow. */
const sparse = 1;
const dense = 2;
const headBytes = 2;
const rankBits = 6;
const leastPrecision = 4;
const mostPrecision = 18;

const sparseBytes = (registers: Uint8Array, filled: number): Uint8Array => {
  const bytes = new Uint8Array(headBytes + filled * 3);
  let at = headBytes;
  registers.forEach((rank, index) => {
    if (rank === 0) return;
    const entry = (index << rankBits) | rank;
    bytes[at] = entry >>> 16;
    bytes[at + 1] = entry >>> 8;
    bytes[at + 2] = entry;
    at += 3;
  });
  return bytes;
};

/** Four ranks of six bits are three bytes. */
const denseBytes = (registers: Uint8Array): Uint8Array => {
  const bytes = new Uint8Array(headBytes + (registers.length * 3) / 4);
  for (let index = 0, at = headBytes; index < registers.length; index += 4, at += 3) {
    const [a = 0, b = 0, c = 0, d = 0] = registers.subarray(index, index + 4);
    const four = (a << 18) | (b << 12) | (c << 6) | d;
    bytes[at] = four >>> 16;
    bytes[at + 1] = four >>> 8;
    bytes[at + 2] = four;
  }
  return bytes;
};

/** A sketch as it is kept: the filled registers while they are few, else all, six bits each (12 KB at precision 14). */
export const sketchToBytes = ({ precision, registers }: Sketch): Uint8Array => {
  const filled = registers.reduce((count, rank) => (rank === 0 ? count : count + 1), 0);
  const isSparse = filled * 4 < registers.length;
  const bytes = isSparse ? sparseBytes(registers, filled) : denseBytes(registers);
  bytes[0] = isSparse ? sparse : dense;
  bytes[1] = precision;
  return bytes;
};

const entryAt = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);

const malformed = (what: string): RangeError => new RangeError(`bytes are no sketch: ${what}`);

const setRank = ({ precision, registers }: Sketch, index: number, rank: number): void => {
  if (rank > 2 * wordBits - precision + 1 || index >= registers.length) throw malformed(`register ${index} with rank ${rank} at precision ${precision}`);
  registers[index] = rank;
};

/** A sketch from its bytes. @throws RangeError when they are none */
export const sketchFromBytes = (bytes: Uint8Array): Sketch => {
  const [form, precision = 0] = bytes;
  if (precision < leastPrecision || precision > mostPrecision) throw malformed(`precision ${precision}, expected ${leastPrecision} to ${mostPrecision}`);
  const sketch = emptySketch(precision);
  const size = bytes.length - headBytes;
  const isWhole = form === sparse ? size % 3 === 0 : form === dense && size === (sketch.registers.length * 3) / 4;
  if (!isWhole) throw malformed(`${size} bytes of form ${form ?? 'none'} at precision ${precision}`);
  for (let at = headBytes; at < bytes.length; at += 3) {
    const entry = entryAt(bytes, at);
    const first = ((at - headBytes) / 3) * 4;
    if (form === sparse) setRank(sketch, entry >>> rankBits, entry & 63);
    else for (let place = 0; place < 4; place += 1) setRank(sketch, first + place, (entry >>> (18 - place * rankBits)) & 63);
  }
  return sketch;
};
