import { itemKey } from '../../contract/table-keys.ts';
import type { AuditTrail } from '../../domain/breakouts/read-ingest.ts';
import { isAbsent } from './expressions.ts';
import type { Table } from './table.ts';

/** The audit trail in the one table, under the account whose thing it was; an entry is never overwritten. */
export const dynamoDbAuditTrail = (table: Table, newEntryId: () => string): AuditTrail => ({
  record: (entry) =>
    table.put({ ...entry, type: 'AuditEntry', schemaVersion: 1, ...itemKey.audit(entry.accountId, entry.at, newEntryId()) }, isAbsent),
});
