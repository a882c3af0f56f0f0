import type { EventStore } from '../events/event-store.ts';
import { getEventRecord } from '../events/read-events.ts';
import type { Curtain } from '../playback/curtain.ts';
import type { Caller } from '../shared/caller.ts';
import type { NewId } from '../shared/identifiers.ts';
import { invalidFields } from '../shared/interval.ts';
import { untilSaved } from '../shared/revision.ts';
import { type Now, timestamp } from '../shared/time.ts';
import { type BookingDeps, decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';

/** A breakout to be, and with it the booking of its pipeline. */
export interface CreateBreakoutCommand {
  readonly caller: Caller;
  readonly eventId: string;
  readonly title: string;
  readonly pipelineId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly wantsMp4: boolean;
  /** How the curtain is at the beginning; absent = as the stage has it. */
  readonly curtain?: Curtain;
  /** What its recording is made in beside HLS; absent = what the stage makes. */
  readonly recordingFormats?: NonNullable<Breakout['recordingFormats']>;
  /** IPv4 ranges that may push while it runs, in place of the pipeline's own. */
  readonly sources?: readonly string[];
}

/** What creating a breakout needs. */
export interface CreateBreakoutDeps extends BookingDeps {
  readonly breakouts: Pick<BreakoutStore, 'book'>;
  readonly events: Pick<EventStore, 'get'>;
  /** How the curtain is of a show that is booked without a word of it. */
  readonly curtainUnlessTold: Curtain;
  readonly newId: NewId;
  readonly now: Now;
}

/** Refuses a show that would be over before it is booked. @throws InvalidInputError */
export const requireEndAhead = (endsAt: string, now: string): void => {
  if (endsAt <= now) throw invalidFields('ends-in-the-past', [{ field: '/endsAt', message: `is ${endsAt}, expected a time after now, ${now}` }]);
};

/** Creates a breakout and books its pipeline. @throws NotFoundError, InvalidInputError, ConflictError `pipeline-booked`, `playback-is-public` */
export const createBreakout =
  (deps: CreateBreakoutDeps) =>
  async ({ caller, eventId, ...details }: CreateBreakoutCommand): Promise<Breakout> => {
    const at = timestamp(deps.now());
    const breakoutId = deps.newId('breakout');
    return untilSaved(`the calendar of ${details.pipelineId}`, async () => {
      const event = await getEventRecord(deps)(caller, eventId);
      requireEndAhead(details.endsAt, at);
      const { accountId } = event.event;
      const breakout: Breakout = { breakoutId, eventId, accountId, curtain: deps.curtainUnlessTold, ...details, status: 'SCHEDULED', attempt: 0, createdAt: at, updatedAt: at, revision: 1 };
      return (await deps.breakouts.book(await decideBooking(deps)(breakout, event))) ? breakout : undefined;
    });
  };
