import { createHash } from 'node:crypto';
import { accruingMeasure, statusMeasure, sumMeasures, type Measures } from './measures.ts';
import { meteredByLines } from './metered-lines.ts';
import type { MeteredTotals } from './metered-totals.ts';
import { ownerIdOf, type ProfileOwner } from './profile-owner.ts';
import type { RawSeries, UsageLine } from './usage-line.ts';

/** How settled a profile is: first numbers, settled numbers, and any change after that. */
export type ProfileStatus = 'PROVISIONAL' | 'FINAL' | 'CORRECTED';

/** OPEN while something of the month is still held; CLOSED once that is measured to its end, or the month's. */
export type Accrual = 'OPEN' | 'CLOSED';

/** The usage of one owner in one UTC month, as measured at one time. */
export interface MeasuredProfile {
  readonly owner: ProfileOwner;
  readonly month: string;
  readonly stage: 'PROVISIONAL' | 'FINAL';
  readonly lines: readonly UsageLine[];
  /** What the lines were summed from. */
  readonly series: readonly RawSeries[];
  /** When it was measured, ISO 8601. */
  readonly asOf: string;
  readonly priceBookId?: string;
  /** The account's price terms that its charges are by; absent = the customer pays what it costs. */
  readonly priceTermsId?: string;
  /** Whether its accruing lines are measured to the end; absent when nothing of it accrues. */
  readonly accrual?: Accrual;
}

/** Which version of a profile counts, with its totals. */
export interface ProfileHead extends Omit<MeasuredProfile, 'stage' | 'lines' | 'series'> {
  /** From 1; each version is immutable. */
  readonly version: number;
  readonly status: ProfileStatus;
  /** Of the lines: two measurements of the same content have the same one. */
  readonly fingerprint: string;
  /** Of the lines that do not accrue. */
  readonly settledFingerprint: string;
  /** Sum of the lines that its owner bears, with its status as a measure. */
  readonly totals: Measures;
  /** Sum of the lines in a breakout's or an account's profile that the platform bears. */
  readonly platformTotals: Measures;
  /** What the owner's lines count towards volume tiers. */
  readonly metered: MeteredTotals;
  /** What the platform's lines count towards volume tiers. */
  readonly platformMetered: MeteredTotals;
}

const plain = (_name: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** Identifies the content of lines, whatever the order and whenever it was read. */
const fingerprintOf = (lines: readonly UsageLine[]): string => {
  const content = lines.map(({ watermark: _watermark, ...line }) => JSON.stringify(line, plain)).sort();
  return createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 32);
};

type Fingerprints = Pick<ProfileHead, 'fingerprint' | 'settledFingerprint'>;

/**
 * The status that a measurement has after what is booked: nothing un-settles a profile, and a change after FINAL is a
 * correction, but for what accrues while it does.
 */
const statusAfter = (head: ProfileHead | undefined, stage: 'PROVISIONAL' | 'FINAL', { fingerprint, settledFingerprint }: Fingerprints): ProfileStatus => {
  if (!head || head.status === 'PROVISIONAL') return stage;
  const isChanged = head.accrual === 'OPEN' ? settledFingerprint !== head.settledFingerprint : fingerprint !== head.fingerprint;
  return isChanged ? 'CORRECTED' : head.status;
};

/**
 * Whether what is booked is more settled than a measurement, which then came late. What was closed opens again only by
 * what was measured later: something has been found that is still held.
 */
const isLate = (head: ProfileHead | undefined, { stage, accrual, asOf }: MeasuredProfile): boolean => {
  if (head === undefined) return false;
  return (stage === 'PROVISIONAL' && head.status !== 'PROVISIONAL') || (accrual === 'OPEN' && head.accrual === 'CLOSED' && asOf <= head.asOf);
};

const unique = (lines: readonly UsageLine[]): readonly UsageLine[] => {
  const keys = new Set<string>();
  for (const { key } of lines) {
    if (keys.has(key)) throw new RangeError(`two lines have the key "${key}", expected one of each: what is measured twice is not billed twice`);
    keys.add(key);
  }
  return lines;
};

/** The two sides of a profile: what its owner bears, and what the platform does. */
const totalsOf = (lines: readonly UsageLine[], owner: ProfileOwner): Pick<ProfileHead, 'totals' | 'platformTotals' | 'metered' | 'platformMetered'> => {
  const own = lines.filter((line) => line.owner === owner.kind);
  const platforms = lines.filter((line) => line.owner !== owner.kind);
  const stranger = platforms.find((line) => line.owner !== 'PLATFORM');
  if (stranger) throw new RangeError(`line "${stranger.key}" is borne by ${stranger.owner}, expected ${owner.kind} or PLATFORM in a profile of ${ownerIdOf(owner)}`);
  const adds = (part: readonly UsageLine[]): Measures => sumMeasures(part.map((line) => line.adds));
  return { totals: adds(own), platformTotals: adds(platforms), metered: meteredByLines(own), platformMetered: meteredByLines(platforms) };
};

/**
 * The head that makes a measurement count, or undefined when what is booked says the same or is more settled.
 * @throws RangeError when two lines have one key, or a line is borne by another kind of owner
 */
export const nextHead = (head: ProfileHead | undefined, measured: MeasuredProfile): ProfileHead | undefined => {
  const { lines, series: _series, stage, ...profile } = measured;
  if (isLate(head, measured)) return undefined;
  const fingerprints = { fingerprint: fingerprintOf(lines), settledFingerprint: fingerprintOf(lines.filter(({ accrues }) => accrues !== true)) };
  const status = statusAfter(head, stage, fingerprints);
  if (head?.fingerprint === fingerprints.fingerprint && head.status === status && head.accrual === measured.accrual) return undefined;
  const { totals, ...sums } = totalsOf(unique(lines), profile.owner);
  const counts: Measures = { [statusMeasure[status]]: 1n, ...(profile.accrual === undefined ? {} : { [accruingMeasure]: profile.accrual === 'OPEN' ? 1n : 0n }) };
  return { ...profile, version: (head?.version ?? 0) + 1, status, ...fingerprints, totals: { ...totals, ...counts }, ...sums };
};
