import type { BreakoutStore } from '../../breakouts/breakout-store.ts';
import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import { outcomeOf } from '../../breakouts/cam/session-outcome.ts';
import { couldBeWatched, type StreamSession, type StreamSessionStore } from '../../breakouts/cam/stream-session.ts';
import { legsOf } from '../../breakouts/show-leg.ts';
import type { ListedSession, StreamWatch } from '../../pipelines/cam-control.ts';
import { camChannelId } from '../../pipelines/cam-pipeline.ts';
import type { HoldHistory, PipelineHold } from '../../pipelines/pipeline-hold.ts';
import { uncovered, union } from '../../recordings/archive/intervals.ts';
import { NotFoundError } from '../../shared/errors.ts';
import { dayInterval, dayMilliseconds } from '../calendar-day.ts';
import { intersection, isoTime, type Interval } from '../calendar-month.ts';
import { borneByShow } from '../cam/cam-facts.ts';
import { camDeliveredMetric, camInputMetric, type ViewerCountries } from '../cam/cam-metrics.ts';
import { watchedClasses } from '../meters/cam-delivery-meter.ts';
import { countInput, type StreamedSession } from '../meters/cam-meter.ts';
import { sumOver, type MetricReader, type MinuteSeries } from '../metric-series.ts';
import { legWindows } from '../show-window.ts';
import type { CamOverheadDay, CamOverheadDays } from './cam-overhead-day.ts';
import { holdsOfDay } from './holds-of-day.ts';
import type { KnownCamPipeline } from './known-pipelines.ts';

/** What counting a day of a Cam pipeline's overheads needs. */
export interface CountCamDayDeps {
  readonly holds: HoldHistory;
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly cam: {
    readonly runs: Pick<CamRunStore, 'get'>;
    readonly sessions: Pick<StreamSessionStore, 'list'>;
    readonly streams: Pick<StreamWatch, 'sessions' | 'session'>;
    readonly viewerCountries: ViewerCountries;
    readonly days: CamOverheadDays;
  };
  readonly metrics: MetricReader;
  readonly now: () => Date;
}

/** What the overheads of a Cam pipeline are booked as. */
export const camPurpose = (pipelineId: string): string => `cam-pipeline/${pipelineId}`;

/** A stream may go on longer than a day. Streams are ended by IVS after two days. Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html */
const longestStreamMilliseconds = 3 * dayMilliseconds;

/** What shows bear of a pipeline: the minutes in which they had it, as they are metered, and their stream sessions. */
interface BorneByShows {
  readonly held: readonly Interval[];
  readonly streams: readonly Pick<StreamSession, 'streamId' | 'isNeverLive'>[];
}

const borneBy = async ({ breakouts, cam }: CountCamDayDeps, { breakoutId, attempt }: PipelineHold, until: number): Promise<BorneByShows> => {
  const [breakout, run, sessions] = await Promise.all([breakouts.get(breakoutId), cam.runs.get(breakoutId, attempt), cam.sessions.list(breakoutId)]);
  const leg = legsOf(breakout).find((one) => one.attempt === attempt);
  const windows = leg && legWindows(leg, run, until);
  if (!windows) return { held: [], streams: [] };
  const own = sessions.filter((session) => session.attempt === attempt);
  return { held: [borneByShow(windows, own)], streams: own };
};

/** A stream with what the service listed of it. */
interface ListedStream extends StreamedSession {
  readonly listed: ListedSession;
}

/** A channel that is gone has its metrics still, and no sessions. */
const listedSessions = async ({ cam }: CountCamDayDeps, channelArn: string, since: number): Promise<readonly ListedSession[]> => {
  try {
    return await cam.streams.sessions(channelArn, isoTime(since));
  } catch (error) {
    if (error instanceof NotFoundError) return [];
    throw error;
  }
};

const lengthIn = (session: Interval, windows: readonly Interval[]): number =>
  windows.reduce((length, window) => {
    const { from, to } = intersection(session, window);
    return length + to - from;
  }, 0);

const sumIn = (series: MinuteSeries, windows: readonly Interval[]): bigint | null => {
  const sums = windows.flatMap((window) => sumOver(series, window).sum ?? []);
  return sums.length === 0 ? null : sums.reduce((sum, one) => sum + one, 0n);
};

interface ReadDay {
  readonly input: MinuteSeries;
  readonly delivered: MinuteSeries;
  readonly byCountry: readonly { readonly country: string; readonly series: MinuteSeries }[];
}

const readDay = async ({ metrics, cam }: CountCamDayDeps, { region, channelArn }: KnownCamPipeline, whole: Interval): Promise<ReadDay> => {
  const channelId = camChannelId({ channel: { channelArn } });
  const countries = await cam.viewerCountries.ofChannel(region, channelId);
  const [input, delivered, ...byCountry] = await metrics.sumsByMinute(region, [camInputMetric(channelId), camDeliveredMetric(channelId), ...countries.map((country) => camDeliveredMetric(channelId, country))], whole);
  if (!input || !delivered || byCountry.length !== countries.length) throw new RangeError(`asked for ${countries.length + 2} metrics, got fewer series`);
  return { input, delivered, byCountry: byCountry.flatMap((series, index) => ({ country: countries[index] ?? '', series })) };
};

/** What of nobody's streams could be watched, with the pictures, which say what viewers can have been given. */
const watchable = async ({ cam }: CountCamDayDeps, channelArn: string, sessions: readonly ListedStream[]): Promise<readonly StreamedSession[]> => {
  const told: StreamedSession[] = [];
  // One after the other: the service takes five calls a second.
  for (const { listed, ...session } of sessions) {
    const detail = await cam.streams.session(channelArn, session.streamId);
    if (detail && !couldBeWatched(outcomeOf(listed, detail.events))) continue;
    told.push(detail?.source === undefined ? session : { ...session, picture: detail.source });
  }
  return told;
};

type CountedAmounts = Pick<CamOverheadDay, 'inputMilliseconds' | 'minutesBySessions' | 'deliveredMilliseconds' | 'deliveredByCountry' | 'isComplete'>;

const amountsIn = ({ input, delivered, byCountry }: ReadDay, sessions: readonly StreamedSession[], free: readonly Interval[]): CountedAmounts => {
  const counted = free.map((window) => countInput({ input, sessions }, window));
  const deliveredByCountry = byCountry.flatMap(({ country, series }) => {
    const milliseconds = sumIn(series, free) ?? 0n;
    return milliseconds === 0n ? [] : [{ country, milliseconds }];
  });
  // Where another metric has points, or nobody streamed, that the total has none means that it is 0, or that of the countries.
  const isKnown = deliveredByCountry.length > 0 || sumIn(input, free) !== null || counted.every(({ hasData }) => !hasData);
  return {
    inputMilliseconds: counted.reduce((sum, { milliseconds }) => sum + milliseconds, 0n),
    minutesBySessions: counted.reduce((sum, { bySessions }) => sum + bySessions, 0),
    deliveredMilliseconds: sumIn(delivered, free) ?? (isKnown ? 0n : null),
    deliveredByCountry,
    isComplete: [input, delivered, ...byCountry.map(({ series }) => series)].every(({ isComplete }) => isComplete),
  };
};

/**
 * Counts what the platform bears of a day of a Cam pipeline: what was streamed and watched in the minutes in which no show
 * had it, which are those that no show is metered by. Counting again says the same or knows more.
 */
export const countCamDay =
  (deps: CountCamDayDeps) =>
  async (pipeline: KnownCamPipeline, day: string): Promise<void> => {
    const { pipelineId, region, channelArn, channelType } = pipeline;
    const whole = dayInterval(day);
    const countedAt = deps.now().getTime();
    const shows = await Promise.all((await holdsOfDay(deps.holds, pipelineId, day)).map((hold) => borneBy(deps, hold, countedAt)));
    const free = uncovered(whole, union(shows.flatMap(({ held }) => held)));
    const ofShows = new Map(shows.flatMap(({ streams }) => streams.map((stream) => [stream.streamId, stream])));
    const sessions = (await listedSessions(deps, channelArn, whole.from - longestStreamMilliseconds))
      .map((listed): ListedStream => ({ listed, streamId: listed.streamId, from: Date.parse(listed.startedAt), to: listed.endedAt === undefined ? countedAt : Date.parse(listed.endedAt) }))
      .filter((session) => lengthIn(session, [whole]) > 0);
    const nobodys = await watchable(deps, channelArn, sessions.filter(({ streamId }) => !ofShows.has(streamId)));
    const ofThem = sessions.filter(({ streamId }) => {
      const stream = ofShows.get(streamId);
      return stream !== undefined && couldBeWatched(stream);
    });
    await deps.cam.days.keep({
      purpose: camPurpose(pipelineId),
      day,
      region,
      channelArn,
      channelType,
      streamedMilliseconds: BigInt(nobodys.reduce((sum, session) => sum + lengthIn(session, [whole]), 0)),
      ...amountsIn(await readDay(deps, pipeline, whole), [...nobodys, ...ofThem], free),
      classes: watchedClasses(channelType, nobodys),
      countedAt,
    });
  };
