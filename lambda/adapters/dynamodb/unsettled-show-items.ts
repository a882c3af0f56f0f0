import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import { unsettledShow, type UnsettledShow } from '../../domain/breakouts/unsettled-show.ts';
import { itemCodec } from './item-codec.ts';
import type { Table, Write } from './table.ts';

const schema: z.ZodType<UnsettledShow> = z.object({ breakoutId: z.string(), accountId: z.string(), since: z.string() });

const codec = itemCodec('UnsettledShow', 1, schema);

/** Keeps the list of an account's unsettled shows true with a write of the breakout; a breakout that is new is not in it. */
export const unsettledWrites = (breakout: Breakout): readonly Write[] => {
  if (breakout.revision === 1) return [];
  const key = itemKey.unsettledShow(breakout.accountId, breakout.breakoutId);
  const show = unsettledShow(breakout);
  return [show === undefined ? { delete: key } : { put: { ...codec.encode(show), ...key } }];
};

/** Every unsettled show of an account, by id. */
export const readUnsettledShows = async (table: Pick<Table, 'query'>, accountId: string): Promise<readonly UnsettledShow[]> => {
  const { PK: partition, SK: prefix } = itemKey.unsettledShow(accountId, '');
  return (await table.query({ partition, prefix })).map((item) => codec.decode(item));
};
