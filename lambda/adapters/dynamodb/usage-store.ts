import { itemKey } from '../../contract/table-keys.ts';
import type { RawSeries } from '../../domain/usage/usage-line.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { allMonths, type HeadMove, type UsageStore } from '../../domain/usage/usage-store.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Table, Write } from './table.ts';
import { addTo, levelKeys, platformKeys, readLevel } from './usage-levels.ts';
import { readUsageLines, writeUsageLines } from './usage-lines.ts';
import { headSchema } from './usage-schemas.ts';

const headCodec = itemCodec('UsageHead', 1, headSchema);

/** One value a minute, short enough for the longest show in one item: `120,,7`. */
const compact = ({ values, ...series }: RawSeries): object => ({ ...series, values: values.map((value) => value?.toString() ?? '').join(',') });

const headWrite = (head: ProfileHead): Write => ({
  put: { ...headCodec.encode(head), ...itemKey.usageHead(head.breakoutId, head.month) },
  condition: head.version === 1 ? isAbsent : equals('version', head.version - 1),
});

const versionWrite = ({ head, series }: HeadMove): Write => ({
  put: {
    ...head,
    ...itemKey.usageVersion(head.breakoutId, head.month, head.version),
    type: 'UsageVersion',
    schemaVersion: 1,
    series: series.map(compact),
  },
});

const levelWrites = ({ head, difference, platformDifference }: HeadMove): readonly Write[] => [
  ...levelKeys(head).map((key) => addTo(key, difference, head.asOf)),
  ...(Object.keys(platformDifference).length === 0 ? [] : platformKeys(head).map((key) => addTo(key, platformDifference, head.asOf))),
];

const move = (table: Table, headMove: HeadMove): Promise<boolean> =>
  attempted(table.transact([headWrite(headMove.head), versionWrite(headMove), ...levelWrites(headMove)]));

/** Keeps usage in the one table: `dynamodb:GetItem`, `Query`, `PutItem`, `UpdateItem`, and transactions of these. */
export const dynamoDbUsageStore = (table: Table): UsageStore => {
  const head = async (breakoutId: string, month: string): Promise<ProfileHead | undefined> => {
    const item = await table.get(itemKey.usageHead(breakoutId, month));
    return item && headCodec.decode(item);
  };
  return {
    head,
    heads: async (breakoutId) => {
      const { PK: partition, SK: prefix } = itemKey.usageHead(breakoutId, '');
      const items = await table.query({ partition, prefix });
      return items.filter(({ type }) => type === 'UsageHead').map((item) => headCodec.decode(item));
    },
    writeLines: (profile, lines) => writeUsageLines(table, profile, lines),
    move: (headMove) => move(table, headMove),
    lines: (profile, page) => readUsageLines(table, profile, page),
    breakoutUsage: async (breakoutId, period) => {
      if (period === allMonths) return readLevel(table, itemKey.usageHead(breakoutId, allMonths));
      const found = await head(breakoutId, period);
      return found ? { measures: found.totals, asOf: found.asOf } : { measures: {} };
    },
    eventUsage: (eventId, period) => readLevel(table, itemKey.eventUsage(eventId, period)),
    accountUsage: (accountId, period) => readLevel(table, itemKey.accountUsage(accountId, period)),
    platformUsage: (period) => readLevel(table, itemKey.platformUsage(period)),
  };
};
