import { type Audience, type FamilyKind, precisions } from './audience.ts';
import { countDistinct } from './count-distinct.ts';
import { joinSketches, type Sketch, standardError } from './sketch.ts';

/** A number of people that was not counted one by one: `standardErrorPercent` is one standard deviation. */
export interface EstimatedCount {
  readonly value: number;
  readonly label: 'ESTIMATE';
  readonly standardErrorPercent: number;
}

/** Viewers of one family. */
export interface FamilyShare {
  readonly family: string;
  readonly viewers: number;
}

/** What the logs tell of an audience; null where they tell nothing yet, which is not 0. */
export interface AudienceView {
  /** The newest logged request, ISO 8601. */
  readonly watermark: string | null;
  readonly uniqueViewers: (EstimatedCount & { readonly ofShow: number | null; readonly ofRecordings: number; readonly byAddress: number }) | null;
  /** The most devices that asked for something within one minute. */
  readonly peakConcurrentSessions: (EstimatedCount & { readonly at: string }) | null;
  readonly families: Readonly<Record<FamilyKind, readonly FamilyShare[]>> & { readonly standardErrorPercent: number };
  /** Whose viewers are in no number: IVS writes no log of who watches a Cam show. */
  readonly uncounted: readonly 'CAM_SHOWS'[];
}

/** How much of what was shown went through Cam pipelines. */
export type CamShare = 'NONE' | 'SOME' | 'ALL';

const percentOf = (precision: number): number => Math.round(standardError(precision) * 1000) / 10;

const sharesOf = (family: ReadonlyMap<string, Sketch>): readonly FamilyShare[] =>
  [...family]
    .map(([name, sketch]) => ({ family: name, viewers: countDistinct(sketch) }))
    .sort((one, other) => other.viewers - one.viewers || (one.family < other.family ? -1 : 1));

const familiesOf = (audience: Audience | undefined): AudienceView['families'] => {
  const of = (kind: FamilyKind): readonly FamilyShare[] => (audience ? sharesOf(audience.families[kind]) : []);
  const [device, browser, system, geography] = [of('device'), of('browser'), of('system'), of('geography')];
  return { device, browser, system, geography, standardErrorPercent: percentOf(precisions.family) };
};

/** How an audience reads. Of Cam shows alone nothing is known of who watched them live, which is not nobody. */
export const audienceView = (audience: Audience | undefined, cam: CamShare): AudienceView => {
  const uncounted = cam === 'NONE' ? [] : (['CAM_SHOWS'] as const);
  if (!audience) return { watermark: null, uniqueViewers: null, peakConcurrentSessions: null, families: familiesOf(undefined), uncounted };
  const { live, onDemand, byAddress, peak, watermark } = audience;
  const ofShow = countDistinct(live);
  return {
    watermark: watermark === 0 ? null : new Date(watermark).toISOString(),
    uniqueViewers: {
      value: countDistinct(joinSketches(live, onDemand)),
      label: 'ESTIMATE',
      standardErrorPercent: percentOf(precisions.viewers),
      ofShow: cam === 'ALL' && ofShow === 0 ? null : ofShow,
      ofRecordings: countDistinct(onDemand),
      byAddress: countDistinct(byAddress),
    },
    peakConcurrentSessions: peak ? { value: peak.sessions, label: 'ESTIMATE', standardErrorPercent: percentOf(precisions.minute), at: new Date(peak.at).toISOString() } : null,
    families: familiesOf(audience),
    uncounted,
  };
};
