import type { Now } from '../../shared/time.ts';
import { intersection, isoTime, monthInterval, monthOf, splitByMonth, type Interval } from '../calendar-month.ts';
import { categoryMeasures, chargeMeasure, costMeasure, lineCategories, sumMeasures, usageCategories, type LineCategory, type Measure, type Measures } from '../measures.ts';
import type { UsageHistory } from '../usage-history.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { allLines } from './all-lines.ts';
import { askedRange, type AskedSeries } from './asked-range.ts';
import { mostRead, profilesUnder, tooWide, type ProfilesUnderDeps } from './profiles-under.ts';
import { groupOf, spreadLine, stepOf, type SeriesGrouping } from './spread-line.ts';
import { bookedUsage, type UsageLevels, type UsageSubject } from './usage-subject.ts';

/** What reading series needs. */
export interface ReadSeriesDeps extends ProfilesUnderDeps {
  readonly usage: UsageLevels & Pick<UsageStore, 'head' | 'heads' | 'ownHeads' | 'lines'>;
  readonly history: Pick<UsageHistory, 'version' | 'months'>;
  readonly now: Now;
}

/** What a series is of. */
export type SeriesSubject = Exclude<UsageSubject, { kind: 'OVERHEADS' }>;

/** What has series of any step and group: the platform's lines are too many. */
type DetailedSubject = Exclude<SeriesSubject, { kind: 'PLATFORM' }>;

/** What was used in one step, by group. */
export interface SeriesItem extends Interval {
  /** A category, a service, a geography; null = of no place. */
  readonly group: string | null;
  readonly measures: Measures;
}

/** A series of booked usage: only steps in which something was used, by time and group. */
export interface UsageSeries {
  readonly range: Interval | undefined;
  readonly items: readonly SeriesItem[];
}

type Grouped = Map<string, SeriesItem>;

const keep = (grouped: Grouped, step: Interval, group: string | null, measures: Measures): void => {
  const key = `${String(step.from).padStart(16, '0')} ${group ?? '~'}`;
  grouped.set(key, { ...step, group, measures: sumMeasures([grouped.get(key)?.measures ?? {}, measures]) });
};

const sorted = (grouped: Grouped): readonly SeriesItem[] => [...grouped].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, item]) => item);

const overlaps = (step: Interval, range: Interval | undefined): boolean => range === undefined || (step.from < range.to && step.to > range.from);

const spreadProfile = async ({ usage, history }: ReadSeriesDeps, head: ProfileHead, { by, of }: AskedUsageSeries, range: Interval | undefined, grouped: Grouped): Promise<void> => {
  const [lines, version] = await Promise.all([allLines(usage, head), history.version(head.owner, head.month, head.version)]);
  for (const line of lines.filter(({ owner }) => owner === head.owner.kind)) {
    for (const [from, measures] of spreadLine(line, version?.series ?? [], by)) {
      const step = stepOf(from, by);
      if (overlaps(step, range)) keep(grouped, step, groupOf(line, of), measures);
    }
  }
};

/** A series that is asked for, with how its lines are told apart. */
export interface AskedUsageSeries extends AskedSeries {
  readonly of: SeriesGrouping;
}

const measuresOf = (category: LineCategory): readonly Measure[] => {
  const money = [chargeMeasure[category]];
  const known = usageCategories.find((one) => one === category);
  return known === undefined ? money : [...money, costMeasure[known], ...categoryMeasures[known]];
};

/** The part of a level's measures that is of one category; undefined when it has none. */
const partOf = (measures: Measures, category: LineCategory): Measures | undefined => {
  const part = measuresOf(category).flatMap((name) => (measures[name] === undefined ? [] : [[name, measures[name]] as const]));
  return part.length === 0 ? undefined : Object.fromEntries(part);
};

const monthsOf = async ({ usage, history }: ReadSeriesDeps, subject: SeriesSubject, range: Interval | undefined): Promise<readonly string[]> => {
  const all = subject.kind === 'BREAKOUT' ? (await usage.heads(subject.breakoutId)).map(({ month }) => month) : await history.months(subject);
  return all.filter((month) => overlaps(monthInterval(month), range));
};

/** By month and category, levels say all: one item read a month, whatever the number of shows. */
const levelSeries = async (deps: ReadSeriesDeps, subject: SeriesSubject, range: Interval | undefined): Promise<readonly SeriesItem[]> => {
  const grouped: Grouped = new Map();
  for (const month of await monthsOf(deps, subject, range)) {
    const { measures } = await bookedUsage(deps.usage, subject, month);
    for (const category of lineCategories) {
      const part = partOf(measures, category);
      if (part) keep(grouped, monthInterval(month), category, part);
    }
  }
  return sorted(grouped);
};

const profilesOf = async (deps: ReadSeriesDeps, subject: DetailedSubject, months: readonly string[]): Promise<readonly ProfileHead[]> => {
  if (subject.kind === 'BREAKOUT') return (await deps.usage.heads(subject.breakoutId)).filter(({ month }) => months.includes(month));
  const heads: ProfileHead[] = [];
  for (const month of months) {
    heads.push(...(await profilesUnder(deps, subject, month)));
    if (heads.length > mostRead) throw tooWide(`${mostRead} shows with usage in these months`);
  }
  return heads;
};

/** Unless told: all months by month; else the newest month of a breakout, the present one of an event or account. */
const rangeUnlessTold = async ({ usage, now }: ReadSeriesDeps, subject: SeriesSubject, { by }: AskedUsageSeries): Promise<Interval | undefined> => {
  if (by === 'month') return undefined;
  const newest = subject.kind === 'BREAKOUT' ? (await usage.heads(subject.breakoutId)).at(-1)?.month : undefined;
  return monthInterval(newest ?? monthOf(now()));
};

/**
 * Booked usage by hour, day or month and by category, service or geography. Every line is spread over its steps as its raw
 * points lie, else by time, so that all steps sum to the booked total exactly; steps at the ends of a range are whole.
 * @throws InvalidInputError when the range or what lies in it is too wide
 */
export const readSeries =
  (deps: ReadSeriesDeps) =>
  async (subject: SeriesSubject, asked: AskedUsageSeries): Promise<UsageSeries> => {
    const range = askedRange(asked, deps.now()) ?? (await rangeUnlessTold(deps, subject, asked));
    if (asked.by === 'month' && asked.of === 'category') return { range, items: await levelSeries(deps, subject, range) };
    if (subject.kind === 'PLATFORM') throw tooWide('one call reads of all accounts');
    const months = range === undefined ? await monthsOf(deps, subject, range) : splitByMonth(intersection(range, { from: 0, to: deps.now() })).map(({ month }) => month);
    const grouped: Grouped = new Map();
    for (const head of await profilesOf(deps, subject, months)) await spreadProfile(deps, head, asked, range, grouped);
    return { range, items: sorted(grouped) };
  };

/** A step's bounds as ISO 8601. */
export const stepBounds = ({ from, to }: Interval): { readonly from: string; readonly to: string } => ({ from: isoTime(from), to: isoTime(to) });
