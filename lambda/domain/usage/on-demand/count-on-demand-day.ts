import { dayInterval } from '../calendar-day.ts';
import { cloudFrontRegion, deliveryMetric } from '../delivery-metric.ts';
import type { DeliveryLogRow, DeliveryLogStore } from '../delivery-log.ts';
import { splitTraffic } from '../meters/delivery-traffic.ts';
import { sumOver, type MetricReader } from '../metric-series.ts';
import type { OverheadDays } from '../overheads/overhead-day.ts';
import { rowsOfDay, type OnDemandTraffic } from './on-demand-traffic.ts';

/** What counting a day of recordings' viewers needs. */
export interface CountOnDemandDayDeps {
  readonly logs: Pick<DeliveryLogStore, 'rows'>;
  readonly metrics: MetricReader;
  readonly traffic: Pick<OnDemandTraffic, 'keep'>;
  readonly overheads: Pick<OverheadDays, 'keep'>;
  /** Where recordings are watched. */
  readonly recordingsDistributionId: string;
  readonly pricedRegion: string;
  readonly now: () => Date;
}

/** What the overheads of recordings' delivery are booked as. */
export const recordingsPurpose = 'recordings';

/**
 * Counts a day of the distribution of recordings: what the logs say of each breakout is that breakout's, what they say
 * of other paths and what no log tells of is the platform's. Answers the breakouts of which more is known than before.
 * The platform's part is kept last: a day that was not counted to its end is counted again.
 */
export const countOnDemandDay =
  ({ logs, metrics, traffic, overheads, recordingsDistributionId: distributionId, pricedRegion: region, now }: CountOnDemandDayDeps) =>
  async (day: string): Promise<readonly string[]> => {
    const window = dayInterval(day);
    const countedAt = now().getTime();
    const [bytes, requests] = await metrics.sumsByMinute(cloudFrontRegion, [deliveryMetric(distributionId, 'BytesDownloaded'), deliveryMetric(distributionId, 'Requests')], window);
    if (!bytes || !requests) throw new RangeError('asked for 2 metrics, got fewer series');
    const byBreakout = Map.groupBy(await logs.rows(distributionId, window), ({ breakoutId }) => breakoutId);
    const rows: readonly DeliveryLogRow[] = byBreakout.get(null) ?? [];
    byBreakout.delete(null);
    const changed: string[] = [];
    for (const [breakoutId, own] of byBreakout) if (breakoutId !== null && (await traffic.keep(breakoutId, day, rowsOfDay(own, day)))) changed.push(breakoutId);
    const attributed = splitTraffic([...byBreakout.values()].flat());
    await overheads.keep({
      purpose: recordingsPurpose,
      day,
      region,
      distributionId,
      total: { bytes: sumOver(bytes, window).sum ?? 0n, requests: sumOver(requests, window).sum ?? 0n },
      attributed: { bytes: attributed.bytes, requests: attributed.requests },
      rows: rowsOfDay(rows, day),
      isComplete: bytes.isComplete && requests.isComplete,
      countedAt,
    });
    return changed;
  };
