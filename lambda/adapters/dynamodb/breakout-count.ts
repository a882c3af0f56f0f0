import { listKey } from '../../contract/table-keys.ts';
import type { Table } from './table.ts';

/** Counts breakouts: `dynamodb:Query` on the list index, without reading them out. */
export const dynamoDbBreakoutCount = (table: Pick<Table, 'count'>): { countByEvent(eventId: string): Promise<number> } => ({
  countByEvent: (eventId) => table.count({ partition: listKey.breakout(eventId, '').GSI1PK, inListIndex: true }),
});
