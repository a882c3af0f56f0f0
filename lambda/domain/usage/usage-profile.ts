import { createHash } from 'node:crypto';
import { statusMeasure, sumMeasures, type Measures } from './measures.ts';
import type { LineOwner, RawSeries, UsageLine } from './usage-line.ts';

/** How settled a profile is: first numbers, settled numbers, and any change after that. */
export type ProfileStatus = 'PROVISIONAL' | 'FINAL' | 'CORRECTED';

/** Whose usage a profile is. */
export interface ProfileOwner {
  readonly breakoutId: string;
  readonly eventId: string;
  readonly accountId: string;
}

/** The usage of one breakout in one UTC month, as measured at one time. */
export interface MeasuredProfile extends ProfileOwner {
  readonly month: string;
  readonly stage: 'PROVISIONAL' | 'FINAL';
  readonly lines: readonly UsageLine[];
  /** What the lines were summed from. */
  readonly series: readonly RawSeries[];
  /** When it was measured, ISO 8601. */
  readonly asOf: string;
  readonly priceBookId?: string;
}

/** Which version of a profile counts, with its totals. */
export interface ProfileHead extends ProfileOwner {
  readonly month: string;
  /** From 1; each version is immutable. */
  readonly version: number;
  readonly status: ProfileStatus;
  /** Of the lines: two measurements of the same content have the same one. */
  readonly fingerprint: string;
  readonly asOf: string;
  readonly priceBookId?: string;
  /** Sum of the breakout's lines, with its status as a measure. */
  readonly totals: Measures;
  /** Sum of the platform's lines, which no breakout bears. */
  readonly platformTotals: Measures;
}

const sumOf = (lines: readonly UsageLine[], owner: LineOwner): Measures => sumMeasures(lines.filter((line) => line.owner === owner).map(({ adds }) => adds));

const plain = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** Identifies the content of lines, whatever the order and whenever it was read. */
const fingerprintOf = (lines: readonly UsageLine[]): string => {
  const content = lines.map(({ watermark: _watermark, ...line }) => JSON.stringify(line, plain)).sort();
  return createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 32);
};

/** The status that a measurement has after what is booked: nothing un-settles a profile, and a change after FINAL is a correction. */
const statusAfter = (head: ProfileHead | undefined, stage: 'PROVISIONAL' | 'FINAL', isChanged: boolean): ProfileStatus => {
  if (!head || head.status === 'PROVISIONAL') return stage;
  return isChanged ? 'CORRECTED' : head.status;
};

/** The head that makes a measurement count, or undefined when what is booked says the same or is more settled. */
export const nextHead = (head: ProfileHead | undefined, measured: MeasuredProfile): ProfileHead | undefined => {
  const { lines, series: _series, stage, ...profile } = measured;
  const isSettled = head !== undefined && head.status !== 'PROVISIONAL';
  if (isSettled && stage === 'PROVISIONAL') return undefined;
  const fingerprint = fingerprintOf(lines);
  const status = statusAfter(head, stage, head?.fingerprint !== fingerprint);
  if (head?.fingerprint === fingerprint && head.status === status) return undefined;
  return {
    ...profile,
    version: (head?.version ?? 0) + 1,
    status,
    fingerprint,
    totals: { ...sumOf(lines, 'BREAKOUT'), [statusMeasure[status]]: 1n },
    platformTotals: sumOf(lines, 'PLATFORM'),
  };
};
