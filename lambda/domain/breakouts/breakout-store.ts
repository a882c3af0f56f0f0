import type { EventRecord } from '../events/event.ts';
import type { Booking, CalendarRevision } from '../pipelines/booking.ts';
import type { PipelineHold } from '../pipelines/pipeline-hold.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { Breakout } from './breakout.ts';
import type { UnsettledShow } from './unsettled-show.ts';

/** A breakout with the booking that belongs to it, and what was read to decide that it may be booked. */
export interface BookedBreakout {
  readonly breakout: Breakout;
  readonly booking: Booking;
  readonly calendar: CalendarRevision;
  readonly event: EventRecord;
  /** The pipeline whose booking is given back, when the breakout moves to another one. */
  readonly leavesPipelineId?: string;
}

/**
 * Keeps breakouts. Every write answers whether it was done: `false` = someone else wrote first, nothing was written,
 * read again and decide again. A write is done only over the revision before it (`breakout.revision - 1`).
 */
export interface BreakoutStore {
  /** @throws NotFoundError */
  get(breakoutId: string): Promise<Breakout>;
  /** Of an event, in order of creation; may lag a moment behind writes. */
  listByEvent(eventId: string, page: PageRequest): Promise<Page<Breakout>>;
  /** Every show of an account that was started and whose usage is not settled, by id. */
  listUnsettled(accountId: string): Promise<readonly UnsettledShow[]>;
  /** Writes the breakout alone. */
  save(breakout: Breakout): Promise<boolean>;
  /** Writes the breakout, its booking and its place in the event; false also when calendar or event have moved on. */
  book(booked: BookedBreakout): Promise<boolean>;
  /** Writes the breakout and its widened booking, and takes the pipeline; false also when the pipeline is held. */
  claim(booked: BookedBreakout, hold: PipelineHold): Promise<boolean>;
  /** Writes the breakout and gives the pipeline back: undoes a claim. */
  unclaim(breakout: Breakout, hold: PipelineHold): Promise<boolean>;
}
