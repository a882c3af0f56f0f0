import * as z from 'zod';
import { ladderSchema } from './custom-ladder.ts';
import { encryptionSchema } from './encryption.ts';
import { failoverSchema } from './failover.ts';
import { formatsSchema } from './formats.ts';
import { inputSpecificationSchema } from './input-specification.ts';
import { inputsSchema } from './inputs.ts';
import { oneOf } from './quantities.ts';

const idError = 'pl_ followed by up to 24 of a-z, 0-9 and -';
const nameError = 'a name of 1 to 64 characters';
const accountError = 'an account id (acc_…)';

/** What a stage declares of one pipeline. */
export const pipelineSchema = z.strictObject({
  /** Names the pipeline for ever; its stack, its channel and its SSM parameter carry it. */
  id: z.string({ error: idError }).regex(/^pl_[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$/, { error: idError }),
  /** What people call it. */
  name: z.string({ error: nameError }).min(1, { error: nameError }).max(64, { error: nameError }),
  kind: z.literal('PRO', { error: '"PRO"; a Cam pipeline is declared in cam.pipelines, where it needs no kind' }),
  /** STANDARD encodes everything twice, in two places, at about 1.7 times the price: one of the encoders may die. */
  channelClass: oneOf('SINGLE_PIPELINE', 'STANDARD').default('SINGLE_PIPELINE'),
  inputs: inputsSchema,
  /** When the channel goes over to its other input. Absent = automatic, with its defaults, where there are two. */
  failover: failoverSchema.optional(),
  /** The renditions: `house` for shows, `low-latency` for two-second segments, `small` where every viewer and every core is a test, or one's own. */
  ladder: ladderSchema,
  /** What the inputs declare, which is what is billed. Absent = what the ladder needs. */
  inputSpecification: inputSpecificationSchema.optional(),
  /** What viewers can be given. Absent = HLS, DASH, MSS and CMAF. */
  formats: formatsSchema.optional(),
  /** How viewers' segments are encrypted. Absent = they are not. */
  encryption: encryptionSchema.optional(),
  /** The only account that may book it; absent = every account. */
  accountId: z.string({ error: accountError }).startsWith('acc_', { error: accountError }).optional(),
});

/** What a stage declares of one pipeline, with the defaults filled in that depend on nothing else. */
export type PipelineConfiguration = z.output<typeof pipelineSchema>;
