import type * as z from 'zod';
import type { breakoutAudienceSchema, eventAudienceSchema } from '../../contract/api/audience.ts';
import type { FamilyShare } from '../../domain/audience/audience-view.ts';
import type { CountedViews, LiveEstimate } from '../../domain/audience/live-estimate.ts';
import type { AudienceReading, BreakoutAudience } from '../../domain/audience/read-audience.ts';

type BreakoutAudienceBody = z.infer<typeof breakoutAudienceSchema>;
type AudienceBody = Omit<z.infer<typeof eventAudienceSchema>, 'eventId'>;

const shares = (family: readonly FamilyShare[]): AudienceBody['devices'] => [...family];

const completenessBody = (completeness: AudienceReading['completeness']): AudienceBody['completeness'] =>
  completeness ? { ...completeness, loggedBytes: completeness.loggedBytes.toString(), totalBytes: completeness.totalBytes.toString() } : null;

/** What every level's audience answers. */
export const audienceBody = ({ watermark, completeness, uniqueViewers, peakConcurrentSessions, families, uncounted }: AudienceReading, month: string | undefined, now: number): AudienceBody => ({
  month: month ?? null,
  asOf: new Date(now).toISOString(),
  watermark,
  completeness: completenessBody(completeness),
  uniqueViewers,
  peakConcurrentSessions,
  devices: shares(families.device),
  browsers: shares(families.browser),
  systems: shares(families.system),
  geographies: shares(families.geography),
  familiesStandardErrorPercent: families.standardErrorPercent,
  uncounted: [...uncounted],
});

const countedBody = ({ at, viewers }: CountedViews): BreakoutAudienceBody['now'] => ({
  at: new Date(at).toISOString(),
  manifestSeconds: null,
  viewers: { value: viewers, label: 'COUNT', source: 'CloudWatch AWS/IVS ConcurrentViews, the most in the newest minute; previews among them' },
  joinsPerTwoMinutes: null,
});

const nowBody = ({ at, manifestSeconds, viewers, joinsPerTwoMinutes }: LiveEstimate): BreakoutAudienceBody['now'] => {
  const guess = (value: number, source: string) => ({ value, label: 'ESTIMATE' as const, source });
  return {
    at: new Date(at).toISOString(),
    manifestSeconds,
    viewers: guess(viewers, `CloudWatch Requests of two minutes, at one manifest and one segment every ${manifestSeconds} s`),
    joinsPerTwoMinutes: guess(joinsPerTwoMinutes, 'the same, less that of the two minutes before: who left is not seen'),
  };
};

/** A breakout's audience as the API answers it. */
export const breakoutAudienceBody = (breakoutId: string, audience: BreakoutAudience, month: string | undefined, now: number): BreakoutAudienceBody => ({
  breakoutId,
  ...audienceBody(audience, month, now),
  now: audience.now === undefined ? null : 'manifestSeconds' in audience.now ? nowBody(audience.now) : countedBody(audience.now),
  logFilesSetAside: audience.setAside.map(({ hour, reason }) => ({ hour, reason })),
});
