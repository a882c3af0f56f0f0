import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import type { Measures } from '../../domain/usage/measures.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { allMonths, type UsageLevel } from '../../domain/usage/usage-store.ts';
import type { Item, Table, Write } from './table.ts';
import { measuresSchema } from './usage-schemas.ts';

/** The items that usage of a breakout rolls up into: its own total, its event's and its account's, by month and in all. */
export const levelKeys = ({ breakoutId, eventId, accountId, month }: ProfileHead): readonly ItemKey[] => [
  itemKey.usageHead(breakoutId, allMonths),
  ...[month, allMonths].flatMap((period) => [itemKey.eventUsage(eventId, period), itemKey.accountUsage(accountId, period)]),
];

/** The platform's items, which bear what no breakout caused. */
export const platformKeys = ({ month }: ProfileHead): readonly ItemKey[] => [month, allMonths].map((period) => itemKey.platformUsage(period));

/** Adds signed amounts to a level, which needs no condition of its own. */
export const addTo = (key: ItemKey, difference: Measures, asOf: string): Write => ({
  update: key,
  change: { set: { asOf, type: 'UsageLevel', schemaVersion: 1 }, add: { ...difference } },
});

const levelOf = (item: Item | undefined): UsageLevel => {
  if (!item) return { measures: {} };
  const asOf = item['asOf'];
  return { measures: measuresSchema.parse(item), ...(typeof asOf === 'string' ? { asOf } : {}) };
};

/** Reads a level: one item, empty when nothing is booked. */
export const readLevel = async (table: Pick<Table, 'get'>, key: ItemKey): Promise<UsageLevel> => levelOf(await table.get(key));
