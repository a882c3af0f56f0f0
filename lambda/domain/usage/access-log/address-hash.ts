import { createHmac } from 'node:crypto';
import type { Hash60 } from '../../audience/sketch.ts';

/** Hashes who is known by address and agent alone. What it is given is kept nowhere longer than a file is read. */
export type AddressHash = (addressAndAgent: string) => Hash60;

const wordMask = 2 ** 30 - 1;

/** Viewers of a file that are remembered, so that each is hashed once: 4 MB. */
const mostRemembered = 20_000;

/** Hashes with a key, without which nobody can try addresses against a sketch. */
export const addressHash = (key: Uint8Array): AddressHash => {
  const known = new Map<string, Hash60>();
  return (addressAndAgent) => {
    const before = known.get(addressAndAgent);
    if (before) return before;
    const digest = createHmac('sha256', key).update(addressAndAgent).digest();
    const hash = { high: digest.readUInt32BE(0) & wordMask, low: digest.readUInt32BE(4) & wordMask };
    if (known.size >= mostRemembered) known.clear();
    known.set(addressAndAgent, hash);
    return hash;
  };
};
