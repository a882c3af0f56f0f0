import * as z from 'zod';
import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import { allMonths } from '../../domain/usage/usage-store.ts';
import type { LevelRef, ProfileVersion, UsageHistory } from '../../domain/usage/usage-history.ts';
import type { Item, Table } from './table.ts';
import { seriesOfItem } from './series-items.ts';
import { versionKey, versionPieceKey } from './usage-keys.ts';
import { headSchema, rawIntervalSchema } from './usage-schemas.ts';
import { headOfItem } from './usage-store.ts';

const seriesSchema = z.array(z.object({ name: z.string(), from: z.string(), periodSeconds: z.number(), values: z.array(z.bigint().nullable()), intervals: z.array(rawIntervalSchema).exactOptional() }));

const decoded = async (table: Pick<Table, 'get'>, item: Item): Promise<ProfileVersion> => {
  const head = headSchema.parse(headOfItem(item));
  return { head, series: seriesSchema.parse(await seriesOfItem(table, item, versionPieceKey(head))) };
};

/** What the sort key of a version ends in: `2026-11#V000002`. */
const placeOf = (item: Item, prefix: string): string => z.string().parse(item['SK']).slice(prefix.length);

const monthsKey = (level: LevelRef): ItemKey => {
  switch (level.kind) {
    case 'EVENT':
      return itemKey.eventUsage(level.eventId, '');
    case 'ACCOUNT':
      return itemKey.accountUsage(level.accountId, '');
    case 'PLATFORM':
      return itemKey.platformUsage('');
  }
};

/** Versions of profiles in the one table: `dynamodb:GetItem`, `Query`. */
export const dynamoDbUsageHistory = (table: Pick<Table, 'get' | 'query'>): UsageHistory => ({
  versions: async (breakoutId, { limit, after }, month) => {
    const { PK: partition } = itemKey.usageVersion(breakoutId, '', 0);
    const kind = 'PROFILE#';
    const from = after === undefined ? {} : { after: `${kind}${after}` };
    const found = await table.query({ partition, prefix: `${kind}${month === undefined ? '' : `${month}#`}`, ...from, limit: limit + 1 });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const page = await Promise.all(items.map((one) => decoded(table, one)));
    return found.length > limit && last ? { items: page, next: placeOf(last, kind) } : { items: page };
  },
  months: async (level) => {
    const { PK: partition, SK: prefix } = monthsKey(level);
    return (await table.query({ partition, prefix })).map((item) => placeOf(item, prefix)).filter((month) => month !== allMonths);
  },
  version: async (owner, month, version) => {
    const item = await table.get(versionKey({ owner, month }, version));
    return item && decoded(table, item);
  },
});
