import * as z from 'zod';
import { itemKey, type ItemKey, timeToLiveAttribute } from '../../contract/table-keys.ts';
import type { Booking } from '../../domain/pipelines/booking.ts';
import type { PipelineHold } from '../../domain/pipelines/pipeline-hold.ts';
import { itemCodec } from './item-codec.ts';
import type { Item } from './table.ts';

const bookingSchema: z.ZodType<Booking> = z.object({
  pipelineId: z.string(),
  breakoutId: z.string(),
  accountId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
});

/** Items of type Booking. */
export const bookingCodec = itemCodec('Booking', 1, bookingSchema);

// A booking that never became a show is of no use once it is past; a week lets one look back.
const secondsKeptAfterEnd = 7 * 24 * 3600;

/** The whole item of a booking, with its keys and the time after which it may go. */
export const bookingItem = (booking: Booking): Item & ItemKey => ({
  ...bookingCodec.encode(booking),
  ...itemKey.booking(booking.pipelineId, booking.breakoutId),
  [timeToLiveAttribute]: Math.ceil(Date.parse(booking.endsAt) / 1000) + secondsKeptAfterEnd,
});

const holdSchema: z.ZodType<PipelineHold> = z.object({
  pipelineId: z.string(),
  breakoutId: z.string(),
  attempt: z.int().positive(),
  accountId: z.string(),
  claimedAt: z.string(),
});

/** Items of type PipelineHold. */
export const holdCodec = itemCodec('PipelineHold', 1, holdSchema);

/** The whole item of a hold, with its keys. */
export const holdItem = (hold: PipelineHold): Item & ItemKey => ({ ...holdCodec.encode(hold), ...itemKey.pipelineHold(hold.pipelineId) });

/** Items of type PipelineCalendar: the revision that moves with every booking of the pipeline. */
export const calendarCodec = itemCodec('PipelineCalendar', 1, z.object({ revision: z.int().positive() }));
