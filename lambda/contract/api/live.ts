import * as z from 'zod';
import { answeredTimeSchema, pageOf } from './fields.ts';

/** How an input of a running show is, as far as its log tells; `UNKNOWN` = nothing has been heard of it. */
const inputStateSchema = z.enum(['ARRIVING', 'LOST', 'UNKNOWN']);

/** A breakout whose channel starts, runs or stops. */
export const liveShowBodySchema = z.object({
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  title: z.string(),
  pipelineId: z.string(),
  status: z.enum(['STARTING', 'RUNNING', 'STOPPING']),
  startRequestedAt: answeredTimeSchema.exactOptional(),
  /** Since when its channel runs; absent until it does. */
  runningSince: answeredTimeSchema.exactOptional(),
  hardStopAt: answeredTimeSchema.exactOptional(),
  stopRequestedAt: answeredTimeSchema.exactOptional(),
  /** Which input each pipeline of the channel takes, by its name. */
  activeInputs: z.array(z.object({ pipeline: z.string(), input: z.string() })),
  inputs: z.array(z.object({ name: z.string(), state: inputStateSchema })),
  isDegraded: z.boolean(),
});

export type LiveShowBody = z.infer<typeof liveShowBodySchema>;

/** Answer of listLive, which has one page: a show per pipeline at most. */
export const livePageSchema = pageOf(liveShowBodySchema);
