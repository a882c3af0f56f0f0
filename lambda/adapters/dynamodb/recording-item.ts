import * as z from 'zod';
import { recordingFormats } from '../../contract/recording-formats.ts';
import { itemKey, listKey, type ItemKey } from '../../contract/table-keys.ts';
import type { Recording } from '../../domain/recordings/recording.ts';
import { heldBytesSchema, packHeld } from './held-bytes.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';
import { integer } from './usage-schemas.ts';

const failureSchema = z.object({ code: z.string(), message: z.string() });
const formatSchema = z.enum(recordingFormats);
const intervalSchema = z.object({ from: z.number(), to: z.number() });

/** What is stored is packed; once it was a list. */
const storedTogetherSchema = z.object({ storedAt: z.number(), bytes: integer, objects: z.int().positive(), transition: z.object({ storageClass: z.literal('STANDARD_IA'), at: z.number() }).exactOptional() });

const storedSchema = z.union([heldBytesSchema, z.array(storedTogetherSchema)]);

const outputClassSchema = z.object({
  videoCodec: z.string().exactOptional(),
  widthPixels: z.number().exactOptional(),
  heightPixels: z.number().exactOptional(),
  framesPerSecond: z.number().exactOptional(),
  qualityTuning: z.string().exactOptional(),
  isAccelerated: z.boolean(),
});

const jobSchema = z.object({
  part: z.int().positive(),
  tries: z.int().positive(),
  status: z.enum(['SUBMITTED', 'COMPLETE', 'FAILED']),
  percentComplete: z.number().min(0).max(100),
  submittedAt: z.string(),
  jobId: z.string().exactOptional(),
  startedAt: z.string().exactOptional(),
  finishedAt: z.string().exactOptional(),
  outputs: z.array(z.object({ name: z.string(), durationMilliseconds: z.number().nonnegative().exactOptional(), outputClass: outputClassSchema })),
  failure: failureSchema.exactOptional(),
});

const inPlaceSchema = z.object({
  folder: z.string(),
  playlistKey: z.string().exactOptional(),
  durationMilliseconds: z.number().nonnegative(),
  renditions: z.array(z.object({ name: z.string(), widthPixels: z.number(), heightPixels: z.number() })),
});

const recordingSchema: z.ZodType<Recording> = z.object({
  recordingId: z.string(),
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  attempt: z.int().positive(),
  status: z.enum(['NONE', 'PROCESSING', 'READY', 'FAILED', 'DELETED']),
  formats: z.array(formatSchema),
  bucket: z.string(),
  keyPrefix: z.string(),
  inPlace: z.array(inPlaceSchema).exactOptional(),
  submittedAt: z.string(),
  finishedAt: z.string().exactOptional(),
  jobs: z.array(jobSchema),
  earlierJobs: z.array(jobSchema).exactOptional(),
  files: z.array(z.object({ format: formatSchema, part: z.int().positive(), key: z.string(), bytes: integer, objects: z.int().positive() })),
  gaps: z.array(intervalSchema),
  overlaps: z.array(intervalSchema),
  archive: z.object({ days: z.int().positive(), stored: storedSchema }).exactOptional(),
  deleted: z.object({ at: z.string(), stored: storedSchema }).exactOptional(),
  failure: failureSchema.exactOptional(),
});

const withoutDetails = { formats: ['MP4'], files: [], gaps: [], overlaps: [] };

/** Recordings of the first shape had one job, whose members were their own. */
const jobOfFirstShape = ({ jobId, startedAt, finishedAt, submittedAt, status, outputs = [], failure }: Item): Item => ({
  part: 1,
  tries: 1,
  status: status === 'READY' ? 'COMPLETE' : status === 'FAILED' ? 'FAILED' : 'SUBMITTED',
  percentComplete: status === 'READY' ? 100 : 0,
  submittedAt,
  outputs,
  ...Object.fromEntries(Object.entries({ jobId, startedAt, finishedAt, failure }).filter(([, value]) => value !== undefined)),
});

/** Items of type Recording. */
export const recordingCodec = itemCodec<Recording>('Recording', 3, recordingSchema, {
  2: (item) => item,
  1: (item) => ({ ...item, ...withoutDetails, jobs: item['status'] === 'NONE' ? [] : [jobOfFirstShape(item)] }),
});

const packed = ({ archive, deleted }: Recording): object => ({
  ...(archive ? { archive: { ...archive, stored: packHeld(archive.stored) } } : {}),
  ...(deleted ? { deleted: { ...deleted, stored: packHeld(deleted.stored) } } : {}),
});

/** The whole item of a recording, with its keys. */
export const recordingItem = (recording: Recording): Item & ItemKey => ({
  ...recordingCodec.encode(recording),
  ...packed(recording),
  ...itemKey.recording(recording.breakoutId),
  ...listKey.recording(recording.accountId, recording.eventId, recording.breakoutId),
});
