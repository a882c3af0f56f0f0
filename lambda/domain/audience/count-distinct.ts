import { type Sketch, wordBits } from './sketch.ts';

/** Σ x^(2^k) 2^(k-1): corrects for registers that nothing fell into. */
const sigma = (share: number): number => {
  if (share === 1) return Infinity;
  let power = share;
  let weight = 1;
  let sum = share;
  for (let before = NaN; before !== sum; ) {
    power *= power;
    before = sum;
    sum += power * weight;
    weight += weight;
  }
  return sum;
};

/** Corrects for registers that are full. */
const tau = (share: number): number => {
  if (share === 0 || share === 1) return 0;
  let root = share;
  let weight = 1;
  let sum = 1 - share;
  for (let before = NaN; before !== sum; ) {
    root = Math.sqrt(root);
    before = sum;
    weight *= 0.5;
    sum -= (1 - root) ** 2 * weight;
  }
  return sum / 3;
};

/**
 * How many different things a sketch has seen, to the nearest whole number. Ertl's improved raw estimator
 * (https://arxiv.org/abs/1702.01284, algorithm 6), which needs no table of biases and holds for any count.
 */
export const countDistinct = ({ precision, registers }: Sketch): number => {
  const most = 2 * wordBits - precision;
  const counts = new Float64Array(most + 2);
  for (const rank of registers) counts[rank] = (counts[rank] ?? 0) + 1;
  const size = registers.length;
  let sum = size * tau(1 - (counts[most + 1] ?? 0) / size);
  for (let rank = most; rank >= 1; rank -= 1) sum = (sum + (counts[rank] ?? 0)) / 2;
  sum += size * sigma((counts[0] ?? 0) / size);
  return Math.round(size ** 2 / (2 * Math.LN2 * sum));
};
