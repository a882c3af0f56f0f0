import * as z from 'zod';
import { itemKey, type ItemKey, timeToLiveAttribute } from '../../contract/table-keys.ts';
import type { Booking } from '../../domain/pipelines/booking.ts';
import type { PipelineHold } from '../../domain/pipelines/pipeline-hold.ts';
import { all, equals, isAbsent } from './expressions.ts';
import { itemCodec } from './item-codec.ts';
import type { Item, Write } from './table.ts';

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

const holdItem = (hold: PipelineHold): Item & ItemKey => ({ ...holdCodec.encode(hold), ...itemKey.pipelineHold(hold.pipelineId) });

/** Items of type PastHold: a hold as it was taken. */
export const pastHoldCodec = itemCodec('PastHold', 1, holdSchema);

// Events come hours late at most; a month lets one look back.
const secondsHoldsAreKnown = 31 * 24 * 3600;

const pastHoldKey = ({ pipelineId, claimedAt, breakoutId }: PipelineHold): ItemKey => itemKey.pastHold(pipelineId, claimedAt, breakoutId);

/** Takes a pipeline that nobody has, and notes for good who has had it from now on. */
export const claimWrites = (hold: PipelineHold): readonly Write[] => [
  { put: holdItem(hold), condition: isAbsent },
  {
    put: {
      ...pastHoldCodec.encode(hold),
      ...pastHoldKey(hold),
      [timeToLiveAttribute]: Math.ceil(Date.parse(hold.claimedAt) / 1000) + secondsHoldsAreKnown,
    },
  },
];

/** Undoes {@link claimWrites} while the show still has the pipeline. */
export const unclaimWrites = (hold: PipelineHold): readonly Write[] => [
  {
    delete: itemKey.pipelineHold(hold.pipelineId),
    condition: all(equals('breakoutId', hold.breakoutId), equals('attempt', hold.attempt)),
  },
  { delete: pastHoldKey(hold) },
];

/** Items of type PipelineCalendar: the revision that moves with every booking of the pipeline. */
export const calendarCodec = itemCodec('PipelineCalendar', 1, z.object({ revision: z.int().positive() }));
