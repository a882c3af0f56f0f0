import { createHash } from 'node:crypto';
import * as z from 'zod';
import { recordingFormats } from '../../contract/recording-formats.ts';
import { itemKey } from '../../contract/table-keys.ts';
import type { RecordingShare, RecordingShareStore } from '../../domain/recordings/share-recording.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';

interface KeptShare extends RecordingShare {
  readonly secretHash: string;
}

const shareCodec = itemCodec<KeptShare>(
  'RecordingShare',
  1,
  z.object({
    shareId: z.string(),
    recordingId: z.string(),
    breakoutId: z.string(),
    format: z.enum(recordingFormats),
    isDownload: z.boolean(),
    createdAt: z.string(),
    createdBy: z.string(),
    secretHash: z.string(),
  }),
);

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Shares in the one table, by the hash of their secret and under their breakout: `dynamodb:GetItem`, `PutItem`, `DeleteItem` in transactions. */
export const dynamoDbRecordingShareStore = (table: Table): RecordingShareStore => ({
  create: async (share, secret) => {
    const secretHash = hashOf(secret);
    const item = shareCodec.encode({ ...share, secretHash });
    const keys = [itemKey.recordingShareLink(secretHash), itemKey.recordingShare(share.breakoutId, share.shareId)];
    await table.transact(keys.map((key) => ({ put: { ...item, ...key } })));
  },
  find: async (secret) => {
    const item = await table.get(itemKey.recordingShareLink(hashOf(secret)));
    if (item === undefined) return undefined;
    const { secretHash: _secretHash, ...share } = shareCodec.decode(item);
    return share;
  },
  revoke: async (breakoutId, shareId) => {
    const item = await table.get(itemKey.recordingShare(breakoutId, shareId));
    if (item === undefined) return false;
    const { secretHash } = shareCodec.decode(item);
    await table.transact([{ delete: itemKey.recordingShareLink(secretHash) }, { delete: itemKey.recordingShare(breakoutId, shareId) }]);
    return true;
  },
});
