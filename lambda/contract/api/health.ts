import * as z from 'zod';
import { breakoutBodySchema } from './breakouts.ts';
import { answeredTimeSchema } from './fields.ts';

/** How an encoder is: `UNKNOWN` = the service does not tell. */
const inputHealthSchema = z.object({
  name: z.string(),
  arriving: z.enum(['YES', 'NO', 'UNKNOWN']),
  reason: z.string(),
  activeOnPipelines: z.array(z.string()),
});

const thumbnailSchema = z.object({
  contentType: z.string(),
  /** `data:<content type>;base64,…`, for the `src` of an image. */
  dataUrl: z.string().startsWith('data:'),
  takenAt: answeredTimeSchema,
  ageSeconds: z.int().nonnegative(),
});

/** The latest figures of one pipeline of the channel; null = there is no data, which is not 0. */
const pipelineHealthSchema = z.object({
  pipeline: z.string(),
  activeInput: z.string().nullable(),
  inputFramesPerSecond: z.number().nullable(),
  /** In the last five minutes. */
  droppedFrames: z.number().nullable(),
  inputMegabitsPerSecond: z.number().nullable(),
  outputMegabitsPerSecond: z.number().nullable(),
  thumbnail: thumbnailSchema.nullable(),
});

const verdictSchema = z.object({
  level: z.enum(['GOOD', 'WARNING', 'BAD', 'WAITING', 'NOT_RUNNING']),
  summary: z.string(),
  reasons: z.array(z.string()),
  /** What to do now. */
  nextStep: z.string(),
});

/** The figures of the last three hours of this show: a value for each period from `from` on, null where there is no data. */
const seriesSchema = z.object({
  from: answeredTimeSchema,
  to: answeredTimeSchema,
  periodSeconds: z.int().positive(),
  isComplete: z.boolean(),
  items: z.array(
    z.object({
      pipeline: z.string(),
      figure: z.enum(['inputFramesPerSecond', 'droppedFrames', 'inputMegabitsPerSecond', 'outputMegabitsPerSecond', 'openAlerts']),
      values: z.array(z.number().nullable()),
    }),
  ),
});

/** Answer of getHealth. */
export const healthBodySchema = z.object({
  breakoutId: z.string(),
  status: breakoutBodySchema.shape.status,
  /** Null = the show has no channel now. */
  channelState: z.enum(['IDLE', 'STARTING', 'RUNNING', 'STOPPING', 'CHANGING']).nullable(),
  asOf: answeredTimeSchema,
  verdict: verdictSchema,
  inputs: z.array(inputHealthSchema),
  /** Empty while the channel does not run. */
  pipelines: z.array(pipelineHealthSchema),
  /** The alerts that are set now. */
  alerts: z.array(z.object({ alertId: z.string(), alertType: z.string(), pipeline: z.string(), message: z.string(), setAt: answeredTimeSchema })),
  /** Null = the show's channel has not run in the last three hours. */
  series: seriesSchema.nullable(),
});

export type HealthBody = z.infer<typeof healthBodySchema>;
