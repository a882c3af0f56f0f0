import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import type { ProfileRef } from '../../domain/usage/profile-owner.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { allMonths, type HeadMove, type UsageStore } from '../../domain/usage/usage-store.ts';
import { attempted } from './attempted.ts';
import { equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Item, Table, Write } from './table.ts';
import { itemsOfSeries, pieceMembers, type SeriesMembers } from './series-items.ts';
import { headKey, ownPartition, versionKey, versionPieceKey } from './usage-keys.ts';
import { bookWrites, dynamoDbUsageLedger } from './usage-ledger.ts';
import { levelWrites, readLevel, readSkus, skuWrites } from './usage-levels.ts';
import { readUsageLines, writeUsageLines } from './usage-lines.ts';
import { headSchema } from './usage-schemas.ts';
import { dynamoDbOwnLineMonths } from './own-line-months.ts';

/** Heads once were of breakouts alone, and nothing of them accrued. */
const ofBreakouts = ({ breakoutId, eventId, accountId, ...head }: Item): Item => ({
  ...head,
  owner: { kind: 'BREAKOUT', breakoutId, eventId, accountId },
  settledFingerprint: head['fingerprint'],
  metered: {},
  platformMetered: {},
});

/** The head in an item of any age. */
export const headOfItem = (item: Item): Item => (item['owner'] === undefined ? ofBreakouts(item) : item);

const headCodec = itemCodec('UsageHead', 2, headSchema, { 1: ofBreakouts });

const isHead = ({ type }: Item): boolean => type === 'UsageHead';

const headWrite = (head: ProfileHead): Write => ({
  put: { ...headCodec.encode(head), ...headKey(head.owner, head.month) },
  condition: head.version === 1 ? isAbsent : equals('version', head.version - 1),
});

const versionWrite = ({ head }: HeadMove, series: SeriesMembers): Write => ({
  put: { ...head, ...versionKey(head, head.version), type: 'UsageVersion', schemaVersion: 2, ...series },
});

/** What the version's item cannot hold of its series is written first, where no reader looks until the version names it. */
const move = async (table: Table, headMove: HeadMove): Promise<boolean> => {
  const { members, pieces } = itemsOfSeries(headMove.series);
  await Promise.all(pieces.map((piece) => table.put({ ...pieceMembers(piece), ...versionPieceKey(headMove.head)(piece.name) })));
  return attempted(table.transact([headWrite(headMove.head), versionWrite(headMove, members), ...levelWrites(headMove), ...skuWrites(headMove), ...bookWrites(headMove)]));
};

/** Keeps usage in the one table: `dynamodb:GetItem`, `Query`, `PutItem`, `UpdateItem`, and transactions of these. */
export const dynamoDbUsageStore = (table: Table): UsageStore => {
  const head = async (owner: ProfileRef, month: string): Promise<ProfileHead | undefined> => {
    const item = await table.get(headKey(owner, month));
    return item && headCodec.decode(item);
  };
  const heads = async ({ PK: partition, SK: prefix }: ItemKey): Promise<readonly ProfileHead[]> => {
    const items = await table.query({ partition, prefix });
    return items.filter(isHead).map((item) => headCodec.decode(item));
  };
  return {
    ...dynamoDbUsageLedger(table),
    ...dynamoDbOwnLineMonths(table),
    head,
    heads: (breakoutId) => heads(itemKey.usageHead(breakoutId, '')),
    ownHeads: (accountId, month) => heads(itemKey.ownUsageHead(ownPartition(accountId), month, '')),
    writeLines: (profile, lines) => writeUsageLines(table, profile, lines),
    move: (headMove) => move(table, headMove),
    lines: (profile, page) => readUsageLines(table, profile, page),
    breakoutUsage: async (breakoutId, period) => {
      if (period === allMonths) return readLevel(table, itemKey.usageHead(breakoutId, allMonths));
      const found = await head({ kind: 'BREAKOUT', breakoutId }, period);
      return found ? { measures: found.totals, asOf: found.asOf } : { measures: {} };
    },
    eventUsage: (eventId, period) => readLevel(table, itemKey.eventUsage(eventId, period)),
    accountUsage: (accountId, period) => readLevel(table, itemKey.accountUsage(accountId, period)),
    platformUsage: (period) => readLevel(table, itemKey.platformUsage(period)),
    overheads: (period) => readLevel(table, itemKey.platformOverheads(period)),
    metered: (accountId, month) => readSkus(table, accountId, month),
  };
};
