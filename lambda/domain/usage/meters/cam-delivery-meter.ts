import { camOutputClass, largestCamLines, type CamChannelType } from '../../pricing/cam-rates.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { faultNotes, sumOver } from '../metric-series.ts';
import { noDataLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { camParts, isStreamedIn, type CamFacts, type CamPart, type StreamedSession } from './cam-meter.ts';
import { deliveredByPlace, deliveredHoursLines, placeOfCountry, type CamPlace, type WatchedClasses } from './cam-output-lines.ts';

/**
 * The classes of the renditions of a channel's streams. BASIC passes the encoder's picture on, all others have renditions
 * down to SD. A picture that the service has not told of counts as the largest that the type takes. Whether a picture that is
 * higher than wide is classed by its lines or by its shorter edge is not documented: both are possible.
 * Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/channel-types.html
 */
export const watchedClasses = (type: CamChannelType, sessions: readonly Pick<StreamedSession, 'picture'>[]): WatchedClasses => {
  const most = largestCamLines(type);
  const pictures = sessions.map(({ picture = { widthPixels: most, heightPixels: most } }) => picture);
  const lines = pictures.map(({ heightPixels }) => Math.min(heightPixels, most));
  const edges = pictures.map(({ widthPixels, heightPixels }) => Math.min(widthPixels, heightPixels, most));
  const highest = camOutputClass(lines.length === 0 ? most : Math.max(...lines));
  return { highest, lowest: type === 'BASIC' && edges.length > 0 ? camOutputClass(Math.min(...edges)) : 'SD' };
};

const partLines = (facts: CamFacts, part: CamPart, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const total = sumOver(facts.delivered, part).sum;
  const byCountry = facts.deliveredByCountry.flatMap(({ country, series }) => {
    const { sum } = sumOver(series, part);
    return sum === null ? [] : [{ country, milliseconds: sum }];
  });
  const places = deliveredByPlace(byCountry, total);
  const draftOf = (place: CamPlace): LineDraft => ({
    key: `streaming/${facts.scope}output/${place}`,
    category: 'streaming',
    service: 'IVS',
    dimension: 'live video to viewers',
    month: part.month,
    period: part,
    source: 'CloudWatch AWS/IVS LiveDeliveredTime',
    watermark: facts.watermark,
    notes: faultNotes([facts.delivered, ...facts.deliveredByCountry.map(({ series }) => series)], part),
    points: [`streaming/${facts.scope}delivered`, ...facts.deliveredByCountry.filter(({ country }) => placeOfCountry(country) === place).map(({ country }) => `streaming/${facts.scope}delivered/${country}`)],
  });
  const hasData = total !== null || places.size > 0;
  if (!hasData && sumOver(facts.input, part).sum === null && isStreamedIn(facts, part)) return [noDataLine(draftOf('UNKNOWN'))];
  // The channel's other metric has points: that this one has none means that nobody watched.
  const watched = places.size > 0 ? places : new Map<CamPlace, bigint>([['UNKNOWN', 0n]]);
  return deliveredHoursLines({ places: watched, classes: watchedClasses(facts.channel.type, facts.sessions), draftOf }, region, book);
};

/**
 * The lines of the hours that viewers of a channel were delivered, by the billing regions that their countries lie in:
 * the sum is the channel's own total, to the last millisecond, or that of its countries where they have more. The rendition is not told, and is assumed to be the highest.
 */
export const camOutputLines = (facts: CamFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  camParts(facts).flatMap((part) => partLines(facts, part, region, book));
