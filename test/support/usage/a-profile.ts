import type { Measures } from '../../../lambda/domain/usage/measures.ts';
import type { BreakoutOwner } from '../../../lambda/domain/usage/profile-owner.ts';
import type { UsageLine } from '../../../lambda/domain/usage/usage-line.ts';
import type { MeasuredProfile } from '../../../lambda/domain/usage/usage-profile.ts';
import { itemIds } from './ids.ts';

/** A line of a show. */
export const aLine = (overrides: Partial<UsageLine> = {}): UsageLine => ({
  key: 'packaging/ingress',
  owner: 'BREAKOUT',
  category: 'packaging',
  service: 'MediaPackage',
  dimension: 'live ingest',
  month: '2026-11',
  periodStart: '2026-11-23T10:00:00.000Z',
  periodEnd: '2026-11-23T11:00:00.000Z',
  source: 'CloudWatch AWS/MediaPackage IngressBytes',
  watermark: '2026-11-23T11:05:00.000Z',
  notes: [],
  points: [],
  adds: { packagingIngressBytes: 1000n, packagingNanoUsd: 28n },
  ...overrides,
});

/** A line that adds what it is told. */
export const aLineThatAdds = (adds: Measures, overrides: Partial<UsageLine> = {}): UsageLine => aLine({ adds, ...overrides });

/** A breakout as the owner of a profile. */
export const aBreakoutOwner = (overrides: Partial<Omit<BreakoutOwner, 'kind'>> = {}): BreakoutOwner => ({
  kind: 'BREAKOUT',
  breakoutId: itemIds.breakout,
  eventId: itemIds.event,
  accountId: itemIds.account,
  ...overrides,
});

interface BreakoutProfile extends MeasuredProfile {
  readonly owner: BreakoutOwner;
}

/** A provisional measurement of a breakout with one line. */
export const aMeasuredProfile = (overrides: Partial<BreakoutProfile> = {}): BreakoutProfile => ({
  owner: aBreakoutOwner(),
  month: '2026-11',
  stage: 'PROVISIONAL',
  lines: [aLine()],
  series: [],
  asOf: '2026-11-23T11:05:00.000Z',
  ...overrides,
});
