import * as z from 'zod';
import { answeredTimeSchema, pageOf, pageQuerySchema, timeSchema } from './fields.ts';

/** What an entry is about. */
const logTypeSchema = z.enum(['SHOW', 'INPUT', 'ALERT', 'QUALITY', 'VIEWERS', 'RECORDING', 'SOURCES', 'GUARD']);

/** Query of listBreakoutLog: every entry unless told; times are half-open. */
export const logQuerySchema = pageQuerySchema.extend({
  type: logTypeSchema.exactOptional(),
  /** `LOST`, `FAILED_OVER`, …: names are listed with the entries' schema. */
  name: z.string().min(1).max(50).exactOptional(),
  from: timeSchema.exactOptional(),
  to: timeSchema.exactOptional(),
});

/** Query of listLog: the caller's own account; the platform's operator names one. */
export const accountLogQuerySchema = logQuerySchema.extend({ accountId: z.string().min(1).max(100).exactOptional() });

/** One thing that happened in a show, as the API answers it. */
export const logEntryBodySchema = z.object({
  breakoutId: z.string(),
  /** Which start of the breakout it belongs to. */
  attempt: z.int(),
  /** When it happened; with `isFirstSeen`, when it was first seen. */
  at: answeredTimeSchema,
  isFirstSeen: z.boolean(),
  id: z.string(),
  type: logTypeSchema,
  /**
   * SHOW: START_REQUESTED, STARTED, STOP_REQUESTED, STOPPED, FAILED, ABORTED, RESET, PIPELINE_CHANGED ·
   * INPUT: ACQUIRED, LOST, FAILED_OVER, SWITCHED, REFUSED · ALERT: SET, CLEARED · QUALITY: DEGRADED, RECOVERED ·
   * VIEWERS: REFUSED · RECORDING: STARTED, STOPPED, FAILED · SOURCES: APPLIED, REMOVED · GUARD: NO_INPUT, HARD_STOP, REPAIRED, ORPHAN.
   */
  name: z.string(),
  message: z.string(),
  /** The channel's pipeline, `0` or `1`, where one alone is meant. */
  pipeline: z.string().exactOptional(),
  /** The input that is meant, by the name that `GET …/ingest` gives it. */
  input: z.string().exactOptional(),
  alertType: z.string().exactOptional(),
});

export type LogEntryBody = z.infer<typeof logEntryBodySchema>;

/** Answer of listBreakoutLog and listLog, the oldest entry first. */
export const logPageSchema = pageOf(logEntryBodySchema);
