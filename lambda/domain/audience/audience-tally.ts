import type { AgentFamilies } from './agent-families.ts';
import { type Audience, familyKinds, type MinuteSessions, noAudience, precisions } from './audience.ts';
import { addHash, emptySketch, type Sketch } from './sketch.ts';

/** One request of somebody who was let in. */
export interface Watching {
  /** The viewer's hash, and the session's: of one device. */
  viewerHigh: number;
  viewerLow: number;
  sessionHigh: number;
  sessionLow: number;
  isRecording: boolean;
  isByAddress: boolean;
  /** Minutes since the epoch. */
  minute: number;
  families: AgentFamilies;
  geography: string;
}

/** Who watched one breakout in one month, as far as a log file tells. */
export interface AudienceTally {
  add(watching: Readonly<Watching>): void;
  /** Adds a request of somebody who was added before in all but the minute. */
  addAgain(watching: Readonly<Watching>): void;
  audience(): Audience;
  /** Sessions of the show by minute; recordings have no peak. */
  minutes(): MinuteSessions;
}

const minuteMilliseconds = 60_000;

/** Counts in place: an hour of one show takes 250 KB at most, however many watch. */
export const audienceTally = (): AudienceTally => {
  const { live, onDemand, byAddress } = noAudience();
  const families = { device: new Map<string, Sketch>(), browser: new Map<string, Sketch>(), system: new Map<string, Sketch>(), geography: new Map<string, Sketch>() };
  const minutes = new Map<number, Sketch>();
  let newestMinute = 0;
  let minute = -1;
  let inMinute = emptySketch(precisions.minute);
  const sketchIn = <Key>(sketches: Map<Key, Sketch>, key: Key, precision: number): Sketch => {
    const known = sketches.get(key);
    if (known) return known;
    const sketch = emptySketch(precision);
    sketches.set(key, sketch);
    return sketch;
  };
  const addAgain = (watching: Readonly<Watching>): void => {
    newestMinute = Math.max(newestMinute, watching.minute);
    if (watching.isRecording) return;
    if (watching.minute !== minute) {
      minute = watching.minute;
      inMinute = sketchIn(minutes, minute * minuteMilliseconds, precisions.minute);
    }
    addHash(inMinute, watching.sessionHigh, watching.sessionLow);
  };
  return {
    add: (watching) => {
      const { viewerHigh: high, viewerLow: low } = watching;
      addHash(watching.isRecording ? onDemand : live, high, low);
      if (watching.isByAddress) addHash(byAddress, high, low);
      for (const kind of familyKinds) {
        const family = kind === 'geography' ? watching.geography : watching.families[kind];
        addHash(sketchIn(families[kind], family, precisions.family), high, low);
      }
      addAgain(watching);
    },
    addAgain,
    audience: () => ({ live, onDemand, byAddress, families, peak: undefined, watermark: newestMinute * minuteMilliseconds }),
    minutes: () => minutes,
  };
};
