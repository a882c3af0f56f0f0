import * as z from 'zod';
import { recordingFormats } from '../recording-formats.ts';
import { answeredTimeSchema, pageOf } from './fields.ts';

const formatSchema = z.enum(recordingFormats);

/** An integer of any size as a string. */
const integerSchema = z.string().regex(/^\d+$/);

const intervalSchema = z.object({ from: answeredTimeSchema, to: answeredTimeSchema });

/** Why something failed, in the service's words. */
const failureSchema = z.object({ code: z.string(), message: z.string() });

/** A recording as the API answers it. */
export const recordingSchema = z.object({
  recordingId: z.string(),
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  /** NONE: there was nothing to convert. */
  status: z.enum(['NONE', 'PROCESSING', 'READY', 'FAILED', 'DELETED']),
  formats: z.array(formatSchema),
  percentComplete: z.int().min(0).max(100),
  submittedAt: answeredTimeSchema,
  finishedAt: answeredTimeSchema.optional(),
  deletedAt: answeredTimeSchema.optional(),
  /** When the last file of the archive that it was made of goes; absent = it stays. */
  archiveExpiresAt: answeredTimeSchema.optional(),
  durationMilliseconds: z.number(),
  /** Of all files. */
  bytes: integerSchema,
  /** One a part: an archive of more than 150 files is converted in several. */
  jobs: z.array(
    z.object({
      part: z.int().positive(),
      tries: z.int().positive(),
      status: z.enum(['SUBMITTED', 'COMPLETE', 'FAILED']),
      percentComplete: z.number(),
      submittedAt: answeredTimeSchema,
      jobId: z.string().optional(),
      startedAt: answeredTimeSchema.optional(),
      finishedAt: answeredTimeSchema.optional(),
      failure: failureSchema.optional(),
    }),
  ),
  renditions: z.array(
    z.object({ part: z.int().positive(), name: z.string(), durationMilliseconds: z.number().exactOptional(), widthPixels: z.number().optional(), heightPixels: z.number().optional() }),
  ),
  /** What is opened to play or keep each format of a part, with the bytes and number of all objects that belong to it. */
  files: z.array(z.object({ format: formatSchema, part: z.int().positive(), key: z.string(), bytes: integerSchema, objects: z.int().positive() })),
  /** When a channel ran and nothing was archived; about as exact as a file of the archive is long. */
  gaps: z.array(intervalSchema),
  /** What was archived twice, when a show went over to another pipeline. It is in the recording once. */
  overlaps: z.array(intervalSchema),
  failure: failureSchema.optional(),
});

export type RecordingBody = z.infer<typeof recordingSchema>;

/** Answer of listBreakoutRecordings, listEventRecordings and listAccountRecordings. */
export const recordingPageSchema = pageOf(recordingSchema);

/** Body of deleteRecording: none, or empty. */
export const noBodySchema = z.strictObject({}).nullish();

/** Answer of createRecordingPlayback: signed URLs, good until `expiresAt`. */
export const recordingPlaybackSchema = z.object({
  recordingId: z.string(),
  breakoutId: z.string(),
  session: z.string(),
  /** Secret as the URLs are: with it the next access, also to the show, keeps the session. */
  renewWith: z.string(),
  expiresAt: answeredTimeSchema,
  files: z.array(z.object({ format: formatSchema, part: z.int().positive(), url: z.string(), downloadUrl: z.string().exactOptional() })),
});

export type RecordingPlaybackBody = z.infer<typeof recordingPlaybackSchema>;

/** Answer of revokeRecordingPlayback. */
export const revokedRecordingPlaybackSchema = z.object({ breakoutId: z.string(), recordingId: z.string(), revokedSessions: z.array(z.string()) });

export type RevokedRecordingPlaybackBody = z.infer<typeof revokedRecordingPlaybackSchema>;

/** Body of createRecordingShare: to what the link leads; a download is of MP4 or AUDIO. */
export const createShareBodySchema = z.strictObject({ format: formatSchema.default('HLS'), isDownload: z.boolean().default(false) }).nullish();

/** Answer of createRecordingShare. `path` is below the API's URL, needs no token and is told this once. */
export const recordingShareSchema = z.object({
  shareId: z.string(),
  recordingId: z.string(),
  breakoutId: z.string(),
  format: formatSchema,
  isDownload: z.boolean(),
  createdAt: answeredTimeSchema,
  path: z.string(),
});

export type RecordingShareBody = z.infer<typeof recordingShareSchema>;
