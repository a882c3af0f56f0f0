import type { AgentFamilies } from '../../audience/agent-families.ts';
import type { Watching } from '../../audience/audience-tally.ts';

/** More sessions than these in one file remember over each other, which costs time alone. */
const slots = 2 ** 17;

/** Session (two words), bytes of its user agent, minute, place, number of its families; two are free, for 32 bytes a record. */
const recordWords = 8;

/** Those of more user agents than this are found out anew each time. */
const mostFamilies = 8192;

/** Remembers the sessions of a file: what they watch with, and where they were counted last. */
export interface SessionMemory {
  /** The slot of a session whose user agent has so many bytes. Another one in it is forgotten. */
  slotOf(watching: Readonly<Watching>, agentBytes: number): number;
  /** What a slot's session watches with; undefined when it is new. */
  families(slot: number): AgentFamilies | undefined;
  learn(slot: number, families: AgentFamilies): void;
  /** The minute in which the session was counted at this place last, -1 when it was not there last; remembers that it is now in this one. */
  countedLast(slot: number, minute: number, place: number): number;
}

/**
 * A player asks for something twenty times a minute and is one viewer on one device: to remember it saves what would
 * change nothing. A session that changes its user agent for one of the same length keeps the families of the first.
 */
export const sessionMemory = (): SessionMemory => {
  // One record a slot, so that a session is one look into the memory and not six.
  const records = new Int32Array(slots * recordWords).fill(-1);
  const known: AgentFamilies[] = [];
  const numbers = new Map<AgentFamilies, number>();
  return {
    slotOf: ({ sessionHigh, sessionLow }, agentBytes) => {
      const slot = (sessionLow & (slots - 1)) * recordWords;
      if (records[slot] === sessionHigh && records[slot + 1] === sessionLow && records[slot + 2] === agentBytes) return slot;
      records[slot] = sessionHigh;
      records[slot + 1] = sessionLow;
      records[slot + 2] = agentBytes;
      records[slot + 3] = -1;
      records[slot + 5] = -1;
      return slot;
    },
    families: (slot) => known[records[slot + 5] ?? -1],
    learn: (slot, families) => {
      const number = numbers.get(families) ?? known.length;
      if (number >= mostFamilies) return;
      numbers.set(families, number);
      known[number] = families;
      records[slot + 5] = number;
    },
    countedLast: (slot, minute, place) => {
      const before = records[slot + 4] === place ? (records[slot + 3] ?? -1) : -1;
      records[slot + 3] = minute;
      records[slot + 4] = place;
      return before;
    },
  };
};
