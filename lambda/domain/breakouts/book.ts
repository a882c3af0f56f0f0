import type { EventRecord } from '../events/event.ts';
import { type Booking, findOverlap, type PipelineCalendar } from '../pipelines/booking.ts';
import { isOpenTo, type Pipeline, type PipelineRegistry, turnaroundSeconds } from '../pipelines/pipeline.ts';
import { curtainOf } from '../playback/curtain.ts';
import { requireHideable } from '../playback/require-hideable.ts';
import { ConflictError, NotFoundError } from '../shared/errors.ts';
import { invalidFields, requireEndAfterStart, requireWithin } from '../shared/interval.ts';
import { secondsAfter } from '../shared/time.ts';
import type { Breakout } from './breakout.ts';
import { requireLength } from './show-length.ts';
import type { BookedBreakout } from './breakout-store.ts';

/** What a booking is decided on. */
export interface BookingDeps {
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly calendar: PipelineCalendar;
}

const bookablePipeline = async ({ pipelines }: BookingDeps, { pipelineId, accountId }: Breakout): Promise<Pipeline> => {
  const refusal = invalidFields('pipeline-not-bookable', [{ field: '/pipelineId', message: `is ${pipelineId}, expected one that GET /pipelines lists` }]);
  try {
    const pipeline = await pipelines.get(pipelineId);
    if (isOpenTo(pipeline, accountId)) return pipeline;
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  throw refusal;
};

const whoMayPush = (pipeline: Pipeline): string | undefined => {
  if (pipeline.kind === 'CAM') return 'it is a Cam pipeline, to which whoever has the stream key may push, from anywhere';
  return pipeline.channel.inputSecurityGroup === undefined ? 'its inputs are in a VPC, where the VPC\'s security groups say who may push' : undefined;
};

const requireSourcesPossible = (pipeline: Pipeline, { sources }: Breakout): void => {
  const others = whoMayPush(pipeline);
  if (sources === undefined || others === undefined) return;
  throw invalidFields('sources-not-possible', [{ field: '/sources', message: `were declared, expected none on pipeline ${pipeline.pipelineId}: ${others}` }]);
};

const overlapConflict = (other: Booking, wanted: Booking, marginSeconds: number): ConflictError => {
  const { pipelineId, startsAt, endsAt } = other;
  const freeAt = secondsAfter(endsAt, marginSeconds);
  const freeUntil = secondsAfter(startsAt, -marginSeconds);
  // Another account's show stays unnamed: only its times are said.
  const whose = other.accountId === wanted.accountId ? { breakoutId: other.breakoutId } : {};
  return new ConflictError({
    code: 'pipeline-booked',
    message: `pipeline ${pipelineId} is booked from ${startsAt} until ${endsAt}, which asks to end by ${freeUntil} or to start from ${freeAt} on; got ${wanted.startsAt} until ${wanted.endsAt}: choose another time or another pipeline`,
    details: { pipelineId, startsAt, endsAt, freeUntil, freeAt, ...whose },
  });
};

/**
 * Checks that a breakout can have its time (or `taking`, a wider one) on its pipeline and in its event, and that the pipeline can hide
 * what its curtain is to hide: whatever writes a booking comes through here.
 * @returns what to write, which holds only while calendar and event stay as they were read
 * @throws InvalidInputError, ConflictError `pipeline-booked`, `playback-is-public`
 */
export const decideBooking =
  (deps: BookingDeps) =>
  async (breakout: Breakout, event: EventRecord, taking: Pick<Breakout, 'startsAt' | 'endsAt'> = breakout): Promise<BookedBreakout> => {
    requireEndAfterStart(breakout);
    requireLength(breakout, taking);
    requireWithin(breakout, event.event, 'the event');
    const pipeline = await bookablePipeline(deps, breakout);
    requireSourcesPossible(pipeline, breakout);
    requireHideable(pipeline, curtainOf(breakout));
    const { breakoutId, accountId, pipelineId } = breakout;
    const booking: Booking = { pipelineId, breakoutId, accountId, startsAt: taking.startsAt, endsAt: taking.endsAt };
    const { bookings, revision } = await deps.calendar.read(pipelineId);
    const other = findOverlap(bookings, booking, turnaroundSeconds(pipeline));
    if (other !== undefined) throw overlapConflict(other, booking, turnaroundSeconds(pipeline));
    return { breakout, booking, calendar: { pipelineId, revision }, event };
  };
