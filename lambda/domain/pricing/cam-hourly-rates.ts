import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import { camGeographies, camInputCriteria, camOutputClasses, camOutputCriteria, largestCamClass, type CamGeography, type CamOutputClass } from './cam-rates.ts';
import { hourlyCost, hourlyItem, type HourlyItem, type HourlyRates } from './hourly-rates.ts';
import type { PriceBook } from './price-book.ts';

/** What an hour costs that one viewer in a billing region is delivered a rendition of a class. */
export interface ViewerHourRate extends Omit<HourlyItem, 'count'> {
  readonly geography: CamGeography;
  readonly outputClass: CamOutputClass;
}

/** List prices of a Cam pipeline: what its stream costs, and on top of it what each viewer's hour does. */
export interface CamHourlyRates extends HourlyRates {
  /** By billing region, each from the lowest class to the highest that the channel's type has. */
  readonly viewerHour: readonly ViewerHourRate[];
}

const classesOf = ({ channel: { type } }: Pick<CamPipeline, 'channel'>): readonly CamOutputClass[] => camOutputClasses.slice(0, camOutputClasses.indexOf(largestCamClass(type)) + 1);

/** What an hour of a Cam pipeline costs at list prices: streamed into, and for each of its viewers; nothing while nobody streams. What has no price is named and not counted. */
export const camHourlyRates = (pipeline: Pick<CamPipeline, 'region' | 'channel'>, book: PriceBook | undefined): CamHourlyRates => ({
  priceBookId: book?.bookId ?? null,
  running: hourlyCost(book, [camInputCriteria(pipeline.region, pipeline.channel.type)]),
  idle: hourlyCost(book, []),
  viewerHour: camGeographies.flatMap((geography) =>
    classesOf(pipeline).map((outputClass): ViewerHourRate => {
      const { count: _count, ...item } = hourlyItem(book, camOutputCriteria(pipeline.region, geography, outputClass), 1);
      return { geography, outputClass, ...item };
    }),
  ),
});
