import { itemKey, listKey } from '../../contract/table-keys.ts';
import type { Recording, RecordingStore } from '../../domain/recordings/recording.ts';
import { listPage } from './list-page.ts';
import { recordingCodec, recordingItem } from './recording-item.ts';
import type { Table } from './table.ts';

const sortKeyOf = ({ accountId, eventId, breakoutId }: Recording): string => listKey.recording(accountId, eventId, breakoutId).GSI1SK;

/** Keeps recordings in the one table: `dynamodb:GetItem`, `PutItem`, and `Query` of the list index. */
export const dynamoDbRecordingStore = (table: Table): RecordingStore => ({
  get: async (breakoutId) => {
    const item = await table.get(itemKey.recording(breakoutId));
    return item && recordingCodec.decode(item);
  },
  save: (recording) => table.put(recordingItem(recording)),
  listByAccount: (accountId, page) => listPage(table, listKey.recording(accountId, '', '').GSI1PK, page, recordingCodec.decode, sortKeyOf),
  listByEvent: (accountId, eventId, page) => {
    const { GSI1PK, GSI1SK } = listKey.recording(accountId, eventId, '');
    return listPage(table, GSI1PK, page, recordingCodec.decode, sortKeyOf, GSI1SK);
  },
});
