import { dayInterval } from '../calendar-day.ts';
import type { DeliveryLogRow, DeliveryLogStore } from '../delivery-log.ts';
import { splitTraffic } from '../meters/delivery-traffic.ts';
import type { MetricReader } from '../metric-series.ts';
import { readDistributionDay } from '../overheads/distribution-day.ts';
import type { OverheadDay, OverheadDays } from '../overheads/overhead-day.ts';
import { rowsOfDay, rowsOfHours, type OnDemandTraffic } from './on-demand-traffic.ts';

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
 * `before` is what was counted then.
 */
export const countOnDemandDay =
  (deps: CountOnDemandDayDeps) =>
  async (day: string, before?: OverheadDay): Promise<readonly string[]> => {
    const { logs, traffic, overheads, recordingsDistributionId: distributionId, pricedRegion: region } = deps;
    const window = dayInterval(day);
    const countedAt = deps.now().getTime();
    const counted = await readDistributionDay(deps, distributionId, { whole: window, windows: [window], before });
    const byBreakout = Map.groupBy(await logs.rows(distributionId, window), ({ breakoutId }) => breakoutId);
    const rows: readonly DeliveryLogRow[] = byBreakout.get(null) ?? [];
    byBreakout.delete(null);
    const changed: string[] = [];
    for (const [breakoutId, own] of byBreakout) if (breakoutId !== null && (await traffic.keep(breakoutId, day, rowsOfHours(own)))) changed.push(breakoutId);
    const attributed = splitTraffic([...byBreakout.values()].flat());
    await overheads.keep({
      purpose: recordingsPurpose,
      day,
      region,
      distributionId,
      ...counted,
      attributed: { bytes: attributed.bytes, requests: attributed.requests },
      rows: rowsOfDay(rows, day),
      countedAt,
    });
    return changed;
  };
