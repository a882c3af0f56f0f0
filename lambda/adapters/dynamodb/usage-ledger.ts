import * as z from 'zod';
import { itemKey, type ItemKey } from '../../contract/table-keys.ts';
import { billedIn, entryOf, isCorrection, isOpenProfile } from '../../domain/usage/billing.ts';
import { accruingMeasure, statusMeasure } from '../../domain/usage/measures.ts';
import { accountOf, ownerIdOf } from '../../domain/usage/profile-owner.ts';
import type { BillingMonth, LedgerEntry, OpenProfile, UsageLedger } from '../../domain/usage/usage-ledger.ts';
import type { HeadMove } from '../../domain/usage/usage-store.ts';
import { attempted } from './attempted.ts';
import { all, countsNothing, lacks } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Item, Table, Write } from './table.ts';
import { ownPartition } from './usage-keys.ts';
import { addTo, levelOf } from './usage-levels.ts';
import { entrySchema, openProfileSchema } from './usage-schemas.ts';

const entryCodec = itemCodec<LedgerEntry>('LedgerEntry', 1, entrySchema);
const openProfileCodec = itemCodec<OpenProfile>('OpenProfile', 1, openProfileSchema);

const closedSchema = z.object({ closedAt: z.string().exactOptional() });

/** Sorts moves of one instant, and tells them apart. */
const entryId = ({ owner, month, version }: LedgerEntry): string => `${ownerIdOf(owner)}#${month}#${version}`;

const entryWrites = (entry: LedgerEntry): readonly Write[] => {
  const accountId = accountOf(entry.owner);
  const item = entryCodec.encode(entry);
  const ledger = { put: { ...item, ...itemKey.ledgerEntry(ownPartition(accountId), entry.bookedAt, entryId(entry)) } };
  if (accountId === undefined || entry.billingMonth === undefined || !isCorrection(entry)) return [ledger];
  return [ledger, { put: { ...item, ...itemKey.correction(accountId, entry.billingMonth, entry.bookedAt, entryId(entry)) } }];
};

const openProfileWrite = ({ head: { owner, month, status } }: HeadMove, key: ItemKey, isOpen: boolean): Write =>
  isOpen ? { put: { ...openProfileCodec.encode({ owner, month, status }), ...key } } : { delete: key };

/** What a move writes into the books: its entry, and the month that bills it on the condition that it is open. */
export const bookWrites = (move: HeadMove): readonly Write[] => {
  const { head, difference } = move;
  const entries = entryWrites(entryOf(move));
  const billed = billedIn(move);
  if (billed === undefined) return entries;
  const { accountId, billingMonth } = billed;
  return [
    ...entries,
    { ...addTo(itemKey.billing(accountId, billingMonth), difference, head.asOf), condition: lacks('closedAt') },
    openProfileWrite(move, itemKey.openProfile(accountId, billingMonth, ownerIdOf(head.owner), head.month), isOpenProfile(head)),
  ];
};

const billingOf = (month: string, item: Item | undefined): BillingMonth => ({ month, ...levelOf(item), ...closedSchema.parse(item ?? {}) });

/** The books in the one table: `dynamodb:GetItem`, `Query`; `UpdateItem` for who closes months. */
export const dynamoDbUsageLedger = (table: Table): UsageLedger => ({
  billing: async (accountId, month) => billingOf(month, await table.get(itemKey.billing(accountId, month))),
  billingMonths: async (accountId, from) => {
    const { PK: partition, SK: prefix } = itemKey.billing(accountId, '');
    const items = await table.query({ partition, prefix });
    return items.map((item) => billingOf(String(item['SK']).slice(prefix.length), item)).filter(({ month }) => month >= from);
  },
  closeBilling: (accountId, month, closedAt) =>
    attempted(
      table.update(
        itemKey.billing(accountId, month),
        { set: { closedAt, type: 'UsageLevel', schemaVersion: 1 } },
        all(lacks('closedAt'), countsNothing(statusMeasure.PROVISIONAL), countsNothing(accruingMeasure)),
      ),
    ),
  openProfiles: async (accountId, billingMonth, limit) => {
    const { PK: partition, SK: prefix } = itemKey.openProfile(accountId, billingMonth, '', '');
    return (await table.query({ partition, prefix: prefix.slice(0, -1), limit })).map((item) => openProfileCodec.decode(item));
  },
  corrections: async (accountId, billingMonth, { limit, after }) => {
    const { PK: partition, SK: withId } = itemKey.correction(accountId, billingMonth, '', '');
    const prefix = withId.slice(0, -1);
    const items = await table.query({ partition, prefix, ...(after === undefined ? {} : { after: `${prefix}${after}` }), limit: limit + 1 });
    const page = items.slice(0, limit);
    const next = items.length > limit ? String(page.at(-1)?.['SK']).slice(prefix.length) : undefined;
    return { items: page.map((item) => entryCodec.decode(item)), ...(next === undefined ? {} : { next }) };
  },
  entriesAfter: async (accountId, at, limit) => {
    const { PK: partition, SK: from } = itemKey.ledgerEntry(ownPartition(accountId), at, '\uffff');
    const { SK: prefix } = itemKey.ledgerEntry(ownPartition(accountId), '', '');
    return (await table.query({ partition, prefix: prefix.slice(0, -1), after: from, limit })).map((item) => entryCodec.decode(item));
  },
});
