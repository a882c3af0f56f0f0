import { createHash } from 'node:crypto';
import type { Hash60 } from '../../../lambda/domain/audience/sketch.ts';

/** Hashes of the whole numbers from `first` on. */
export const someHashes = function* (first: number, count: number): Generator<Hash60> {
  for (let number = first; number < first + count; number += 1) {
    const digest = createHash('sha256').update(String(number)).digest();
    yield { high: digest.readUInt32BE(0) >>> 2, low: digest.readUInt32BE(4) >>> 2 };
  }
};
