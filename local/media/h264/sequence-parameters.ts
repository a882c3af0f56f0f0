/** What a sequence parameter set says of the pictures (ITU-T H.264, 7.3.2.1). */
export interface SequenceParameters {
  readonly profile: number;
  /** Ten times the level: 31 is 3.1. */
  readonly level: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

const withChromaFormat = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128]);
const macroblockPixels = 16;

/** Reads a sequence parameter set, from its first byte on. `undefined` where it is cut short or none. */
const readSequenceParameters = (unit: Buffer): SequenceParameters | undefined => {
  const [profile, , level] = unit.subarray(1, 4);
  if (profile === undefined || level === undefined) return undefined;
  const bits = new BitReader(unit.subarray(4));
  bits.exponential();
  const chroma = withChromaFormat.has(profile) ? skipHighProfile(bits) : 1;
  bits.exponential();
  skipPictureOrder(bits);
  bits.exponential();
  bits.take(1);
  const columns = bits.exponential() + 1;
  const rows = bits.exponential() + 1;
  const fields = 2 - bits.take(1);
  if (fields === 2) bits.take(1);
  bits.take(1);
  const [left, right, top, bottom] = bits.take(1) === 1 ? [bits.exponential(), bits.exponential(), bits.exponential(), bits.exponential()] : [0, 0, 0, 0];
  if (bits.isExhausted) return undefined;
  const [unitWidth, unitHeight] = [chroma === 1 || chroma === 2 ? 2 : 1, (chroma === 1 ? 2 : 1) * fields];
  return { profile, level, widthPixels: columns * macroblockPixels - unitWidth * (left + right), heightPixels: fields * rows * macroblockPixels - unitHeight * (top + bottom) };
};

/** The first sequence parameter set of an AVCDecoderConfigurationRecord (ISO/IEC 14496-15). `undefined` where it has none. */
export const readDecoderConfiguration = (record: Buffer): SequenceParameters | undefined => {
  const headBytes = 8;
  if (record.length < headBytes || record[0] !== 1 || ((record[5] ?? 0) & 31) === 0) return undefined;
  return readSequenceParameters(record.subarray(headBytes, headBytes + record.readUInt16BE(6)));
};

/** Skips what high profiles say of their samples; answers the format of the colours. */
const skipHighProfile = (bits: BitReader): number => {
  const chroma = bits.exponential();
  if (chroma === 3) bits.take(1);
  bits.exponential();
  bits.exponential();
  bits.take(1);
  if (bits.take(1) === 1) for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1) if (bits.take(1) === 1) skipScalingList(bits, list < 6 ? 16 : 64);
  return chroma;
};

const skipScalingList = (bits: BitReader, size: number): void => {
  let [last, next] = [8, 8];
  for (let index = 0; index < size && next !== 0; index += 1) {
    next = (last + bits.signedExponential() + 256) % 256;
    last = next === 0 ? last : next;
  }
};

const skipPictureOrder = (bits: BitReader): void => {
  const type = bits.exponential();
  if (type === 0) bits.exponential();
  if (type !== 1) return;
  bits.take(1);
  bits.exponential();
  bits.exponential();
  // A stream says at most 255 of them.
  for (let count = Math.min(bits.exponential(), 255); count > 0; count -= 1) bits.exponential();
};

/** Reads bits; past the end there are zeroes, and `isExhausted` says so. */
class BitReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(escaped: Buffer) {
    this.#bytes = withoutEscapes(escaped);
  }

  get isExhausted(): boolean {
    return this.#at > this.#bytes.length * 8;
  }

  take(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index += 1, this.#at += 1) value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    return value;
  }

  exponential(): number {
    let zeroes = 0;
    while (this.take(1) === 0 && zeroes < 32 && !this.isExhausted) zeroes += 1;
    return 2 ** zeroes - 1 + this.take(zeroes);
  }

  signedExponential(): number {
    const code = this.exponential();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }
}

const withoutEscapes = (bytes: Buffer): Buffer => Buffer.from([...bytes].filter((byte, index) => !(byte === 3 && index >= 2 && bytes[index - 1] === 0 && bytes[index - 2] === 0)));
