import type { CamRun } from '../../../lambda/domain/breakouts/cam/cam-run.ts';
import type { StreamSession } from '../../../lambda/domain/breakouts/cam/stream-session.ts';
import type { ListedSession } from '../../../lambda/domain/pipelines/cam-control.ts';
import { NotFoundError } from '../../../lambda/domain/shared/errors.ts';
import type { Interval } from '../../../lambda/domain/usage/calendar-month.ts';
import type { MetricName, MinuteSeries } from '../../../lambda/domain/usage/metric-series.ts';
import type { CountCamDayDeps } from '../../../lambda/domain/usage/overheads/count-cam-day.ts';
import { memoryCamOverheadDays } from './memory-overheads.ts';
import { aMinuteSeries } from './minute-series.ts';

/** A session as IVS lists it, with the lines of its picture, and whether it was refused before anyone could watch it. */
export interface SessionInWorld extends ListedSession {
  readonly heightPixels?: number;
  readonly isRefused?: true;
}

/** A Cam channel: what was streamed into it, for shows and for nobody, and what it counted by minute. */
export const camWorld = () => {
  const world = {
    runs: [] as readonly CamRun[],
    /** Of shows. */
    kept: [] as readonly StreamSession[],
    listed: [] as readonly SessionInWorld[],
    isGone: false,
    /** Milliseconds by minute. */
    input: new Map<number, bigint>(),
    delivered: new Map<number, bigint>(),
    byCountry: new Map<string, Map<number, bigint>>(),
  };
  const series = ({ name, dimensions }: MetricName, { from, to }: Interval): MinuteSeries => {
    const country = dimensions['ViewerCountryCode'];
    const points = name === 'LiveInputTime' ? world.input : country === undefined ? world.delivered : world.byCountry.get(country);
    return aMinuteSeries({ from, to }, Object.fromEntries([...(points ?? [])].filter(([at]) => at >= from && at < to).map(([at, amount]) => [(at - from) / 60_000, amount])));
  };
  const deps: CountCamDayDeps['cam'] = {
    runs: { get: async (breakoutId, attempt) => world.runs.find((run) => run.breakoutId === breakoutId && run.attempt === attempt) },
    sessions: { list: async (breakoutId) => world.kept.filter((session) => session.breakoutId === breakoutId) },
    streams: {
      sessions: async (_channelArn, since) => {
        if (world.isGone) throw new NotFoundError({ code: 'channel-not-found', message: 'no such channel' });
        return world.listed.filter(({ startedAt }) => startedAt >= since);
      },
      session: async (_channelArn, streamId) => {
        const session = world.listed.find((one) => one.streamId === streamId);
        if (session?.heightPixels === undefined) return undefined;
        const { startedAt, heightPixels, isRefused } = session;
        const event = isRefused ? 'Session Created' : 'Stream Start';
        return { events: [{ name: event, type: 'IVS Stream State Change', at: startedAt }], source: { widthPixels: 1, heightPixels, framesPerSecond: 30, bitsPerSecond: 1, codec: 'avc1' } };
      },
    },
    viewerCountries: { ofChannel: async () => [...world.byCountry.keys()].sort() },
    days: memoryCamOverheadDays(),
  };
  return Object.assign(world, { series, deps });
};
