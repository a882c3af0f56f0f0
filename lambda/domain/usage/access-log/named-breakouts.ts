import { byteInterner } from './byte-interner.ts';
import { textOf } from './field-readers.ts';
import { breakoutIdBytes } from './viewer-path.ts';

/** More breakouts in one file than one distribution serves in an hour. What comes after stays unattributed. */
const mostServed = 1000;

/** Paths that the edge refused can name anything: the rest of them is unattributed. */
const mostRefused = 100;

/**
 * Gives the breakouts that paths name a number. Those of served requests, whose token named them, have room of their own,
 * so that nobody crowds them out with refused ones.
 */
export const namedBreakouts = () => {
  const served = byteInterner(mostServed);
  const refused = byteInterner(mostRefused);
  return {
    /** -1 where there is none, or no more room. */
    numberOf: (bytes: Uint8Array, at: number, isServed: boolean): number => {
      if (at < 0) return -1;
      if (isServed) return served.numberOf(bytes, at, at + breakoutIdBytes);
      const number = refused.numberOf(bytes, at, at + breakoutIdBytes);
      return number < 0 ? -1 : mostServed + number;
    },
    /** The id of a number; null for -1. */
    idOf: (number: number): string | null => {
      if (number < 0) return null;
      const bytes = number < mostServed ? served.bytesOf(number) : refused.bytesOf(number - mostServed);
      return textOf(bytes, 0, bytes.length);
    },
  };
};
