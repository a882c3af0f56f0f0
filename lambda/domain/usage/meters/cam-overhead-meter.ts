import { camInputCriteria, camOutputClasses } from '../../pricing/cam-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { dayInterval, dayMilliseconds } from '../calendar-day.ts';
import type { Interval } from '../calendar-month.ts';
import type { CamOverheadDay } from '../overheads/cam-overhead-day.ts';
import { noDataLine, ratedLine, unchargedLine, type LineDraft } from '../rated-line.ts';
import type { RawSeries, UsageLine } from '../usage-line.ts';
import { deliveredByPlace, deliveredHoursLines, hourMilliseconds, placeOfCountry, type CamPlace } from './cam-output-lines.ts';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);

const periodOf = (days: readonly CamOverheadDay[]): Interval => {
  const times = days.map(({ day }) => dayInterval(day));
  return { from: Math.min(...times.map(({ from }) => from)), to: Math.max(...times.map(({ to }) => to)) };
};

/** Days of one pipeline in one month on which its channel was the same on the bill. */
interface SameDays {
  readonly first: CamOverheadDay;
  readonly days: readonly CamOverheadDay[];
  readonly month: string;
}

const sameDays = (days: readonly CamOverheadDay[], month: string, by: (day: CamOverheadDay) => string): readonly SameDays[] =>
  [...Map.groupBy(days, by).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ first, days: group, month }];
  });

const draftOf = ({ days, month }: SameDays, key: string, what: Pick<LineDraft, 'dimension' | 'source' | 'points'>): LineDraft => ({
  ...what,
  key: `streaming/unheld-${key}`,
  owner: 'PLATFORM',
  category: 'streaming',
  service: 'IVS',
  month,
  period: periodOf(days),
  watermark: Math.max(...days.map(({ countedAt }) => countedAt)),
  notes: ['while no show had the pipeline', ...(days.every(({ isComplete }) => isComplete) ? [] : ['the source says that points are missing'])],
});

const inputLines = (same: SameDays, book: PriceBook | undefined): readonly UsageLine[] => {
  const { first: { channelType, channelArn, region }, days } = same;
  const streamed = sum(days.map(({ streamedMilliseconds }) => streamedMilliseconds));
  const milliseconds = sum(days.map(({ inputMilliseconds }) => inputMilliseconds));
  const bySessions = days.reduce((count, { minutesBySessions }) => count + minutesBySessions, 0);
  const criteria = camInputCriteria(region, channelType);
  const draft = draftOf(same, `input/${channelType}`, { dimension: criteria.what, source: 'CloudWatch AWS/IVS LiveInputTime', points: ['streaming/unheld-input'] });
  const notes = [...(draft.notes ?? []), ...(bySessions > 0 ? [`${bySessions} minutes without a point count by the stream sessions`] : [])];
  return [
    unchargedLine({
      ...draftOf(same, `sessions/${channelType}`, { dimension: "stream sessions that are no show's", source: `IVS ListStreamSessions of ${channelArn}`, points: ['streaming/unheld-sessions'] }),
      quantity: { amount: streamed, unit: 'milliseconds' },
      adds: { streamingRunMilliseconds: streamed },
    }),
    ratedLine({ ...draft, notes, quantity: { amount: milliseconds, unit: 'milliseconds' }, adds: { streamingInputMilliseconds: milliseconds } }, fraction(milliseconds, hourMilliseconds), criteria, book),
  ];
};

/** What all days together delivered; each day's total is its own, so that what no country tells is known by the day. */
const placesOf = (days: readonly CamOverheadDay[]): ReadonlyMap<CamPlace, bigint> => {
  const places = new Map<CamPlace, bigint>();
  for (const { deliveredByCountry, deliveredMilliseconds } of days) {
    for (const [place, milliseconds] of deliveredByPlace(deliveredByCountry, deliveredMilliseconds)) places.set(place, (places.get(place) ?? 0n) + milliseconds);
  }
  return new Map([...places].filter(([, milliseconds]) => milliseconds > 0n).sort(([one], [other]) => (one < other ? -1 : 1)));
};

const outputLines = (same: SameDays, book: PriceBook | undefined): readonly UsageLine[] => {
  const { first: { channelType, region, classes: { highest } }, days } = same;
  const lowest = camOutputClasses.find((one) => days.some(({ classes }) => classes.lowest === one)) ?? highest;
  const countries = [...new Set(days.flatMap(({ deliveredByCountry }) => deliveredByCountry.map(({ country }) => country)))].sort();
  const draft = (place: CamPlace): LineDraft =>
    draftOf(same, `output/${channelType}/${highest}/${place}`, {
      dimension: 'live video to viewers',
      source: 'CloudWatch AWS/IVS LiveDeliveredTime',
      points: ['streaming/unheld-delivered', ...countries.filter((country) => placeOfCountry(country) === place).map((country) => `streaming/unheld-delivered/${country}`)],
    });
  const unknown = days.filter(({ deliveredMilliseconds }) => deliveredMilliseconds === null).map(({ day }) => noDataLine({ ...draft('UNKNOWN'), key: `${draft('UNKNOWN').key}/${day}`, period: dayInterval(day) }));
  const places = placesOf(days);
  if (places.size > 0) return [...unknown, ...deliveredHoursLines({ places, classes: { highest, lowest }, draftOf: draft }, region, book)];
  if (unknown.length > 0) return unknown;
  return [unchargedLine({ ...draft('UNKNOWN'), quantity: { amount: 0n, unit: 'milliseconds' }, adds: { streamingDeliveredMilliseconds: 0n } })];
};

/** What the platform bears of a Cam pipeline in a month: what was streamed into it and watched for no show, by the channel's type and the class of its renditions. None, no lines. */
export const camOverheadLines = (days: readonly CamOverheadDay[], month: string, book: PriceBook | undefined): readonly UsageLine[] => [
  ...sameDays(days, month, ({ channelType }) => channelType).flatMap((same) => inputLines(same, book)),
  ...sameDays(days, month, ({ channelType, classes }) => `${channelType} ${classes.highest}`).flatMap((same) => outputLines(same, book)),
];

/** The days' sums that the lines are sums of. */
export const camOverheadSeries = (days: readonly CamOverheadDay[]): readonly RawSeries[] => {
  if (days.length === 0) return [];
  const { from, to } = periodOf(days);
  const byStart = new Map(days.map((day) => [dayInterval(day.day).from, day]));
  const series = (name: string, amount: (day: CamOverheadDay) => bigint | null): RawSeries => ({
    name: `streaming/unheld-${name}`,
    from: new Date(from).toISOString(),
    periodSeconds: dayMilliseconds / 1_000,
    values: Array.from({ length: (to - from) / dayMilliseconds }, (_, index) => {
      const day = byStart.get(from + index * dayMilliseconds);
      return day === undefined ? null : amount(day);
    }),
  });
  const countries = [...new Set(days.flatMap(({ deliveredByCountry }) => deliveredByCountry.map(({ country }) => country)))].sort();
  return [
    series('sessions', ({ streamedMilliseconds }) => streamedMilliseconds),
    series('input', ({ inputMilliseconds }) => inputMilliseconds),
    series('delivered', ({ deliveredMilliseconds }) => deliveredMilliseconds),
    ...countries.map((one) => series(`delivered/${one}`, ({ deliveredByCountry }) => deliveredByCountry.find(({ country }) => country === one)?.milliseconds ?? null)),
  ];
};
