import * as z from 'zod';
import { inputClassSchema, outputClassSchema } from '../pipeline-registration.ts';
import { pageOf } from './fields.ts';
import { camHourlyRatesSchema, hourlyRatesSchema } from './usage.ts';

const ofAnyKind = { pipelineId: z.string(), name: z.string(), region: z.string(), turnaroundSeconds: z.int() };

const proPipelineBodySchema = z.object({
  ...ofAnyKind,
  kind: z.literal('PRO'),
  channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
  inputs: z.array(z.object({ name: z.string(), type: z.enum(['RTMP_PUSH', 'RTP_PUSH']) })),
  inputClass: inputClassSchema,
  outputs: z.array(outputClassSchema),
  formats: z.array(z.enum(['HLS', 'DASH', 'MSS', 'CMAF'])),
  hourlyRates: hourlyRatesSchema,
});

/** A Cam pipeline takes one stream, and packages and delivers by itself: it has no outputs or formats of its own. */
const camPipelineBodySchema = z.object({
  ...ofAnyKind,
  kind: z.literal('CAM'),
  channelType: z.enum(['BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD']),
  latencyMode: z.enum(['LOW', 'NORMAL']),
  containerFormat: z.enum(['TS', 'FRAGMENTED_MP4']),
  /** Whether every playback needs a token. */
  isPrivate: z.boolean(),
  hourlyRates: camHourlyRatesSchema,
});

/** A pipeline as the API answers it. */
export const pipelineBodySchema = z.discriminatedUnion('kind', [proPipelineBodySchema, camPipelineBodySchema]);

export type PipelineBody = z.infer<typeof pipelineBodySchema>;

/** Answer of listPipelines, which has one page. */
export const pipelinePageSchema = pageOf(pipelineBodySchema);
