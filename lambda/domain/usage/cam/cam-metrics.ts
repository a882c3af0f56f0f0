import { camChannelId, type CamPipeline } from '../../pipelines/cam-pipeline.ts';
import type { MetricReading } from '../metric-readings.ts';
import type { MetricName } from '../metric-series.ts';

const namespace = 'AWS/IVS';
const deliveredName = 'LiveDeliveredTime';
const countryDimension = 'ViewerCountryCode';

/** The points are seconds, with fractions: they are read as milliseconds. */
const scale = 1_000;

/** What a channel took in, by minute. */
export const camInputMetric = (channelId: string): MetricName => ({ namespace, name: 'LiveInputTime', dimensions: { Channel: channelId }, scale });

/** How long viewers of a channel were delivered video, by minute: all of them, or those in a country. */
export const camDeliveredMetric = (channelId: string, country?: string): MetricName => ({
  namespace,
  name: deliveredName,
  dimensions: { Channel: channelId, ...(country === undefined ? {} : { [countryDimension]: country }) },
  scale,
});

/** How many view a channel, by minute. */
export const camViewsMetric = (channelId: string): MetricName => ({ namespace, name: 'ConcurrentViews', dimensions: { Channel: channelId } });

/** Knows where viewers were. */
export interface ViewerCountries {
  /** The countries of which a channel has points of delivered time in the last two weeks, as CloudWatch codes them. @throws UnavailableError */
  ofChannel(region: string, channelId: string): Promise<readonly string[]>;
}

/** The countries that a reading has a series of for a channel. */
export const countriesIn = ({ series }: MetricReading, pipeline: Pick<CamPipeline, 'channel' | 'region'>): readonly string[] =>
  series.flatMap(({ region, metric: { name, dimensions } }) => {
    const country = dimensions[countryDimension];
    const isOfChannel = region === pipeline.region && name === deliveredName && dimensions['Channel'] === camChannelId(pipeline);
    return isOfChannel && country !== undefined ? [country] : [];
  });
