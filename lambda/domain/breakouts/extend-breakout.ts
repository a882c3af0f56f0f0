import type { EventStore } from '../events/event-store.ts';
import { hardStopGraceSeconds } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { invalidFields } from '../shared/interval.ts';
import { untilSaved } from '../shared/revision.ts';
import { earlier, type Now, secondsAfter, timestamp } from '../shared/time.ts';
import { type BookingDeps, decideBooking } from './book.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';
import type { HardStops } from './show-executions.ts';
import { revised } from './transition.ts';

/** What extending a show needs. */
export interface ExtendBreakoutDeps extends BookingDeps {
  readonly breakouts: Pick<BreakoutStore, 'get' | 'book'>;
  readonly events: Pick<EventStore, 'get'>;
  readonly hardStops: HardStops;
  readonly now: Now;
}

/** A later end of a show that is under way. */
export interface ExtendBreakoutCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  readonly endsAt: string;
}

const requireExtendable = ({ breakoutId, status, stopRequestedAt }: Breakout): void => {
  if ((status === 'STARTING' || status === 'RUNNING') && stopRequestedAt === undefined) return;
  const found = stopRequestedAt === undefined ? status : `${status} and was told to stop at ${stopRequestedAt}`;
  throw new ConflictError({
    code: 'breakout-not-running',
    message: `breakout ${breakoutId} is ${found}, expected STARTING or RUNNING: a show that has not started is moved by updating it`,
    details: { status },
  });
};

const requireLater = ({ endsAt }: Breakout, wanted: string): void => {
  if (wanted >= endsAt) return;
  throw invalidFields('ends-earlier', [{ field: '/endsAt', message: `is ${wanted}, expected a time after the present end, ${endsAt}; to end sooner, stop the show` }]);
};

/** From when on the show has the pipeline that it is on: a spare one not before it went over to it. */
const takenFrom = ({ startRequestedAt, startsAt, earlierLegs }: Breakout): string =>
  earlierLegs === undefined ? earlier(startRequestedAt ?? startsAt, startsAt) : (startRequestedAt ?? startsAt);

/**
 * Moves the end and the hard stop of a running show. Asking for the present end changes nothing.
 * @throws NotFoundError, InvalidInputError, ConflictError (`pipeline-booked` when the next show would be in the way)
 */
export const extendBreakout =
  (deps: ExtendBreakoutDeps) =>
  async ({ caller, breakoutId, endsAt }: ExtendBreakoutCommand): Promise<Breakout> =>
    untilSaved(`breakout ${breakoutId}`, async () => {
      const breakout = await getBreakout(deps)(caller, breakoutId);
      requireExtendable(breakout);
      requireLater(breakout, endsAt);
      const hardStopAt = secondsAfter(endsAt, hardStopGraceSeconds);
      if (endsAt === breakout.endsAt) return breakout;
      const next = revised(breakout, { endsAt, hardStopAt }, timestamp(deps.now()));
      const taking = { startsAt: takenFrom(breakout), endsAt };
      const booked = await decideBooking(deps)(next, await deps.events.get(breakout.eventId), taking);
      // First the schedule: it must never fire before the hard stop that the table names, for it fires once.
      await deps.hardStops.set(breakoutId, hardStopAt);
      if (await deps.breakouts.book(booked)) return next;
      await deps.hardStops.set(breakoutId, (await deps.breakouts.get(breakoutId)).hardStopAt ?? hardStopAt);
      return undefined;
    });
