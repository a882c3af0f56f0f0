import { extendBreakout } from '../../../../lambda/domain/breakouts/extend-breakout.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { awaitStop, checkHardStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { hardStop } from '../../../../lambda/domain/breakouts/show/hard-stop.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { bookedShow, createdEvent, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../support/shows/a-plan.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();

const runningShow = async (world: ShowWorld) => {
  const { breakoutId } = await startedShow(world);
  await markRunning(world.deps)({ breakoutId, attempt: 1 });
  return { breakoutId, attempt: 1 };
};

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

describe('stopping a show', () => {
  it('rejects a show that has not been started', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);

    await expect(stopBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'breakout-not-started', details: { status: 'SCHEDULED' } });
  });

  it('ends the wait of a running show', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await awaitStop(world.deps)(show, 'token-1');

    const stopped = await stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId });

    expect(stopped).toMatchObject({ status: 'RUNNING', stopRequestedAt: '2026-11-23T09:55:00.000Z', stopReason: 'REQUESTED' });
    expect(world.completed).toEqual(['token-1']);
  });

  it('changes nothing when asked twice, or after the end', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    const first = await stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId });
    world.setTime('2026-11-23T10:00:00.000Z');

    expect(await stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId })).toEqual(first);
    await markStopping(world.deps)(show);
    await markStopped(world.deps)(show);
    expect(await stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId })).toMatchObject({ status: 'COMPLETED' });
  });

  it('is honoured when asked for during the start', async () => {
    const world = showWorld();
    const { breakoutId } = await startedShow(world);
    expect(await stopBreakout(world.deps)({ caller, breakoutId })).toMatchObject({ status: 'STARTING', stopReason: 'REQUESTED' });

    await markRunning(world.deps)({ breakoutId, attempt: 1 });
    await awaitStop(world.deps)({ breakoutId, attempt: 1 }, 'token-1');

    expect(world.completed).toEqual(['token-1']);
  });

  it('is not lost when it meets the wait', async () => {
    const world = showWorld();
    const show = await runningShow(world);

    await Promise.all([awaitStop(world.deps)(show, 'token-1'), stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId })]);

    expect(world.completed).toContain('token-1');
  });
});

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

describe('the hard stop', () => {
  it('ends the wait of a show at its time, and not before', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await awaitStop(world.deps)(show, 'token-1');

    expect(await hardStop(world.deps)(show.breakoutId)).toBe('NOT_DUE');
    expect(await checkHardStop(world.deps)(show)).toEqual({ status: 'PENDING' });
    world.setTime('2026-11-23T11:02:00.000Z');
    expect(await hardStop(world.deps)(show.breakoutId)).toBe('ASKED_TO_STOP');

    expect(world.completed).toEqual(['token-1']);
    expect(await world.breakout(show.breakoutId)).toMatchObject({ stopReason: 'HARD_STOP' });
  });

  it('is found by the execution itself', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    world.setTime('2026-11-23T11:02:00.000Z');

    expect(await checkHardStop(world.deps)(show)).toEqual({ status: 'DONE' });
    expect(await world.breakout(show.breakoutId)).toMatchObject({ stopReason: 'HARD_STOP', stopRequestedAt: '2026-11-23T11:02:00.000Z' });
  });

  it('stops the channel itself when the execution is dead', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    world.channel.current = 'RUNNING';
    world.executionState.dead.add(`${show.breakoutId}-1`);
    world.setTime('2026-11-23T11:02:00.000Z');

    await expect(hardStop(world.deps)(show.breakoutId)).rejects.toMatchObject({ name: 'Unavailable', code: 'channel-stopping' });
    expect(world.channel.current).toBe('STOPPING');
    world.channel.current = 'IDLE';
    expect(await hardStop(world.deps)(show.breakoutId)).toBe('STOPPED_WITHOUT_EXECUTION');

    expect(await world.breakout(show.breakoutId)).toMatchObject({ status: 'FAILED', failure: { code: 'execution-lost' } });
    expect([...world.executionState.recovered]).toEqual([`${show.breakoutId}-1`]);
    expect(await hardStop(world.deps)(show.breakoutId)).toBe('NOTHING_TO_STOP');
  });

  it('does nothing to a show that has not been started', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);

    expect(await hardStop(world.deps)(breakoutId)).toBe('NOTHING_TO_STOP');
  });
});

describe('the end of a show', () => {
  it('says when the tail ends, the pipeline is free and usage is settled', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await markStopping(world.deps)(show);
    world.setTime('2026-11-23T10:30:10.000Z');
    const expected = { outcome: 'COMPLETED', stoppedAt: '2026-11-23T10:30:10.000Z', tailEndsAt: '2026-11-23T10:31:46.000Z', releasesAt: '2026-11-23T10:32:00.000Z', settlesAt: '2026-11-23T10:40:10.000Z' };
    await world.deps.runs.begin({ ...show, pipelineId: 'pl_main', requestedAt: 'x', channel: await world.deps.channels.describe('') });
    await world.deps.runs.observe(show.breakoutId, 1, { started: { at: '2026-11-23T09:56:00.000Z', source: 'EVENT' }, ended: { at: '2026-11-23T10:30:10.000Z', source: 'EVENT' } });

    expect(await markStopped(world.deps)(show)).toEqual(expected);
    world.setTime('2026-11-23T10:31:00.000Z');
    expect(await markStopped(world.deps)(show)).toEqual(expected);

    await releasePipeline(world.deps)(show);
    expect(await world.deps.holds.get('pl_main')).toBeUndefined();
    await expect(startBreakout(world.deps)({ caller, breakoutId: show.breakoutId })).rejects.toMatchObject({ details: { status: 'COMPLETED' } });
  });
});
