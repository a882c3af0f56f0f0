import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import { createBreakout, type CreateBreakoutCommand } from '../../../lambda/domain/breakouts/create-breakout.ts';
import { markRunning } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { createEvent } from '../../../lambda/domain/events/create-event.ts';
import type { Caller } from '../../../lambda/domain/shared/caller.ts';
import { aCaller, anEvent } from './a-plan.ts';
import type { ShowWorld } from './show-world.ts';

/** Where shows are booked, on pipelines of whichever kind. */
interface BookingWorld {
  readonly deps: Parameters<typeof createBreakout>[0] & Parameters<typeof createEvent>[0];
}

/** An event of the caller's account, from 8 to 20 o'clock unless told. */
export const createdEvent = ({ deps }: BookingWorld, caller: Caller = aCaller(), times: Partial<Pick<Breakout, 'startsAt' | 'endsAt'>> = {}) => {
  const { name, startsAt, endsAt } = { ...anEvent(), ...times };
  return createEvent(deps)({ caller, name, startsAt, endsAt });
};

/** A show booked from 10 to 11 o'clock unless told. */
export const bookedShow = async (world: BookingWorld, overrides: Partial<CreateBreakoutCommand> = {}): Promise<Breakout> => {
  const caller = overrides.caller ?? aCaller();
  const eventId = overrides.eventId ?? (await createdEvent(world, caller)).eventId;
  return createBreakout(world.deps)({
    caller,
    eventId,
    title: 'Opening',
    pipelineId: 'pl_main',
    startsAt: '2026-11-23T10:00:00.000Z',
    endsAt: '2026-11-23T11:00:00.000Z',
    wantsMp4: false,
    ...overrides,
  });
};

/** A show whose start has been asked for. */
export const startedShow = async (world: Pick<ShowWorld, 'deps'>): Promise<Breakout> => {
  const { breakoutId } = await bookedShow(world);
  return startBreakout(world.deps)({ caller: aCaller(), breakoutId });
};

/** A show that runs, as its attempt. */
export const runningShow = async (world: Pick<ShowWorld, 'deps'>) => {
  const { breakoutId, attempt } = await startedShow(world);
  await markRunning(world.deps)({ breakoutId, attempt });
  return { breakoutId, attempt };
};
