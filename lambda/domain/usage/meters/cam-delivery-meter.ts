import { camOutputClass, camOutputCriteria, homeCamGeography, type CamChannelType, type CamGeography, type CamOutputClass } from '../../pricing/cam-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { formatUsd } from '../../pricing/usd.ts';
import { splitByMonth, type Interval } from '../calendar-month.ts';
import { sumOver } from '../metric-series.ts';
import { noDataLine, ratedLine, unratableLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { geographyOfCountry } from '../viewer-countries.ts';
import { hourMilliseconds, type CamFacts, type StreamedSession } from './cam-meter.ts';

/** The classes that viewers can have been given. */
export interface WatchedClasses {
  readonly highest: CamOutputClass;
  readonly lowest: CamOutputClass;
}

const largestLines: Readonly<Record<CamChannelType, number>> = { BASIC: 1080, STANDARD: 1080, ADVANCED_SD: 480, ADVANCED_HD: 720 };

/**
 * The classes of the renditions of a channel's streams. BASIC passes the encoder's picture on, all others have renditions
 * down to SD. A picture that the service has not told of counts as the largest that the type takes.
 * Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/channel-types.html
 */
export const watchedClasses = (type: CamChannelType, sessions: readonly Pick<StreamedSession, 'heightPixels'>[]): WatchedClasses => {
  const most = largestLines[type];
  const heights = sessions.map(({ heightPixels = most }) => Math.min(heightPixels, most));
  const highest = camOutputClass(heights.length === 0 ? most : Math.max(...heights));
  return { highest, lowest: type === 'BASIC' && heights.length > 0 ? camOutputClass(Math.min(...heights)) : 'SD' };
};

type Place = CamGeography | 'UNKNOWN';

/** Delivered milliseconds by billing region, in a fixed order; UNKNOWN is what no country on the list has. */
const byPlace = ({ delivered, deliveredByCountry }: CamFacts, part: Interval): { readonly places: ReadonlyMap<Place, bigint>; readonly hasData: boolean } => {
  const sums = new Map<Place, bigint>();
  for (const { country, series } of deliveredByCountry) {
    const place = geographyOfCountry(country) ?? 'UNKNOWN';
    const { sum } = sumOver(series, part);
    if (sum !== null) sums.set(place, (sums.get(place) ?? 0n) + sum);
  }
  const told = [...sums.values()].reduce((sum, one) => sum + one, 0n);
  const total = sumOver(delivered, part).sum;
  if (total !== null && total > told) sums.set('UNKNOWN', (sums.get('UNKNOWN') ?? 0n) + total - told);
  return { places: new Map([...sums].sort(([one], [other]) => (one < other ? -1 : 1))), hasData: total !== null || sums.size > 0 };
};

const dominant = (places: ReadonlyMap<Place, bigint>): CamGeography | undefined =>
  [...places].reduce<{ place: CamGeography; amount: bigint } | undefined>((best, [place, amount]) => (place === 'UNKNOWN' || (best && best.amount >= amount) ? best : { place, amount }), undefined)?.place;

interface DeliveredPart {
  readonly draft: LineDraft;
  readonly place: Place;
  readonly milliseconds: bigint;
  /** What UNKNOWN is taken for. */
  readonly assumed: CamGeography | undefined;
  readonly classes: WatchedClasses;
}

/** Rates a part's hours as one class. */
const asClass = ({ draft, place, milliseconds, assumed }: DeliveredPart, outputClass: CamOutputClass, region: string, book: PriceBook | undefined): UsageLine => {
  const line: LineDraft = { ...draft, quantity: { amount: milliseconds, unit: 'milliseconds' }, adds: { streamingDeliveredMilliseconds: milliseconds } };
  const geography = place === 'UNKNOWN' ? assumed : place;
  if (geography === undefined) return unratableLine(line, 'no country of viewers is known, and the Region has no billing region of its own');
  const criteria = camOutputCriteria(region, geography, outputClass);
  return ratedLine({ ...line, dimension: criteria.what }, fraction(milliseconds, hourMilliseconds), criteria, book);
};

/** What is assumed of a part's rendition, and between which amounts it therefore lies. */
const classNote = (part: DeliveredPart, region: string, book: PriceBook | undefined): string => {
  const { highest, lowest } = part.classes;
  if (highest === lowest) return `rendition class ${highest}: the only one that the channel's streams have; sound alone costs less and is not told apart`;
  const least = asClass(part, lowest, region, book).nanoUsd;
  const amount = least === undefined ? 'less' : `${formatUsd(least)} USD`;
  return `rendition class assumed: no metric tells it, so that all of it is rated as ${highest}, the highest of the channel's streams, which is the most it can cost; all of it as ${lowest} it would cost ${amount}`;
};

const placeLine = (part: DeliveredPart, region: string, book: PriceBook | undefined): UsageLine => {
  const place = part.place === 'UNKNOWN' && part.assumed !== undefined ? [`country unknown: assumed in ${part.assumed}`] : [];
  const notes = [...(part.draft.notes ?? []), ...place, classNote(part, region, book)];
  return asClass({ ...part, draft: { ...part.draft, notes } }, part.classes.highest, region, book);
};

const partLines = (facts: CamFacts, part: Interval & { month: string }, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const { places, hasData } = byPlace(facts, part);
  const assumed = dominant(places) ?? homeCamGeography(region);
  const classes = watchedClasses(facts.channel.type, facts.sessions);
  const draftOf = (place: Place): LineDraft => ({
    key: `streaming/${facts.scope}output/${place}`,
    category: 'streaming',
    service: 'IVS',
    dimension: 'live video to viewers',
    month: part.month,
    period: part,
    source: 'CloudWatch AWS/IVS LiveDeliveredTime',
    watermark: facts.watermark,
    notes: facts.delivered.isComplete ? [] : ['the source says that points are missing'],
    points: [`streaming/${facts.scope}delivered`, ...facts.deliveredByCountry.filter(({ country }) => (geographyOfCountry(country) ?? 'UNKNOWN') === place).map(({ country }) => `streaming/${facts.scope}delivered/${country}`)],
  });
  if (!hasData && sumOver(facts.input, part).sum === null && facts.sessions.length > 0) return [noDataLine(draftOf('UNKNOWN'))];
  // The channel's other metric has points: that this one has none means that nobody watched.
  const watched = places.size > 0 ? places : new Map<Place, bigint>([['UNKNOWN', 0n]]);
  return [...watched].map(([place, milliseconds]) => placeLine({ draft: draftOf(place), place, milliseconds, assumed, classes }, region, book));
};

/**
 * The lines of the hours that viewers of a channel were delivered, by the billing regions that their countries lie in:
 * the sum is the channel's own total, to the last millisecond, or that of its countries where they have more. The rendition is not told, and is assumed to be the highest.
 */
export const camOutputLines = (facts: CamFacts, region: string, book: PriceBook | undefined): readonly UsageLine[] =>
  splitByMonth(facts.window).flatMap((part) => partLines(facts, part, region, book));
