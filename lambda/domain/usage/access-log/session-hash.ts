import type { Watching } from '../../audience/audience-tally.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

const valueOf = new Uint8Array(256);
for (let value = 0; value < alphabet.length; value += 1) valueOf[alphabet.charCodeAt(value)] = value;

/** Five characters of base64url as 30 bits. */
const word = (bytes: Uint8Array, at: number): number => {
  let bits = 0;
  for (let index = 0; index < 5; index += 1) bits = (bits << 6) | (valueOf[bytes[at + index] ?? 0] ?? 0);
  return bits;
};

/**
 * Reads the 16 characters of a token's session into `watching`: the first ten are the viewer, an HMAC or random, and so a
 * hash already; with the last six, which are the device's and random, they are the session.
 */
export const readSession = (watching: Watching, bytes: Uint8Array, at: number): void => {
  watching.viewerHigh = word(bytes, at);
  watching.viewerLow = word(bytes, at + 5);
  watching.sessionHigh = watching.viewerHigh ^ word(bytes, at + 10);
  watching.sessionLow = watching.viewerLow ^ ((valueOf[bytes[at + 15] ?? 0] ?? 0) << 24);
};
