import type { HeldBytes } from '../../recordings/stored-intervals.ts';
import { monthInterval, monthOf, splitByMonth } from '../calendar-month.ts';
import type { Accrual } from '../usage-profile.ts';
import type { Holding } from './holding.ts';

/** How long after a month's end the logs of its viewers come. Source: CloudFront developer guide, access logs: most within an hour, some up to a day late. */
export const logsLateMilliseconds = 86_400_000;

/** What the accrual of a show goes by. */
export type Accruing = Pick<Holding, 'places'>;

const endOf = ({ removedAt = Infinity }: HeldBytes): number => removedAt;

/** What is held for some time of a month. */
const heldIn = ({ places }: Accruing, month: string): readonly (HeldBytes & { readonly place: string })[] => {
  const { from, to } = monthInterval(month);
  return places.flatMap(({ place, stored }) => stored.filter((held) => held.storedAt < to && endOf(held) > Math.max(from, held.storedAt)).map((held) => ({ ...held, place })));
};

/**
 * When a month's accrual can be measured to its end: when all that it held has gone, or the month is over. Recordings
 * are watched besides, of which the last logs come a day later. Undefined when the month holds nothing.
 */
const closesAt = (accruing: Accruing, month: string): number | undefined => {
  const held = heldIn(accruing, month);
  if (held.length === 0) return undefined;
  const { to } = monthInterval(month);
  if (held.some(({ place }) => place === 'recordings')) return to + logsLateMilliseconds;
  return Math.min(to, Math.max(...held.map(endOf)));
};

/** Whether a month still accrues at an instant; undefined when it holds nothing. */
export const accrualOf = (accruing: Accruing, month: string, at: number): Accrual | undefined => {
  const closes = closesAt(accruing, month);
  if (closes === undefined) return undefined;
  return at >= closes ? 'CLOSED' : 'OPEN';
};

/** The months that hold something and have begun by an instant. */
const begunMonths = ({ places }: Accruing, at: number): readonly string[] => {
  const stored = places.flatMap((place) => place.stored);
  if (stored.length === 0) return [];
  const from = Math.min(...stored.map(({ storedAt }) => storedAt));
  return splitByMonth({ from, to: Math.max(from, Math.min(at, Math.max(...stored.map(endOf)) - 1)) + 1 }).map(({ month }) => month);
};

/** The months that have to be booked at an instant: those that were open when everything was booked last, and those that have begun since. */
export const monthsToBook = (holding: Accruing & Pick<Holding, 'bookedUntil'>, at: number): readonly string[] =>
  begunMonths(holding, at).filter(
    (month) => accrualOf(holding, month, at) !== undefined && (monthInterval(month).from > holding.bookedUntil || accrualOf(holding, month, holding.bookedUntil) === 'OPEN'),
  );

/** When what is held has to be looked at next: something goes, a month is over, or can be closed. Undefined when all is over. */
export const nextLook = (accruing: Accruing, at: number): number | undefined => {
  const stored = accruing.places.flatMap((place) => place.stored);
  const goes = stored.map(endOf).filter((end) => end > at);
  const monthEnds = goes.length === 0 ? [] : [monthInterval(monthOf(at)).to];
  const closes = begunMonths(accruing, at).map((month) => closesAt(accruing, month) ?? 0);
  const next = Math.min(...[...goes, ...monthEnds, ...closes].filter((time) => time > at));
  return next === Infinity ? undefined : next;
};
