import { secondsAfter } from '../shared/time.ts';

/** A breakout's interval on a pipeline, half-open. */
export interface Booking {
  readonly pipelineId: string;
  readonly breakoutId: string;
  readonly accountId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** The booking that keeps this one from being made: one of another breakout that is nearer than `marginSeconds`. */
export const findOverlap = (bookings: readonly Booking[], wanted: Omit<Booking, 'accountId'>, marginSeconds: number): Booking | undefined =>
  bookings.find(
    (other) =>
      other.breakoutId !== wanted.breakoutId &&
      wanted.startsAt < secondsAfter(other.endsAt, marginSeconds) &&
      other.startsAt < secondsAfter(wanted.endsAt, marginSeconds),
  );

/** The state of a pipeline's calendar on which a decision to book was made. */
export interface CalendarRevision {
  readonly pipelineId: string;
  /** 0 before the first booking. */
  readonly revision: number;
}

/** Reads what is booked on a pipeline. */
export interface PipelineCalendar {
  /** The bookings, and a revision that was true before they were read. */
  read(pipelineId: string): Promise<CalendarRevision & { readonly bookings: readonly Booking[] }>;
}
