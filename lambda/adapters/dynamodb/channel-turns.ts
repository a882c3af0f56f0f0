import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import { isoTime } from '../../domain/usage/calendar-month.ts';
import type { ChannelTurn, ChannelTurns } from '../../domain/usage/overheads/unheld-runs.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

const codec = itemCodec<ChannelTurn>('ChannelTurn', 1, z.object({ pipelineId: z.string(), at: z.string(), isOn: z.boolean() }));

/** How far is looked back for the last end: a start is told by an event and once by a poll. */
const mostBefore = 20;

/** Remembers when channels ran for nobody in the one table: `dynamodb:PutItem` and `Query`. */
export const dynamoDbChannelTurns = (table: Pick<Table, 'put' | 'query'>): ChannelTurns => ({
  note: (turn) => table.put({ ...codec.encode(turn), ...itemKey.channelTurn(turn.pipelineId, turn.at, turn.isOn) }),
  around: async (pipelineId, { from, to }) => {
    const { PK: partition, SK } = itemKey.channelTurn(pipelineId, isoTime(from), false);
    const prefix = SK.slice(0, SK.indexOf('#') + 1);
    const [start, end] = [`${prefix}${isoTime(from)}`, `${prefix}${isoTime(to)}`];
    const [before, within] = await Promise.all([
      table.query({ partition, after: prefix, before: start, newestFirst: true, limit: mostBefore }),
      table.query({ partition, after: start, before: end }),
    ]);
    const earlier = before.map((item) => codec.decode(item));
    const lastEnd = earlier.findIndex(({ isOn }) => !isOn);
    return [...(lastEnd < 0 ? earlier : earlier.slice(0, lastEnd + 1)).toReversed(), ...within.map((item) => codec.decode(item))];
  },
});
