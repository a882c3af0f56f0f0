import * as z from 'zod';
import { itemKey, timeToLiveAttribute, type ItemKey } from '../../contract/table-keys.ts';
import type { MetricReading, MetricReadings } from '../../domain/usage/metric-readings.ts';
import { attempted } from './attempted.ts';
import type { Condition } from './expressions.ts';
import { itemsOfSeries, pieceMembers, seriesOfItem } from './series-items.ts';
import type { Table } from './table.ts';

const seriesSchema = z.object({
  region: z.string(),
  metric: z.object({ namespace: z.string(), name: z.string(), dimensions: z.record(z.string(), z.string()), scale: z.number().exactOptional() }),
  from: z.number(),
  values: z.array(z.bigint().nullable()),
  isComplete: z.boolean(),
  refused: z.array(z.number()).exactOptional(),
});

/** An item whose turn was taken and whose reading is still to come has neither. */
const readingSchema = z.object({ readAt: z.number().exactOptional(), seriesPieces: z.array(z.string()).default([]) });

const hasTurn = (notBefore: number): Condition => ({
  expression: 'attribute_not_exists(#claimedAt) OR #claimedAt <= :notBefore',
  names: { '#claimedAt': 'claimedAt' },
  values: { ':notBefore': notBefore },
});

const stamp = { type: 'MetricReading', schemaVersion: 2 };

/** Who has read which pieces a reading has may still be reading them. */
const retiredSeconds = 86_400;

/** Pieces of two readings are never the same item: one may go while the other stays. */
const pieceKey = (breakoutId: string, readAt: number) => (name: string): ItemKey => itemKey.seriesPiece(itemKey.showMetrics(breakoutId).PK, `${readAt}#${name}`);

/** Lets the pieces of a reading expire that another one has taken the place of. */
const retire = async (table: Pick<Table, 'update'>, breakoutId: string, item: unknown, by: number): Promise<void> => {
  const { readAt, seriesPieces } = readingSchema.parse(item ?? {});
  if (readAt === undefined || readAt === by) return;
  const change = { set: { [timeToLiveAttribute]: Math.ceil(by / 1_000) + retiredSeconds } };
  await Promise.all(seriesPieces.map((name) => table.update(pieceKey(breakoutId, readAt)(name), change)));
};

/** Keeps readings in the one table: `dynamodb:GetItem`, `UpdateItem`. A minute of a metric is 3 to 4 bytes; what one item cannot hold is in pieces beside it. */
export const dynamoDbMetricReadings = (table: Table): MetricReadings => ({
  get: async (breakoutId) => {
    const item = await table.get(itemKey.showMetrics(breakoutId));
    const { readAt } = readingSchema.parse(item ?? {});
    if (item === undefined || readAt === undefined) return undefined;
    return { readAt, series: z.array(seriesSchema).parse(await seriesOfItem(table, item, pieceKey(breakoutId, readAt))) };
  },
  keep: async (breakoutId, { readAt, series }: MetricReading) => {
    const { members, pieces } = itemsOfSeries(series);
    const { seriesPieces = [], ...rest } = members;
    const before = await table.get(itemKey.showMetrics(breakoutId));
    await Promise.all(pieces.map((piece) => table.update(pieceKey(breakoutId, readAt)(piece.name), { set: pieceMembers(piece) })));
    await table.update(itemKey.showMetrics(breakoutId), { set: { ...stamp, readAt, ...rest, seriesPieces } });
    await retire(table, breakoutId, before, readAt);
  },
  claim: (breakoutId, at, notBefore) => attempted(table.update(itemKey.showMetrics(breakoutId), { set: { ...stamp, claimedAt: at } }, hasTurn(notBefore))),
});
