import * as z from 'zod';
import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import type { OwnLineMonths } from '../../domain/usage/own-lines/own-line-months.ts';
import { allMonths } from '../../domain/usage/usage-store.ts';
import type { Table } from './table.ts';
import { bookingsAttribute } from './usage-levels.ts';
import { integer } from './usage-schemas.ts';

/** Months of before moves were counted have some: they are looked at once. */
const bookedSchema = z.object({ SK: z.string(), [bookingsAttribute]: integer.default(0n) });

const followedSchema = z.object({ SK: z.string(), followed: integer });

const ofMonths = async <Counted extends { readonly SK: string }>(table: Table, { PK: partition, SK: prefix }: ItemKey, schema: z.ZodType<Counted>): Promise<ReadonlyMap<string, Counted>> =>
  new Map((await table.query({ partition, prefix })).map((item) => schema.parse(item)).map((counted) => [counted.SK.slice(prefix.length), counted]));

/** How far own lines have followed, in the one table: `dynamodb:Query`, and `PutItem` for who books them. */
export const dynamoDbOwnLineMonths = (table: Table): OwnLineMonths => ({
  ownLineMonths: async () => {
    // What was followed is read first: a booking that comes in between is seen, and not thought to be followed.
    const followed = await ofMonths(table, itemKey.ownLinesFollowed(''), followedSchema);
    const booked = await ofMonths(table, itemKey.platformUsage(''), bookedSchema);
    return [...new Set([...booked.keys(), ...followed.keys()])]
      .filter((month) => month !== allMonths)
      .sort()
      .map((month) => {
        const known = followed.get(month)?.followed;
        return { month, bookings: booked.get(month)?.bookings ?? 0n, ...(known === undefined ? {} : { followed: known }) };
      });
  },
  followed: async (month, bookings) => {
    await table.put({ ...itemKey.ownLinesFollowed(month), followed: bookings, type: 'OwnLinesFollowed', schemaVersion: 1 });
  },
});
