/** A breakout's interval on a pipeline, half-open. */
export interface Booking {
  readonly pipelineId: string;
  readonly breakoutId: string;
  readonly accountId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

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
