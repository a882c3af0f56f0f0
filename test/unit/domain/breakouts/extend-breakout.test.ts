import { extendBreakout } from '../../../../lambda/domain/breakouts/extend-breakout.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { bookedShow, createdEvent, runningShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();

describe('extending a show', () => {
  it('moves the end, the hard stop and the booking', async () => {
    const world = showWorld();
    const { breakoutId } = await runningShow(world);

    const extended = await extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-11-23T12:00:00.000Z' });

    expect(extended).toMatchObject({ endsAt: '2026-11-23T12:00:00.000Z', hardStopAt: '2026-11-23T12:02:00.000Z' });
    expect(world.hardStopTimes.get(breakoutId)).toBe('2026-11-23T12:02:00.000Z');
    expect((await world.deps.calendar.read('pl_main')).bookings).toMatchObject([{ startsAt: '2026-11-23T09:55:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' }]);
  });

  it('rejects an end in the time of the next show', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);
    const { breakoutId } = await bookedShow(world, { eventId });
    await bookedShow(world, { eventId, startsAt: '2026-11-23T12:00:00.000Z', endsAt: '2026-11-23T13:00:00.000Z' });
    await startBreakout(world.deps)({ caller, breakoutId });

    await expect(extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-11-23T11:56:00.000Z' })).rejects.toMatchObject({ code: 'pipeline-booked' });
    expect(await extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-11-23T11:55:00.000Z' })).toMatchObject({ hardStopAt: '2026-11-23T11:57:00.000Z' });
  });

  it('rejects an end more than 14 days after the show took its first pipeline', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world, caller, { endsAt: '2027-01-31T00:00:00.000Z' });
    const { breakoutId } = await bookedShow(world, { eventId });
    await startBreakout(world.deps)({ caller, breakoutId });

    await expect(extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-12-07T09:55:00.001Z' })).rejects.toMatchObject({ code: 'breakout-too-long', fields: [{ field: '/endsAt', message: expect.stringContaining('at most 14 days after 2026-11-23T09:55:00.000Z') as string }] });
    expect(await extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-12-07T09:55:00.000Z' })).toMatchObject({ endsAt: '2026-12-07T09:55:00.000Z' });
  });

  it('rejects an earlier end, a show that is not on, and one that was told to stop', async () => {
    const world = showWorld();
    const scheduled = await bookedShow(world, { startsAt: '2026-11-23T15:00:00.000Z', endsAt: '2026-11-23T16:00:00.000Z' });
    const { breakoutId } = await runningShow(world);
    const extend = extendBreakout(world.deps);

    await expect(extend({ caller, breakoutId, endsAt: '2026-11-23T10:59:00.000Z' })).rejects.toMatchObject({ fields: [{ field: '/endsAt' }] });
    await expect(extend({ caller, breakoutId: scheduled.breakoutId, endsAt: '2026-11-23T17:00:00.000Z' })).rejects.toMatchObject({ details: { status: 'SCHEDULED' } });
    await stopBreakout(world.deps)({ caller, breakoutId });
    await expect(extend({ caller, breakoutId, endsAt: '2026-11-23T12:00:00.000Z' })).rejects.toMatchObject({ code: 'breakout-not-running' });
  });

  it('leaves the schedule at what the table says when two extend at once', async () => {
    const world = showWorld();
    const { breakoutId } = await runningShow(world);
    const extend = extendBreakout(world.deps);

    await Promise.allSettled(['12', '13', '14'].map((hour) => extend({ caller, breakoutId, endsAt: `2026-11-23T${hour}:00:00.000Z` })));

    expect(world.hardStopTimes.get(breakoutId)).toBe((await world.breakout(breakoutId)).hardStopAt);
  });
});
