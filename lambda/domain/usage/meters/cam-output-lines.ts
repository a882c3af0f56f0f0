import { camGeographies, camOutputCriteria, homeCamGeography, type CamGeography, type CamOutputClass } from '../../pricing/cam-rates.ts';
import { fraction } from '../../pricing/fraction.ts';
import type { PriceBook } from '../../pricing/price-book.ts';
import { formatUsd } from '../../pricing/usd.ts';
import { ratedLine, unratableLine, type LineDraft } from '../rated-line.ts';
import type { UsageLine } from '../usage-line.ts';
import { geographyOfCountry } from '../viewer-countries.ts';

/** Milliseconds in an hour, which is what IVS's prices are for. */
export const hourMilliseconds = 3_600_000n;

/** The classes that viewers can have been given. */
export interface WatchedClasses {
  readonly highest: CamOutputClass;
  readonly lowest: CamOutputClass;
}

/** A billing region of IVS, or where no country on the list is told. */
export type CamPlace = CamGeography | 'UNKNOWN';

/** The billing region that a country's viewers are in. */
export const placeOfCountry = (country: string): CamPlace => geographyOfCountry(country) ?? 'UNKNOWN';

/** Delivered milliseconds by billing region, in a fixed order; UNKNOWN is also what the total has beyond all countries. `total` is null where it is not known. */
export const deliveredByPlace = (byCountry: readonly { readonly country: string; readonly milliseconds: bigint }[], total: bigint | null): ReadonlyMap<CamPlace, bigint> => {
  const sums = new Map<CamPlace, bigint>();
  const put = (place: CamPlace, milliseconds: bigint): void => void sums.set(place, (sums.get(place) ?? 0n) + milliseconds);
  for (const { country, milliseconds } of byCountry) put(placeOfCountry(country), milliseconds);
  const told = [...sums.values()].reduce((sum, one) => sum + one, 0n);
  if (total !== null && total > told) put('UNKNOWN', total - told);
  return new Map([...sums].sort(([one], [other]) => (one < other ? -1 : 1)));
};

const dominant = (places: ReadonlyMap<CamPlace, bigint>): CamGeography | undefined =>
  [...places].reduce<{ place: CamGeography; amount: bigint } | undefined>((best, [place, amount]) => (place === 'UNKNOWN' || (best && best.amount >= amount) ? best : { place, amount }), undefined)?.place;

interface DeliveredPart {
  readonly draft: LineDraft;
  readonly place: CamPlace;
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
  return `rendition class assumed: no metric tells it, so that all of it is rated as ${highest}, the highest of the channel's streams, which is the most it can cost where viewers are; all of it as ${lowest} it would cost ${amount}`;
};

/** Where viewers are taken to be whom no country tells, and between which amounts the part therefore lies, wherever they are. */
const placeNote = (part: DeliveredPart, region: string, book: PriceBook | undefined): string => {
  const elsewhere = camGeographies
    .flatMap((place) => {
      const nanoUsd = asClass({ ...part, place }, part.classes.highest, region, book).nanoUsd;
      return nanoUsd === undefined ? [] : [{ place, nanoUsd }];
    })
    .toSorted((one, other) => (one.nanoUsd < other.nanoUsd ? -1 : 1));
  const [least, most] = [elsewhere[0], elsewhere.at(-1)];
  const bounds = least && most ? `: all of it in ${least.place} would cost ${formatUsd(least.nanoUsd)} USD, in ${most.place} ${formatUsd(most.nanoUsd)} USD` : '';
  return `country unknown: assumed in ${part.assumed ?? 'none'}${bounds}`;
};

const placeLine = (part: DeliveredPart, region: string, book: PriceBook | undefined): UsageLine => {
  const place = part.place === 'UNKNOWN' && part.assumed !== undefined ? [placeNote(part, region, book)] : [];
  const notes = [...(part.draft.notes ?? []), ...place, classNote(part, region, book)];
  return asClass({ ...part, draft: { ...part.draft, notes } }, part.classes.highest, region, book);
};

/** Delivered hours of a channel, with what their lines have in common. */
export interface DeliveredHours {
  readonly places: ReadonlyMap<CamPlace, bigint>;
  readonly classes: WatchedClasses;
  readonly draftOf: (place: CamPlace) => LineDraft;
}

/** A line a billing region, each at the highest class that viewers can have been given; what no country tells is rated where most of them are, else at home. */
export const deliveredHoursLines = ({ places, classes, draftOf }: DeliveredHours, region: string, book: PriceBook | undefined): readonly UsageLine[] => {
  const assumed = dominant(places) ?? homeCamGeography(region);
  return [...places].map(([place, milliseconds]) => placeLine({ draft: draftOf(place), place, milliseconds, assumed, classes }, region, book));
};
