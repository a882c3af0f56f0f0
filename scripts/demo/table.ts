import type { Check } from './checks.ts';
import type { Independent } from './independent.ts';
import type { Results, Usage, UsageLine } from './read-results.ts';

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ').trimEnd()).join('\n');
};

/** GB as the platform counts them. */
const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(6);

const shown = (value: string | null | undefined, digits: number): string => (value === null || value === undefined ? 'no data' : Number(value).toFixed(digits));

type Category = NonNullable<Usage['categories'][keyof Usage['categories']]>;

const amount = (category: Pick<Category, 'measured'> | null): string => shown(category?.measured.amount, 6);

/** What of a quantity is billable, where the provider's rules make that another. */
const billable = (category: Category): string => {
  const { measured, billable: counted } = category;
  return counted.amount === null || measured.unit !== counted.unit || measured.amount === counted.amount ? '' : shown(counted.amount, 6);
};

/** What it costs, and what is charged for it where the price terms make that another. */
const money = (cost: string | null | undefined, charge: string | null | undefined): string =>
  charge === cost || charge === null || charge === undefined ? shown(cost, 9) : `${shown(cost, 9)} (charged ${shown(charge, 9)})`;

/** A category as a row: its quantity at each level beside what was counted without the platform. */
export interface CategoryRow {
  readonly name: string;
  readonly quantity: (usage: Usage) => string;
  readonly category: keyof Usage['categories'];
  /** Its cost stands in another row of the category. */
  readonly isCostElsewhere?: true;
  /** Absent = there is nothing to count. */
  readonly counted?: string;
}

/** The categories of every show, of which `streaming` and so on were counted. */
const categoryRows = (counted: Partial<Readonly<Record<keyof Usage['categories'], string>>>): readonly CategoryRow[] => {
  const row = (name: string, category: keyof Usage['categories'], quantity: CategoryRow['quantity']): CategoryRow => ({ name, category, quantity, ...(counted[category] !== undefined && { counted: counted[category] }) });
  return [
    row('Streaming hours', 'streaming', ({ categories }) => amount(categories.streaming)),
    row('Packaging GB', 'packaging', ({ categories }) => amount(categories.packaging)),
    row('Delivery GB', 'delivery', ({ categories }) => amount(categories.delivery)),
    row('Conversion minutes', 'conversion', ({ categories }) => amount(categories.conversion)),
    row('Storage GB held', 'storage', ({ categories }) => shown(categories.storage?.held.amount, 6)),
  ];
};

/** The categories of a show of either kind beside what was counted of it: what IVS delivers is streaming, too. */
export const rowsOf = (independent: Independent): readonly CategoryRow[] => {
  const { kind, pushedSeconds, watchedSeconds, viewerBytes, recordingBytes, convertedSeconds } = independent;
  const conversion = (convertedSeconds / 60).toFixed(6);
  if (kind === 'PRO') {
    const { ranSeconds, bodyBytesFromOrigin, archiveBytes } = independent;
    return categoryRows({ streaming: (ranSeconds / 3600).toFixed(6), packaging: `egress ${gigabytes(bodyBytesFromOrigin)}`, delivery: gigabytes(viewerBytes), conversion, storage: gigabytes(archiveBytes + recordingBytes) });
  }
  const [streaming, ...others] = categoryRows({ streaming: (pushedSeconds / 3600).toFixed(6), conversion, storage: gigabytes(recordingBytes) });
  const delivered: CategoryRow = {
    name: 'Delivered hours',
    category: 'streaming',
    isCostElsewhere: true,
    quantity: ({ categories }) => shown(categories.streaming?.deliveredHours, 6),
    counted: (watchedSeconds / 3600).toFixed(6),
  };
  return streaming === undefined ? [delivered, ...others] : [streaming, delivered, ...others];
};

const isNone = ({ categories, states }: Usage, category: keyof Usage['categories']): boolean => categories[category] === null && states[category] === 'NOT_APPLICABLE';

/** Quantities and USD at each level, at the breakout with what is billable, beside what was counted independently. */
export const usageTable = ({ usage: { breakout, event, account } }: Pick<Results, 'usage'>, rows: readonly CategoryRow[]): string => {
  const levels = [breakout, event, account];
  const cells = (usage: Usage, { quantity, category, isCostElsewhere }: CategoryRow): string[] => {
    const isShown = isCostElsewhere !== true && !isNone(usage, category);
    const rated = usage.categories[category];
    // What is billable of storage is no bytes that are held, but how long they were.
    const ofBreakout = isShown && rated && category !== 'storage' ? billable(rated) : '';
    return [isNone(usage, category) ? 'not applicable' : quantity(usage), ...(usage === breakout ? [ofBreakout] : []), isShown ? money(rated?.usd, rated?.chargeUsd) : ''];
  };
  const total = (usage: Usage): string[] => ['', ...(usage === breakout ? [''] : []), money(usage.totalUsd, usage.totalChargeUsd)];
  return columns([
    ['', 'Breakout', 'billable', 'USD', 'Event', 'USD', 'Account', 'USD', 'counted independently'],
    ...rows.map((row) => [row.name, ...levels.flatMap((usage) => cells(usage, row)), row.counted ?? '']),
    ['Total', ...levels.flatMap(total), ''],
  ]);
};

/** Every line with its rate; `*` marks rates that are illustrative, `–` lines that cost nothing of their own. */
export const lineTable = (lines: readonly UsageLine[], isIllustrative: (sku: string) => boolean): string =>
  columns([
    ['Line', 'billable', 'unit', 'USD per unit', 'USD', 'usage type'],
    ...lines.map(({ key, owner, billable, rate, usd, unpriced }) => [
      owner === 'PLATFORM' ? `${key} (not the show's)` : key,
      billable?.amount ?? '',
      billable?.unit ?? '',
      rate?.usdPerUnit ?? '',
      usd ?? (unpriced === undefined ? '–' : 'unpriced'),
      `${rate?.usageType ?? ''}${rate && isIllustrative(rate.sku) ? ' *' : ''}`,
    ]),
  ]);

/** The comparisons, one a line. */
export const checkTable = (checks: readonly Check[]): string =>
  columns([['', 'counted', 'the platform, where it differs'], ...checks.map(({ name, expected, measured, ok }) => [`${ok ? 'ok  ' : 'FAIL'}  ${name}`, expected, ok && expected === measured ? '' : measured])]);
