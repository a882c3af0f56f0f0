import * as z from 'zod';
import { itemKey } from '../../contract/table-keys.ts';
import type { Recording, RecordingStore } from '../../domain/recordings/recording.ts';
import { attempted } from './attempted.ts';
import { equals } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Table } from './table.ts';
import { integer } from './usage-schemas.ts';

const outputClassSchema = z.object({
  videoCodec: z.string().exactOptional(),
  widthPixels: z.number().exactOptional(),
  heightPixels: z.number().exactOptional(),
  framesPerSecond: z.number().exactOptional(),
  qualityTuning: z.string().exactOptional(),
  isAccelerated: z.boolean(),
});

const recordingCodec = itemCodec<Recording>(
  'Recording',
  1,
  z.object({
    recordingId: z.string(),
    breakoutId: z.string(),
    eventId: z.string(),
    accountId: z.string(),
    attempt: z.int().positive(),
    status: z.enum(['NONE', 'PROCESSING', 'READY', 'FAILED']),
    bucket: z.string(),
    keyPrefix: z.string(),
    submittedAt: z.string(),
    jobId: z.string().exactOptional(),
    startedAt: z.string().exactOptional(),
    finishedAt: z.string().exactOptional(),
    outputs: z.array(z.object({ name: z.string(), durationMilliseconds: z.number().nonnegative(), outputClass: outputClassSchema })),
    files: z.array(z.object({ key: z.string(), bytes: integer })),
    failure: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  }),
);

/** Keeps recordings in the one table: `dynamodb:GetItem`, `PutItem`, and `UpdateItem` to note a job. */
export const dynamoDbRecordingStore = (table: Table): RecordingStore => ({
  get: async (breakoutId) => {
    const item = await table.get(itemKey.recording(breakoutId));
    return item && recordingCodec.decode(item);
  },
  save: (recording) => table.put({ ...recordingCodec.encode(recording), ...itemKey.recording(recording.breakoutId) }),
  noteJob: async ({ breakoutId, attempt }, jobId) => {
    await attempted(table.update(itemKey.recording(breakoutId), { setOnce: { jobId } }, equals('attempt', attempt)));
  },
});
