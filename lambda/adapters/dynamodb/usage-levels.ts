import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import { sumMeasures, type Measures } from '../../domain/usage/measures.ts';
import { sumMetered, type MeteredTotals } from '../../domain/usage/metered-totals.ts';
import { bookingsOf } from '../../domain/usage/own-lines/own-line-months.ts';
import { accountOf, type ProfileOwner } from '../../domain/usage/profile-owner.ts';
import { allMonths, type HeadMove, type UsageLevel } from '../../domain/usage/usage-store.ts';
import type { Item, Table, Write } from './table.ts';
import { measuresSchema, meteredSchema } from './usage-schemas.ts';

/** The levels over an owner in a period, but for the platform: its event's and its account's, or the overheads. */
const keysOver = (owner: ProfileOwner, period: string): readonly ItemKey[] => {
  switch (owner.kind) {
    case 'BREAKOUT':
      return [itemKey.eventUsage(owner.eventId, period), itemKey.accountUsage(owner.accountId, period)];
    case 'ACCOUNT':
      return [itemKey.accountUsage(owner.accountId, period)];
    case 'PLATFORM':
      return [itemKey.platformOverheads(period)];
  }
};

/** Adds signed amounts to a level, which needs no condition of its own. */
export const addTo = (key: ItemKey, difference: Measures, asOf: string): Extract<Write, { readonly update: ItemKey }> => ({
  update: key,
  change: { set: { asOf, type: 'UsageLevel', schemaVersion: 1 }, add: { ...difference } },
});

const isSome = (amounts: Measures | MeteredTotals): boolean => Object.keys(amounts).length > 0;

/** What a month's moves are counted as, beside its measures. */
export const bookingsAttribute = 'bookings';

const wholeWrite = (move: HeadMove, period: string): Write => {
  const { head, difference, platformDifference } = move;
  const { update, change } = addTo(itemKey.platformUsage(period), sumMeasures([difference, platformDifference]), head.asOf);
  return { update, change: { ...change, add: { ...change.add, ...(period === allMonths ? {} : { [bookingsAttribute]: bookingsOf(move) }) } } };
};

/** The platform bears both sides of a move. */
const platformWrites = (move: HeadMove, period: string): readonly Write[] => {
  const { head, platformDifference } = move;
  return [wholeWrite(move, period), ...(isSome(platformDifference) ? [addTo(itemKey.platformOverheads(period), platformDifference, head.asOf)] : [])];
};

/** What a move adds to the levels above the head: by month and in all. */
export const levelWrites = (move: HeadMove): readonly Write[] => {
  const { head, difference } = move;
  const total = head.owner.kind === 'BREAKOUT' ? [itemKey.usageHead(head.owner.breakoutId, allMonths)] : [];
  const over = [head.month, allMonths].flatMap((period) => keysOver(head.owner, period));
  return [...[...total, ...over].map((key) => addTo(key, difference, head.asOf)), ...[head.month, allMonths].flatMap((period) => platformWrites(move, period))];
};

/** Attributes of an item are named by what they count, beside those that every item has. */
const skuAttribute = 'sku:';

const skusKey = (accountId: string | undefined, month: string): ItemKey => (accountId === undefined ? itemKey.platformSkus(month) : itemKey.accountSkus(accountId, month));

const countSkus = (accountId: string | undefined, month: string, difference: MeteredTotals): readonly Write[] => {
  if (!isSome(difference)) return [];
  const add = Object.fromEntries(Object.entries(difference).map(([name, amount]) => [`${skuAttribute}${name}`, amount]));
  return [{ update: skusKey(accountId, month), change: { set: { type: 'UsageSkus', schemaVersion: 1 }, add } }];
};

/** What a move adds to the quantities by SKU: the account's, and everything's. */
export const skuWrites = ({ head: { owner, month }, meteredDifference, platformMeteredDifference }: HeadMove): readonly Write[] => {
  const accountId = accountOf(owner);
  return [
    ...(accountId === undefined ? [] : countSkus(accountId, month, meteredDifference)),
    ...countSkus(undefined, month, sumMetered(meteredDifference, platformMeteredDifference)),
  ];
};

/** Reads the quantities by SKU: one item, empty when nothing is booked. */
export const readSkus = async (table: Pick<Table, 'get'>, accountId: string | undefined, month: string): Promise<MeteredTotals> => {
  const item = (await table.get(skusKey(accountId, month))) ?? {};
  const counted = Object.entries(item).filter(([name]) => name.startsWith(skuAttribute));
  return meteredSchema.parse(Object.fromEntries(counted.map(([name, amount]) => [name.slice(skuAttribute.length), amount])));
};

/** A level as it is stored; empty when nothing is booked. */
export const levelOf = (item: Item | undefined): UsageLevel => {
  if (!item) return { measures: {} };
  const asOf = item['asOf'];
  return { measures: measuresSchema.parse(item), ...(typeof asOf === 'string' ? { asOf } : {}) };
};

/** Reads a level: one item, empty when nothing is booked. */
export const readLevel = async (table: Pick<Table, 'get'>, key: ItemKey): Promise<UsageLevel> => levelOf(await table.get(key));
