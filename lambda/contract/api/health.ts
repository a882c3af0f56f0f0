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

/** The stream to a Cam pipeline, with its latest figures; null = there is no data, which is not 0. */
const streamHealthSchema = z.object({
  streamId: z.string(),
  startedAt: answeredTimeSchema,
  /** IVS's own word: a stream starves when too little arrives of it. */
  state: z.enum(['HEALTHY', 'STARVING', 'UNKNOWN']),
  viewers: z.int().nonnegative(),
  framesPerSecond: z.number().nullable(),
  megabitsPerSecond: z.number().nullable(),
  /** Between key frames. */
  keyFrameSeconds: z.number().nullable(),
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
      figure: z.enum(['inputFramesPerSecond', 'droppedFrames', 'inputMegabitsPerSecond', 'outputMegabitsPerSecond', 'openAlerts', 'keyFrameSeconds', 'viewers']),
      values: z.array(z.number().nullable()),
    }),
  ),
});

/** Answer of getHealth. */
export const healthBodySchema = z.object({
  breakoutId: z.string(),
  status: breakoutBodySchema.shape.status,
  /** Null = the show has no channel now. A Cam pipeline is RUNNING while it is armed. */
  channelState: z.enum(['IDLE', 'STARTING', 'RUNNING', 'STOPPING', 'CHANGING']).nullable(),
  asOf: answeredTimeSchema,
  verdict: verdictSchema,
  inputs: z.array(inputHealthSchema),
  /** Of a Cam pipeline alone: null = nobody streams now. */
  stream: streamHealthSchema.nullable().exactOptional(),
  /** Empty while the channel does not run, and of a Cam pipeline. */
  pipelines: z.array(pipelineHealthSchema),
  /** The alerts that are set now. */
  alerts: z.array(z.object({ alertId: z.string(), alertType: z.string(), pipeline: z.string(), message: z.string(), setAt: answeredTimeSchema })),
  /** Null = the show's channel has not run in the last three hours. */
  series: seriesSchema.nullable(),
});

export type HealthBody = z.infer<typeof healthBodySchema>;
