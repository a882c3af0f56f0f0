import * as z from 'zod';
import { answeredTimeSchema, changesNothing, changesSomething, nameSchema, pageOf, timeSchema } from './fields.ts';

const pipelineIdSchema = z.string().min(1).max(100);

/** Body of createBreakout. */
export const createBreakoutBodySchema = z.strictObject({
  title: nameSchema,
  pipelineId: pipelineIdSchema,
  startsAt: timeSchema,
  endsAt: timeSchema,
  wantsMp4: z.boolean().default(false),
});

/** Body of updateBreakout, possible until the start. */
export const updateBreakoutBodySchema = z
  .strictObject({
    title: nameSchema.exactOptional(),
    pipelineId: pipelineIdSchema.exactOptional(),
    startsAt: timeSchema.exactOptional(),
    endsAt: timeSchema.exactOptional(),
    wantsMp4: z.boolean().exactOptional(),
  })
  .refine(changesSomething, changesNothing);

/** Body of extendBreakout: the new end. */
export const extendBreakoutBodySchema = z.strictObject({ endsAt: timeSchema });

/** Body of startBreakout and stopBreakout: none, or empty. */
export const emptyBodySchema = z.strictObject({}).nullish();

/** A breakout as the API answers it. */
export const breakoutBodySchema = z.object({
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  title: z.string(),
  pipelineId: z.string(),
  startsAt: answeredTimeSchema,
  endsAt: answeredTimeSchema,
  wantsMp4: z.boolean(),
  status: z.enum(['SCHEDULED', 'STARTING', 'RUNNING', 'STOPPING', 'COMPLETED', 'FAILED']),
  startRequestedAt: answeredTimeSchema.exactOptional(),
  hardStopAt: answeredTimeSchema.exactOptional(),
  stopRequestedAt: answeredTimeSchema.exactOptional(),
  stopReason: z.enum(['REQUESTED', 'HARD_STOP']).exactOptional(),
  stoppedAt: answeredTimeSchema.exactOptional(),
  tailEndsAt: answeredTimeSchema.exactOptional(),
  finalisedAt: answeredTimeSchema.exactOptional(),
  failure: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  createdAt: answeredTimeSchema,
  updatedAt: answeredTimeSchema,
});

export type BreakoutBody = z.infer<typeof breakoutBodySchema>;

/** Answer of listBreakouts. */
export const breakoutPageSchema = pageOf(breakoutBodySchema);

/** Answer of getIngest. `server` and `streamKey` are what encoders ask for, `url` is both in one. */
export const ingestBodySchema = z.object({
  breakoutId: z.string(),
  validFrom: answeredTimeSchema,
  endpoints: z.array(z.object({ input: z.string(), server: z.string(), streamKey: z.string(), url: z.string() })),
});

export type IngestBody = z.infer<typeof ingestBodySchema>;
