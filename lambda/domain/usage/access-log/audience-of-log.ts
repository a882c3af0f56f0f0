import { agentFamilies, type AgentFamilies } from '../../audience/agent-families.ts';
import { audienceTally, type AudienceTally, type Watching } from '../../audience/audience-tally.ts';
import { minuteMilliseconds, monthInterval, monthOf } from '../calendar-month.ts';
import type { LoggedGeography } from '../delivery-log.ts';
import type { AddressHash } from './address-hash.ts';
import { byteInterner } from './byte-interner.ts';
import { textOf } from './field-readers.ts';
import type { LogFields } from './log-fields.ts';
import type { LogLine } from './line-scanner.ts';
import { readSession } from './session-hash.ts';
import { sessionMemory } from './session-memory.ts';
import type { Request } from './traffic-totals.ts';
import { deliveryKinds, type ViewerPath } from './viewer-path.ts';

/** Who watched a breakout in a month, as one file tells. */
export interface LoggedAudience {
  /** UTC: `2026-11`. */
  readonly month: string;
  readonly tally: AudienceTally;
}

/** Different user agents that are remembered: a real audience has a few thousand. */
const mostAgents = 4096;

const monitoring = deliveryKinds.indexOf('MONITORING');
const recording = deliveryKinds.indexOf('RECORDING');

/** Where a session counts within a minute, as one number. */
const placeOf = ({ breakout, kind, geography }: Readonly<Request>, { isByCookies }: Readonly<ViewerPath>): number =>
  ((breakout * deliveryKinds.length + kind) * 16 + geography) * 2 + (isByCookies ? 1 : 0);

/** Collects who watched, breakout by breakout, from the lines of one file. */
export const audienceOfLog = (hashAddress: AddressHash) => {
  const tallies = new Map<number, LoggedAudience[]>();
  const agents = byteInterner(mostAgents);
  const families: AgentFamilies[] = [];
  const watching: Watching = {
    viewerHigh: 0, viewerLow: 0, sessionHigh: 0, sessionLow: 0, isRecording: false, isByAddress: false, minute: 0, families: agentFamilies(''), geography: '',
  };
  const sessions = sessionMemory();
  let atMinute = -1;
  let atBreakout = -1;
  let atTally = audienceTally();
  /** The minutes of the month of `atTally`. */
  let monthFrom = 0;
  let monthTo = 0;

  const familiesOf = (bytes: Uint8Array, from: number, to: number): AgentFamilies => {
    const number = agents.numberOf(bytes, from, to);
    if (number < 0) return agentFamilies(textOf(bytes, from, to));
    return (families[number] ??= agentFamilies(textOf(bytes, from, to)));
  };
  const readAddress = ({ bytes, starts }: LogLine, fields: LogFields): void => {
    const address = textOf(bytes, starts[fields.address] ?? 0, (starts[fields.address + 1] ?? 0) - 1);
    const { high, low } = hashAddress(`${address} ${textOf(bytes, starts[fields.agent] ?? 0, (starts[fields.agent + 1] ?? 0) - 1)}`);
    watching.viewerHigh = watching.sessionHigh = high;
    watching.viewerLow = watching.sessionLow = low;
  };
  const findTally = (breakout: number, minute: number): AudienceTally => {
    const month = monthOf(minute * minuteMilliseconds);
    const { from, to } = monthInterval(month);
    [monthFrom, monthTo] = [from / minuteMilliseconds, to / minuteMilliseconds];
    const ofBreakout = tallies.get(breakout) ?? [];
    const known = ofBreakout.find((one) => one.month === month);
    if (known) return known.tally;
    const made = { month, tally: audienceTally() };
    tallies.set(breakout, [...ofBreakout, made]);
    return made.tally;
  };
  const tallyOf = (breakout: number, minute: number): AudienceTally => {
    if (breakout !== atBreakout || minute !== atMinute) atTally = findTally(breakout, minute);
    atBreakout = breakout;
    atMinute = minute;
    return atTally;
  };
  return {
    /** Adds a request that the edge served; one without a session, or of monitoring, is nobody's. */
    add: (line: LogLine, fields: LogFields, path: Readonly<ViewerPath>, request: Readonly<Request>, geography: LoggedGeography): void => {
      if (path.kind === monitoring || (path.sessionAt < 0 && !path.isByCookies)) return;
      const { bytes, starts } = line;
      if (path.isByCookies) readAddress(line, fields);
      else readSession(watching, bytes, path.sessionAt);
      const agentFrom = starts[fields.agent] ?? 0;
      const agentTo = (starts[fields.agent + 1] ?? 0) - 1;
      const slot = sessions.slotOf(watching, agentTo - agentFrom);
      const before = sessions.countedLast(slot, request.minute, placeOf(request, path));
      if (before === request.minute) return;
      const known = sessions.families(slot);
      watching.families = known ?? familiesOf(bytes, agentFrom, agentTo);
      if (!known) sessions.learn(slot, watching.families);
      watching.isByAddress = path.isByCookies;
      watching.isRecording = path.kind === recording;
      watching.minute = request.minute;
      watching.geography = geography;
      const tally = tallyOf(request.breakout, request.minute);
      // Of somebody who was counted there in this month before, only the minute is new.
      if (known && before >= monthFrom && before < monthTo) tally.addAgain(watching);
      else tally.add(watching);
    },
    /** By the breakouts' numbers. */
    tallies: (): ReadonlyMap<number, readonly LoggedAudience[]> => tallies,
  };
};
