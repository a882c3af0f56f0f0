/**
 * A HyperLogLog sketch (Flajolet et al. 2007): how many different things were seen, without the things. 2^precision
 * registers hold the longest run of leading zeros; sketches of one precision join without loss.
 */
export interface Sketch {
  readonly precision: number;
  /** One byte a register, 0 where nothing fell. */
  readonly registers: Uint8Array;
}

/** A hash in two words of 30 bits each: 60 bits, which no count of people exhausts. */
export interface Hash60 {
  readonly high: number;
  readonly low: number;
}

/** Bits of a word of a {@link Hash60}. */
export const wordBits = 30;

/** A sketch of nothing. */
export const emptySketch = (precision: number): Sketch => ({ precision, registers: new Uint8Array(2 ** precision) });

/** The relative standard error of a sketch's count: 1.04 / √registers. */
export const standardError = (precision: number): number => 1.04 / Math.sqrt(2 ** precision);

/** Adds a hash to a sketch in place. Adding it again changes nothing. */
export const addHash = ({ precision, registers }: Sketch, high: number, low: number): void => {
  const restBits = wordBits - precision;
  const index = high >>> restBits;
  const rest = high & ((1 << restBits) - 1);
  const zeros = rest === 0 ? restBits + Math.clz32(low) - (32 - wordBits) : Math.clz32(rest) - (32 - restBits);
  const rank = zeros + 1;
  if (rank > (registers[index] ?? 0)) registers[index] = rank;
};

/** What either has seen. @throws RangeError when their precisions differ */
export const joinSketches = (one: Sketch, other: Sketch): Sketch => {
  if (one.precision !== other.precision) throw new RangeError(`sketches of precision ${one.precision} and ${other.precision} cannot be joined: expected one precision`);
  const registers = one.registers.slice();
  for (let index = 0; index < registers.length; index += 1) {
    const rank = other.registers[index] ?? 0;
    if (rank > (registers[index] ?? 0)) registers[index] = rank;
  }
  return { precision: one.precision, registers };
};
