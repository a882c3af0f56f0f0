/** Where an event takes place. */
export interface Venue {
  readonly name: string;
  readonly city?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
}

/** A conference, tour or festival of an account; consists of breakouts. Times are ISO 8601 UTC with milliseconds. */
export interface PlannedEvent {
  readonly eventId: string;
  readonly accountId: string;
  readonly name: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly venue?: Venue;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Moves by one with every change; the ETag. */
  readonly revision: number;
}

/** An event with the counter that moves with every booking in it, so that its times and its breakouts' cannot part. */
export interface EventRecord {
  readonly event: PlannedEvent;
  readonly bookingRevision: number;
}

/** The time of one breakout in an event, half-open. */
export interface EventSlot {
  readonly breakoutId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}
