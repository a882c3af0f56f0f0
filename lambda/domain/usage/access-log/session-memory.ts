import type { AgentFamilies } from '../../audience/agent-families.ts';
import type { Watching } from '../../audience/audience-tally.ts';

/** More sessions than these in one file remember over each other, which costs time alone. */
const slots = 2 ** 17;

/** Remembers the sessions of a file: what they watch with, and where they were counted last. */
export interface SessionMemory {
  /** The slot of a session whose user agent has so many bytes. Another one in it is forgotten. */
  slotOf(watching: Readonly<Watching>, agentBytes: number): number;
  /** What a slot's session watches with; undefined when it is new. */
  families(slot: number): AgentFamilies | undefined;
  learn(slot: number, families: AgentFamilies): void;
  /** Whether the session was counted in this minute at this place before; remembers that it is now. */
  isRepeated(slot: number, minute: number, place: number): boolean;
}

/**
 * A player asks for something twenty times a minute and is one viewer on one device: to remember it saves what would
 * change nothing. A session that changes its user agent for one of the same length keeps the families of the first.
 */
export const sessionMemory = (): SessionMemory => {
  const high = new Int32Array(slots).fill(-1);
  const low = new Int32Array(slots);
  const agents = new Int32Array(slots);
  const minutes = new Int32Array(slots);
  const places = new Int32Array(slots);
  const known: (AgentFamilies | undefined)[] = new Array<AgentFamilies | undefined>(slots).fill(undefined);
  return {
    slotOf: ({ sessionHigh, sessionLow }, agentBytes) => {
      const slot = sessionLow & (slots - 1);
      if (high[slot] === sessionHigh && low[slot] === sessionLow && agents[slot] === agentBytes) return slot;
      high[slot] = sessionHigh;
      low[slot] = sessionLow;
      agents[slot] = agentBytes;
      minutes[slot] = -1;
      known[slot] = undefined;
      return slot;
    },
    families: (slot) => known[slot],
    learn: (slot, families) => {
      known[slot] = families;
    },
    isRepeated: (slot, minute, place) => {
      if (minutes[slot] === minute && places[slot] === place) return true;
      minutes[slot] = minute;
      places[slot] = place;
      return false;
    },
  };
};
