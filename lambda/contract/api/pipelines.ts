import * as z from 'zod';
import { inputClassSchema, outputClassSchema } from '../pipeline-registration.ts';
import { pageOf } from './fields.ts';
import { hourlyRatesSchema } from './usage.ts';

/** A pipeline as the API answers it. */
export const pipelineBodySchema = z.object({
  pipelineId: z.string(),
  name: z.string(),
  kind: z.literal('PRO'),
  region: z.string(),
  channelClass: z.enum(['SINGLE_PIPELINE', 'STANDARD']),
  inputs: z.array(z.object({ name: z.string(), type: z.enum(['RTMP_PUSH', 'RTP_PUSH']) })),
  inputClass: inputClassSchema,
  outputs: z.array(outputClassSchema),
  formats: z.array(z.enum(['HLS', 'DASH', 'MSS', 'CMAF'])),
  turnaroundSeconds: z.int(),
  hourlyRates: hourlyRatesSchema,
});

export type PipelineBody = z.infer<typeof pipelineBodySchema>;

/** Answer of listPipelines, which has one page. */
export const pipelinePageSchema = pageOf(pipelineBodySchema);
