import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { bookedShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();

describe('starting a show', () => {
  it('takes the pipeline, sets the hard stop and starts the execution', async () => {
    const world = showWorld();

    const breakout = await startedShow(world);

    expect(breakout).toMatchObject({ status: 'STARTING', attempt: 1, hardStopAt: '2026-11-23T11:02:00.000Z', startRequestedAt: '2026-11-23T09:55:00.000Z' });
    expect(await world.deps.holds.get('pl_main')).toMatchObject({ breakoutId: breakout.breakoutId, attempt: 1 });
    expect(world.hardStopTimes.get(breakout.breakoutId)).toBe('2026-11-23T11:02:00.000Z');
    expect([...world.executionState.started]).toEqual([`${breakout.breakoutId}-1`]);
    expect((await world.deps.calendar.read('pl_main')).bookings).toMatchObject([{ startsAt: '2026-11-23T09:55:00.000Z' }]);
  });

  it('lets one of two who ask at once win and tells the other the state', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);

    const asked = await Promise.allSettled([1, 2].map(() => startBreakout(world.deps)({ caller, breakoutId })));

    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(asked.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'breakout-not-scheduled', details: { status: 'STARTING' } } });
    expect(world.executionState.started.size).toBe(1);
  });

  it('tells the state to who reads just before somebody else starts it', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);
    let isFirst = true;
    const get: typeof world.deps.holds.get = async (pipelineId) => {
      if (isFirst) await startBreakout(world.deps)({ caller, breakoutId });
      isFirst = false;
      return world.deps.holds.get(pipelineId);
    };

    const asked = startBreakout({ ...world.deps, holds: { get } })({ caller, breakoutId });

    await expect(asked).rejects.toMatchObject({ code: 'breakout-not-scheduled', details: { status: 'STARTING' } });
  });

  it('rejects a show whose time is over', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);
    world.setTime('2026-11-23T11:00:00.000Z');

    await expect(startBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'breakout-over' });
  });

  it('rejects a pipeline that another show still holds', async () => {
    const world = showWorld();
    const { eventId } = await startedShow(world);
    const { breakoutId } = await bookedShow(world, { eventId, startsAt: '2026-11-23T11:05:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' });
    world.setTime('2026-11-23T11:06:00.000Z');

    await expect(startBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'pipeline-held', details: { pipelineId: 'pl_main' } });
    expect((await world.breakout(breakoutId)).status).toBe('SCHEDULED');
  });

  it('rejects an early start into the time of the show before', async () => {
    const world = showWorld();
    await bookedShow(world);
    const { breakoutId } = await bookedShow(world, { startsAt: '2026-11-23T11:05:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' });

    await expect(startBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'pipeline-booked' });
  });

  it('undoes the claim when the execution cannot be started', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);
    world.executionState.failsToStart = true;

    await expect(startBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ name: 'Unavailable' });

    expect(await world.deps.holds.get('pl_main')).toBeUndefined();
    const undone = await world.breakout(breakoutId);
    expect(undone).toMatchObject({ status: 'SCHEDULED', attempt: 1 });
    expect(undone).not.toHaveProperty('hardStopAt');
    world.executionState.failsToStart = false;
    expect(await startBreakout(world.deps)({ caller, breakoutId })).toMatchObject({ status: 'STARTING', attempt: 2 });
  });
});
