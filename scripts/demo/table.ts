import type { Check } from './checks.ts';
import type { Independent } from './compare.ts';
import type { Results, Usage, UsageLine } from './read-results.ts';

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('   ')).join('\n');
};

const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(6);

const shown = (value: string | null | undefined, digits: number): string => (value === null || value === undefined ? 'no data' : Number(value).toFixed(digits));

interface CategoryRow {
  readonly name: string;
  readonly quantity: (usage: Usage) => string;
  readonly usd: (usage: Usage) => string | null | undefined;
  readonly independent: (independent: Independent) => string;
}

const categoryRows: readonly CategoryRow[] = [
  {
    name: 'Streaming hours',
    quantity: ({ categories }) => shown(categories.streaming?.hours, 6),
    usd: ({ categories }) => categories.streaming?.usd,
    independent: ({ ranSeconds }) => (ranSeconds / 3600).toFixed(6),
  },
  {
    name: 'Packaging GB',
    quantity: ({ categories }) => shown(categories.packaging?.gigabytes, 6),
    usd: ({ categories }) => categories.packaging?.usd,
    independent: ({ bodyBytesFromOrigin }) => `egress ${gigabytes(bodyBytesFromOrigin)}`,
  },
  {
    name: 'Delivery GB',
    quantity: ({ categories }) => shown(categories.delivery?.gigabytes, 6),
    usd: ({ categories }) => categories.delivery?.usd,
    independent: ({ viewerBytes }) => gigabytes(viewerBytes),
  },
  {
    name: 'Conversion minutes',
    quantity: ({ categories }) => shown(categories.conversion?.minutes, 6),
    usd: ({ categories }) => categories.conversion?.usd,
    independent: ({ convertedSeconds }) => (convertedSeconds / 60).toFixed(6),
  },
  {
    name: 'Storage GB',
    quantity: ({ categories }) => shown(categories.storage?.gigabytes, 6),
    usd: ({ categories }) => categories.storage?.usd,
    independent: ({ archiveBytes, recordingBytes }) => gigabytes(archiveBytes + recordingBytes),
  },
];

/** Quantities and USD at each level, beside what was counted independently. */
export const usageTable = ({ usage: { breakout, event, account } }: Results, independent: Independent): string => {
  const levels = [breakout, event, account];
  const cells = (usage: Usage, { quantity, usd }: CategoryRow): string[] => [quantity(usage), shown(usd(usage), 9)];
  return columns([
    ['', 'Breakout', 'USD', 'Event', 'USD', 'Account', 'USD', 'counted independently'],
    ...categoryRows.map((row) => [row.name, ...levels.flatMap((usage) => cells(usage, row)), row.independent(independent)]),
    ['Total', ...levels.flatMap((usage) => ['', shown(usage.totalUsd, 9)]), ''],
  ]);
};

/** Every line with its rate; `*` marks rates that are illustrative. */
export const lineTable = (lines: readonly UsageLine[], isIllustrative: (sku: string) => boolean): string =>
  columns([
    ['Line', 'billable', 'unit', 'USD per unit', 'USD', 'usage type'],
    ...lines.map(({ key, billable, rate, usd, unpriced }) => [
      key,
      billable?.amount ?? '',
      billable?.unit ?? '',
      rate?.usdPerUnit ?? '',
      usd ?? (unpriced === undefined ? '' : 'unpriced'),
      `${rate?.usageType ?? ''}${rate && isIllustrative(rate.sku) ? ' *' : ''}`,
    ]),
  ]);

/** The comparisons, one a line. */
export const checkTable = (checks: readonly Check[]): string =>
  columns(checks.map(({ name, expected, measured, ok }) => [`${ok ? 'ok  ' : 'FAIL'}  ${name}`, expected, ok && expected === measured ? '' : measured]));
