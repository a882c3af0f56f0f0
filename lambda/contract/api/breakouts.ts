import * as z from 'zod';
import { recordingFormats } from '../recording-formats.ts';
import { mostSources, sourceSchema } from '../sources.ts';
import { curtainSchema } from '../viewer-token.ts';
import { answeredTimeSchema, changesNothing, changesSomething, nameSchema, pageOf, timeSchema } from './fields.ts';

const pipelineIdSchema = z.string().min(1).max(100);

/** Which IPv4 ranges may push while the show runs, in place of the pipeline's own. */
const sourcesSchema = z.array(sourceSchema).min(1).max(mostSources, { error: `expected at most ${mostSources} ranges` });

/** What its recording is made in beside HLS, which is always made; absent = what the stage makes. */
const recordingFormatsSchema = z.array(z.enum(recordingFormats)).max(recordingFormats.length);

/** Body of createBreakout. */
export const createBreakoutBodySchema = z.strictObject({
  title: nameSchema,
  pipelineId: pipelineIdSchema,
  startsAt: timeSchema,
  endsAt: timeSchema,
  wantsMp4: z.boolean().default(false),
  /** DOWN = attendees wait until the curtain is opened; unless told, as the stage has it, which is UP. */
  curtain: curtainSchema.exactOptional(),
  recordingFormats: recordingFormatsSchema.exactOptional(),
  sources: sourcesSchema.exactOptional(),
});

/** Body of updateBreakout, possible until the start. */
export const updateBreakoutBodySchema = z
  .strictObject({
    title: nameSchema.exactOptional(),
    pipelineId: pipelineIdSchema.exactOptional(),
    startsAt: timeSchema.exactOptional(),
    endsAt: timeSchema.exactOptional(),
    wantsMp4: z.boolean().exactOptional(),
    /** null = what the stage makes again. */
    recordingFormats: recordingFormatsSchema.nullable().exactOptional(),
    /** null = the pipeline's own again. */
    sources: sourcesSchema.nullable().exactOptional(),
  })
  .refine(changesSomething, changesNothing);

/** Body of extendBreakout: the new end. */
export const extendBreakoutBodySchema = z.strictObject({ endsAt: timeSchema });

/** Body of changePipeline: with which pipeline the show goes on. */
export const changePipelineBodySchema = z.strictObject({ pipelineId: pipelineIdSchema });

/** Body of switchInput: the name of an input of the pipeline, as getPipeline tells it. */
export const switchInputBodySchema = z.strictObject({ input: z.string().min(1).max(100) });

/** Body of startBreakout, stopBreakout, abortBreakout and resetBreakout: none, or empty. */
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
  /** Whether attendees may watch. */
  curtain: curtainSchema,
  recordingFormats: z.array(z.enum(recordingFormats)).exactOptional(),
  status: z.enum(['SCHEDULED', 'STARTING', 'RUNNING', 'STOPPING', 'COMPLETED', 'FAILED', 'ABORTED']),
  sources: z.array(z.string()).exactOptional(),
  /** When the pipeline that it is on was taken. */
  startRequestedAt: answeredTimeSchema.exactOptional(),
  /** When viewers were first let in. */
  startedAt: answeredTimeSchema.exactOptional(),
  hardStopAt: answeredTimeSchema.exactOptional(),
  stopRequestedAt: answeredTimeSchema.exactOptional(),
  stopReason: z.enum(['REQUESTED', 'HARD_STOP', 'ABORTED', 'NO_INPUT']).exactOptional(),
  stoppedAt: answeredTimeSchema.exactOptional(),
  tailEndsAt: answeredTimeSchema.exactOptional(),
  finalisedAt: answeredTimeSchema.exactOptional(),
  /** The pipelines that it has left for others, in order. */
  earlierPipelines: z
    .array(
      z.object({
        pipelineId: z.string(),
        startRequestedAt: answeredTimeSchema,
        leftAt: answeredTimeSchema,
        stoppedAt: answeredTimeSchema.exactOptional(),
        tailEndsAt: answeredTimeSchema.exactOptional(),
      }),
    )
    .exactOptional(),
  failure: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  createdAt: answeredTimeSchema,
  updatedAt: answeredTimeSchema,
});

export type BreakoutBody = z.infer<typeof breakoutBodySchema>;

/** Answer of listBreakouts. */
export const breakoutPageSchema = pageOf(breakoutBodySchema);

/**
 * Answer of getIngest: every endpoint that wants a stream. Of RTMP, `server` and `streamKey` are what encoders ask for
 * and `url` is both in one. RTMPS = a Cam pipeline, whose stream key is made when the show starts. RTP has no stream names: who may push is decided by its source alone, as `note` says.
 */
export const ingestBodySchema = z.object({
  breakoutId: z.string(),
  validFrom: answeredTimeSchema,
  endpoints: z.array(
    z.object({
      input: z.string(),
      /** Which of the channel's pipelines it feeds. */
      pipeline: z.enum(['0', '1']),
      protocol: z.enum(['RTMP', 'RTMPS', 'RTP']),
      url: z.string(),
      server: z.string().exactOptional(),
      streamKey: z.string().exactOptional(),
      note: z.string().exactOptional(),
    }),
  ),
});

export type IngestBody = z.infer<typeof ingestBodySchema>;
