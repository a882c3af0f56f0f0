import type { Breakout } from '../breakouts/breakout.ts';
import { presentLeg } from '../breakouts/show-leg.ts';
import type { MetricStatistics } from '../monitoring/health/metric-statistics.ts';
import { camChannelId, type CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { Now } from '../shared/time.ts';
import { camViewsMetric } from '../usage/cam/cam-metrics.ts';
import { monthInterval, type Interval } from '../usage/calendar-month.ts';
import type { SetAsideLogFile } from '../usage/delivery-log.ts';
import { cloudFrontRegion, deliveryMetric } from '../usage/delivery-metric.ts';
import { hasCam, isCamAlone } from '../usage/category-views.ts';
import type { Measures } from '../usage/measures.ts';
import { allMonths, type UsageStore } from '../usage/usage-store.ts';
import type { AudienceStore } from './audience-store.ts';
import { audienceView, type AudienceView, type CamShare } from './audience-view.ts';
import { bookedCompleteness, type Completeness, type CompletenessSources, filesSetAside, heldDistributions, type HeldDistribution, measuredCompleteness } from './completeness.ts';
import { type CountedViews, estimateViewers, estimateWindow, type LiveEstimate, manifestSeconds, newestViews, sinceClaim, viewsWindow } from './live-estimate.ts';

/** What reading audiences needs. */
export interface ReadAudienceDeps extends CompletenessSources {
  readonly audiences: Pick<AudienceStore, 'read'>;
  readonly usage: Pick<UsageStore, 'breakoutUsage' | 'eventUsage' | 'accountUsage'>;
  readonly statistics: MetricStatistics;
  readonly now: Now;
}

/** An audience with how much of the delivery it was made of. */
export type AudienceReading = AudienceView & { readonly completeness: Completeness | undefined };

/** A show's audience: also who seems to watch now, and which logs are not in it. */
export type BreakoutAudience = AudienceReading & { readonly now: LiveEstimate | CountedViews | undefined; readonly setAside: readonly SetAsideLogFile[] };

/** A show is watched from the claim of its pipeline to the end of its playout tail. */
const isOnAir = (breakout: Breakout, now: number): boolean => {
  const leg = presentLeg(breakout);
  return leg !== undefined && breakout.startedAt !== undefined && (leg.tailEndsAt === undefined || Date.parse(leg.tailEndsAt) > now) && breakout.status !== 'FAILED';
};

const countNow = async ({ statistics }: ReadAudienceDeps, pipeline: CamPipeline, window: Interval): Promise<CountedViews | undefined> => {
  const [views] = await statistics.read(pipeline.region, [{ metric: camViewsMetric(camChannelId(pipeline)), statistic: 'Maximum' }], window, 60);
  return views && newestViews(views.values, window);
};

const viewersNow = async (deps: ReadAudienceDeps, breakout: Breakout, now: number): Promise<LiveEstimate | CountedViews | undefined> => {
  const { startRequestedAt } = breakout;
  if (startRequestedAt === undefined || !isOnAir(breakout, now)) return undefined;
  const { pipelines, metrics } = deps;
  const pipeline = await pipelines.get(breakout.pipelineId);
  if (pipeline.kind === 'CAM') return countNow(deps, pipeline, sinceClaim(viewsWindow(now), startRequestedAt));
  const window = sinceClaim(estimateWindow(now), startRequestedAt);
  if (window.from === window.to) return undefined;
  const [requests] = await metrics.sumsByMinute(cloudFrontRegion, [deliveryMetric(pipeline.delivery.distributionId, 'Requests')], window);
  return requests && estimateViewers(requests, manifestSeconds(pipeline));
};

const within = (held: readonly HeldDistribution[], month: string | undefined): readonly HeldDistribution[] => {
  if (month === undefined) return held;
  const { from, to } = monthInterval(month);
  const cut = ({ from: start, to: end }: Interval): Interval => ({ from: Math.max(from, start), to: Math.min(to, end) });
  return held.map((one) => ({ ...one, window: cut(one.window) })).filter(({ window }) => window.from < window.to);
};

const camShareOf = (measures: Measures): CamShare => {
  if (!hasCam(measures)) return 'NONE';
  return isCamAlone(measures) ? 'ALL' : 'SOME';
};

/** Who watched a breakout, in a UTC month or ever. Says nothing of whose it is. @throws UnavailableError */
export const readBreakoutAudience =
  (deps: ReadAudienceDeps) =>
  async (breakout: Breakout, month?: string): Promise<BreakoutAudience> => {
    const now = deps.now();
    const { breakoutId } = breakout;
    const [audience, held, booked, estimate, pipeline] = await Promise.all([
      deps.audiences.read({ kind: 'BREAKOUT', id: breakoutId }, month),
      heldDistributions(deps, breakout, now).then((all) => within(all, month)),
      deps.usage.breakoutUsage(breakoutId, month ?? allMonths),
      viewersNow(deps, breakout, now),
      deps.pipelines.get(breakout.pipelineId),
    ]);
    const isFinal = (booked.measures.finalProfiles ?? 0n) + (booked.measures.correctedProfiles ?? 0n) > 0n;
    const completeness = (isFinal ? undefined : await measuredCompleteness(deps, held, now)) ?? bookedCompleteness(booked);
    return { ...audienceView(audience, pipeline.kind === 'CAM' ? 'ALL' : 'NONE'), completeness, now: estimate, setAside: await filesSetAside(deps, held) };
  };

/** Who watched an event, each viewer once whatever the number of breakouts. @throws UnavailableError */
export const readEventAudience =
  ({ audiences, usage }: Pick<ReadAudienceDeps, 'audiences' | 'usage'>) =>
  async (eventId: string, month?: string): Promise<AudienceReading> => {
    const [audience, booked] = await Promise.all([audiences.read({ kind: 'EVENT', id: eventId }, month), usage.eventUsage(eventId, month ?? allMonths)]);
    return { ...audienceView(audience, camShareOf(booked.measures)), completeness: bookedCompleteness(booked) };
  };

/** Who watched an account's shows and recordings in a UTC month, each viewer once. @throws UnavailableError */
export const readAccountAudience =
  ({ audiences, usage }: Pick<ReadAudienceDeps, 'audiences' | 'usage'>) =>
  async (accountId: string, month: string): Promise<AudienceReading> => {
    const [audience, booked] = await Promise.all([audiences.read({ kind: 'ACCOUNT', id: accountId }, month), usage.accountUsage(accountId, month)]);
    return { ...audienceView(audience, camShareOf(booked.measures)), completeness: bookedCompleteness(booked) };
  };
