import { itemKey } from '../../contract/table-keys.ts';
import type { GuardMarks } from '../../domain/guards/guard-marks.ts';
import { attempted } from './attempted.ts';
import { isAbsent } from './expressions.ts';
import type { Table } from './table.ts';

const stamp = { type: 'GuardMark', schemaVersion: 1 } as const;

/** What guards have told of, in the one table. */
export const dynamoDbGuardMarks = (table: Table): GuardMarks => ({
  markStopAnnounced: ({ breakoutId, attempt }) => attempted(table.put({ ...stamp, ...itemKey.stopAnnounced(breakoutId, attempt) }, isAbsent)),
  markOrphan: (pipelineId, at) => attempted(table.put({ ...stamp, at, ...itemKey.orphan(pipelineId) }, isAbsent)),
  async clearOrphan(pipelineId) {
    // Mostly there is none, and reading is cheaper than writing.
    const isNoted = (await table.get(itemKey.orphan(pipelineId))) !== undefined;
    if (isNoted) await table.delete(itemKey.orphan(pipelineId));
    return isNoted;
  },
});
