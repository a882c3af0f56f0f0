import { camChannelId, type CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { ProPipeline } from '../pipelines/pipeline.ts';
import { minuteMilliseconds, type Interval } from './calendar-month.ts';
import { camDeliveredMetric, camInputMetric, countriesIn, type ViewerCountries } from './cam/cam-metrics.ts';
import { cloudFrontRegion, deliveryMetric } from './delivery-metric.ts';
import { rememberedPart, withForgotten } from './forgotten-minutes.ts';
import type { MetricReading, ReadSeries } from './metric-readings.ts';
import type { MetricName, MetricReader, MinuteSeries } from './metric-series.ts';
import type { ShowWindows } from './show-window.ts';

/** What of a Pro pipeline its metrics go by. */
export type MeasuredPro = Pick<ProPipeline, 'kind' | 'region' | 'packaging' | 'delivery'>;

/** What of a Cam pipeline its metrics go by. */
export type MeasuredCam = Pick<CamPipeline, 'kind' | 'region' | 'channel'>;

/** A leg whose metrics are wanted, in its own windows. */
export interface MeasuredLeg<Measured extends MeasuredPro | MeasuredCam = MeasuredPro | MeasuredCam> {
  readonly pipeline: Measured;
  readonly windows: ShowWindows;
}

/** Where metrics are read. */
export interface ShowMetricSources {
  readonly metrics: MetricReader;
  readonly cam: { readonly viewerCountries: ViewerCountries };
}

/** The metrics of a Cam leg, in milliseconds: what its channel took in and delivered. */
export interface CamLegMetrics {
  readonly input: MinuteSeries;
  readonly delivered: MinuteSeries;
  readonly deliveredByCountry: readonly { readonly country: string; readonly series: MinuteSeries }[];
}

/** The metrics of a leg: what its packager received and sent, what its distribution delivered. */
export interface LegMetrics {
  readonly ingress: MinuteSeries;
  readonly egress: MinuteSeries;
  readonly bytes: MinuteSeries;
  readonly requests: MinuteSeries;
}

interface WantedSeries {
  readonly region: string;
  readonly metric: MetricName;
  readonly window: Interval;
}

type WantedMetrics = Readonly<Record<keyof LegMetrics, WantedSeries>>;

const wantedOf = ({ pipeline: { region, packaging, delivery }, windows }: MeasuredLeg<MeasuredPro>): WantedMetrics => {
  const packager = (name: string): WantedSeries => ({
    region,
    metric: { namespace: 'AWS/MediaPackage', name, dimensions: { Channel: packaging.channelId } },
    window: windows.packaging,
  });
  const edge = (name: 'BytesDownloaded' | 'Requests'): WantedSeries => ({ region: cloudFrontRegion, metric: deliveryMetric(delivery.distributionId, name), window: windows.delivery });
  return { ingress: packager('IngressBytes'), egress: packager('EgressBytes'), bytes: edge('BytesDownloaded'), requests: edge('Requests') };
};

const camWanted = ({ pipeline, windows: { delivery: window } }: MeasuredLeg<MeasuredCam>, country?: string): Readonly<Record<'input' | 'delivered', WantedSeries>> => {
  const [channelId, of] = [camChannelId(pipeline), { region: pipeline.region, window }];
  return { input: { ...of, metric: camInputMetric(channelId) }, delivered: { ...of, metric: camDeliveredMetric(channelId, country) } };
};

/** What every reading of a leg has. */
const seriesOfLeg = ({ pipeline, windows }: MeasuredLeg): readonly WantedSeries[] => {
  if (pipeline.kind === 'CAM') return Object.values(camWanted({ pipeline, windows }));
  const { ingress, egress, bytes, requests } = wantedOf({ pipeline, windows });
  return [ingress, egress, bytes, requests];
};

/** What a new reading of a leg is to have: of a channel also what its viewers' countries were delivered, those that were known before too. */
const wantedNow = async ({ cam }: ShowMetricSources, leg: MeasuredLeg, before: MetricReading | undefined): Promise<readonly WantedSeries[]> => {
  const { pipeline, windows } = leg;
  if (pipeline.kind !== 'CAM') return seriesOfLeg(leg);
  const listed = await cam.viewerCountries.ofChannel(pipeline.region, camChannelId(pipeline));
  const countries = [...new Set([...listed, ...(before ? countriesIn(before, pipeline) : [])])];
  return [...seriesOfLeg(leg), ...countries.map((country) => camWanted({ pipeline, windows }, country).delivered)];
};

const spanOf = (windows: readonly Interval[]): Interval => ({ from: Math.min(...windows.map(({ from }) => from)), to: Math.max(...windows.map(({ to }) => to)) });

const nameOf = ({ namespace, name, dimensions }: MetricName): string => JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);

const isOf = ({ region, metric }: Pick<WantedSeries, 'region' | 'metric'>, series: ReadSeries): boolean => series.region === region && nameOf(series.metric) === nameOf(metric);

/** A reading that is to be made, with the one that was made last. */
interface Asked {
  readonly readAt: number;
  readonly before: MetricReading | undefined;
}

const readRegion = async (metrics: MetricReader, region: string, wanted: readonly WantedSeries[], { readAt, before }: Asked): Promise<readonly ReadSeries[]> => {
  const names = [...new Map(wanted.map(({ metric }) => [nameOf(metric), metric])).values()];
  const span = spanOf(wanted.map(({ window }) => window));
  const read = await metrics.sumsByMinute(region, names, rememberedPart(span, readAt));
  return names.map((metric, index) => {
    const series = read[index];
    if (!series) throw new RangeError(`asked for ${names.length} metrics, got ${read.length}`);
    return { region, metric, ...withForgotten(series, before?.series.find((one) => isOf({ region, metric }, one)), span.from) };
  });
};

/**
 * Reads the metrics of all legs of a show: one reading a Region, over all its metrics and the time that the legs span,
 * which is two calls of CloudWatch at most while the pipelines are in one Region: of Pro pipelines because CloudFront's
 * metrics are in us-east-1, of Cam pipelines because viewers' countries are listed first; more where there are more than 500 metrics
 * or 100,800 points. Minutes that CloudWatch has forgotten are those of the reading before. @throws UnavailableError
 */
export const readShowMetrics = async (sources: ShowMetricSources, legs: readonly MeasuredLeg[], readAt: number, before?: MetricReading): Promise<MetricReading> => {
  const wanted = (await Promise.all(legs.map((leg) => wantedNow(sources, leg, before)))).flat();
  const byRegion = Map.groupBy(wanted, ({ region }) => region);
  const read = await Promise.all([...byRegion].map(([region, ofRegion]) => readRegion(sources.metrics, region, ofRegion, { readAt, before })));
  return { readAt, series: read.flat() };
};

const cut = ({ from, values, isComplete, refused }: MinuteSeries, window: Interval): MinuteSeries => ({
  from: window.from,
  values: Array.from({ length: (window.to - window.from) / minuteMilliseconds }, (_, index) => values[(window.from - from) / minuteMilliseconds + index] ?? null),
  isComplete,
  ...(refused ? { refused } : {}),
});

const seriesOf = (reading: MetricReading, wanted: WantedSeries): MinuteSeries => {
  const found = reading.series.find((series) => isOf(wanted, series));
  if (!found) throw new RangeError(`the reading has no ${nameOf(wanted.metric)}: read the metrics of all legs`);
  return cut(found, wanted.window);
};

/** A leg's own series of a reading, each cut to its own window. @throws RangeError when the reading is of other legs */
export const legMetrics = (reading: MetricReading, leg: MeasuredLeg<MeasuredPro>): LegMetrics => {
  const { ingress, egress, bytes, requests } = wantedOf(leg);
  return { ingress: seriesOf(reading, ingress), egress: seriesOf(reading, egress), bytes: seriesOf(reading, bytes), requests: seriesOf(reading, requests) };
};

/** The same of a Cam leg, with every country that the reading has. @throws RangeError when the reading is of other legs */
export const camLegMetrics = (reading: MetricReading, leg: MeasuredLeg<MeasuredCam>): CamLegMetrics => {
  const { input, delivered } = camWanted(leg);
  return {
    input: seriesOf(reading, input),
    delivered: seriesOf(reading, delivered),
    deliveredByCountry: countriesIn(reading, leg.pipeline).map((country) => ({ country, series: seriesOf(reading, camWanted(leg, country).delivered) })),
  };
};

const reaches = ({ from, values }: ReadSeries, window: Interval): boolean => from <= window.from && from + values.length * minuteMilliseconds >= window.to;

/** Whether a reading has every minute of every leg. */
export const covers = (reading: MetricReading, legs: readonly MeasuredLeg[]): boolean =>
  legs.flatMap(seriesOfLeg).every((wanted) => reading.series.some((series) => isOf(wanted, series) && reaches(series, wanted.window)));

/** Whether a reading has something of every metric of every leg. */
export const hasSeriesOf = (reading: MetricReading, legs: readonly MeasuredLeg[]): boolean =>
  legs.flatMap(seriesOfLeg).every((wanted) => reading.series.some((series) => isOf(wanted, series)));
