import * as z from 'zod';
import { recordingFormats } from '../../contract/recording-formats.ts';
import { itemKey, listKey, type ItemKey } from '../../contract/table-keys.ts';
import { curtainSchema } from '../../contract/viewer-token.ts';
import type { Breakout } from '../../domain/breakouts/breakout.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';

const earlierLegSchema = z.object({
  attempt: z.int().positive(),
  pipelineId: z.string(),
  startRequestedAt: z.string(),
  stoppedAt: z.string().exactOptional(),
  tailEndsAt: z.string().exactOptional(),
  leftAt: z.string(),
  stopToken: z.string().exactOptional(),
});

const breakoutSchema: z.ZodType<Breakout> = z.object({
  breakoutId: z.string(),
  eventId: z.string(),
  accountId: z.string(),
  title: z.string(),
  pipelineId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  status: z.enum(['SCHEDULED', 'STARTING', 'RUNNING', 'STOPPING', 'COMPLETED', 'FAILED', 'ABORTED']),
  attempt: z.int().nonnegative(),
  hardStopAt: z.string().exactOptional(),
  startRequestedAt: z.string().exactOptional(),
  startedAt: z.string().exactOptional(),
  stopRequestedAt: z.string().exactOptional(),
  stopReason: z.enum(['REQUESTED', 'HARD_STOP', 'ABORTED', 'NO_INPUT']).exactOptional(),
  stopToken: z.string().exactOptional(),
  stoppedAt: z.string().exactOptional(),
  tailEndsAt: z.string().exactOptional(),
  finalisedAt: z.string().exactOptional(),
  failure: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  earlierLegs: z.array(earlierLegSchema).exactOptional(),
  sources: z.array(z.string()).exactOptional(),
  curtain: curtainSchema.exactOptional(),
  curtainFalls: z.int().nonnegative().exactOptional(),
  previewRevocations: z.int().nonnegative().exactOptional(),
  wantsMp4: z.boolean(),
  recordingFormats: z.array(z.enum(recordingFormats)).exactOptional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  revision: z.int().positive(),
});

/** Items of type Breakout. */
export const breakoutCodec = itemCodec('Breakout', 1, breakoutSchema);

/** The whole item of a breakout, with its keys. */
export const breakoutItem = (breakout: Breakout): Item & ItemKey => ({
  ...breakoutCodec.encode(breakout),
  ...itemKey.breakout(breakout.breakoutId),
  ...listKey.breakout(breakout.eventId, breakout.breakoutId),
});
