import type { ProPipeline } from '../pipelines/pipeline.ts';
import { ceilMinute } from '../shared/time.ts';
import { floorMinute, minuteMilliseconds, type Interval } from '../usage/calendar-month.ts';
import type { MinuteSeries } from '../usage/metric-series.ts';

/** How many seem to watch, from how much is asked for: nobody is counted. */
export interface LiveEstimate {
  readonly viewers: number;
  /** How many more than two minutes before, less those who left; not below 0. */
  readonly joinsPerTwoMinutes: number;
  /** The end of the two minutes that it is made of, milliseconds since the epoch. */
  readonly at: number;
  /** How often a player is taken to ask for a manifest, and for one segment. */
  readonly manifestSeconds: number;
}

/** How many views a Cam pipeline's channel had at once, as IVS counts them. */
export interface CountedViews {
  readonly viewers: number;
  /** The end of the minute that it is of, milliseconds since the epoch. */
  readonly at: number;
}

/** Points of the last minutes still grow, and older ones are not now. */
const youngestMinutes = 2;
const oldestMinutes = 12;
const spanMinutes = 2;

/** What a player asks for in each manifest interval: the manifest, and a segment. */
const requestsAnInterval = 2;

/** The minutes whose requests an estimate is made of. */
export const estimateWindow = (now: number): Interval => {
  const to = floorMinute(now) - youngestMinutes * minuteMilliseconds;
  return { from: to - (oldestMinutes - youngestMinutes) * minuteMilliseconds, to };
};

/** The part of a window in which the show held its pipeline, in whole minutes: before its claim who watched was another's. */
export const sinceClaim = ({ from, to }: Interval, startRequestedAt: string): Interval => ({ from: Math.min(to, Math.max(from, Date.parse(ceilMinute(startRequestedAt)))), to });

/** How often players of a pipeline ask for its manifest: as long as a segment is, of the format that most players take. */
export const manifestSeconds = ({ packaging: { endpoints } }: Pick<ProPipeline, 'packaging'>): number => {
  const preferred = endpoints.find(({ format }) => format === 'HLS') ?? endpoints[0];
  return preferred?.segmentSeconds ?? 6;
};

const sumOf = (values: readonly (bigint | null)[]): number => values.reduce((sum, value) => sum + Number(value ?? 0n), 0);

/**
 * Estimates who watches from a distribution's requests by minute: those of the newest two minutes that have points,
 * over what one player asks for in them. Undefined without any point.
 */
export const estimateViewers = ({ from, values }: MinuteSeries, secondsBetweenManifests: number): LiveEstimate | undefined => {
  const newest = values.findLastIndex((value) => value !== null);
  if (newest < 0) return undefined;
  const end = newest + 1;
  const perViewer = (requestsAnInterval * spanMinutes * 60) / secondsBetweenManifests;
  const viewersIn = (first: number, last: number): number => sumOf(values.slice(Math.max(0, first), Math.max(0, last))) / perViewer;
  const viewers = viewersIn(end - spanMinutes, end);
  const before = viewersIn(end - 2 * spanMinutes, end - spanMinutes);
  return {
    viewers: Math.round(viewers),
    joinsPerTwoMinutes: Math.max(0, Math.round(viewers - before)),
    at: from + end * minuteMilliseconds,
    manifestSeconds: secondsBetweenManifests,
  };
};

/** The minutes that are looked through for the newest count of views: a minute has its point within the next. */
export const viewsWindow = (now: number): Interval => ({ from: floorMinute(now) - oldestMinutes * minuteMilliseconds, to: floorMinute(now) });

/** The newest minute's views; undefined without any point. */
export const newestViews = (values: readonly (number | null)[], { from }: Interval): CountedViews | undefined => {
  const newest = values.findLastIndex((value) => value !== null);
  const viewers = values[newest];
  return viewers === null || viewers === undefined ? undefined : { viewers: Math.round(viewers), at: from + (newest + 1) * minuteMilliseconds };
};
