import { createBreakout } from '../../../../lambda/domain/breakouts/create-breakout.ts';
import { getBreakout, listBreakouts } from '../../../../lambda/domain/breakouts/read-breakouts.ts';
import { updateBreakout } from '../../../../lambda/domain/breakouts/update-breakout.ts';
import { turnaroundSeconds } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { bookedShow, createdEvent, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const other = aCaller({ accountId: 'acc_other' });

describe('booking a breakout', () => {
  it('makes it SCHEDULED with its pipeline booked', async () => {
    const world = showWorld();

    const breakout = await bookedShow(world);

    expect(breakout).toMatchObject({ status: 'SCHEDULED', attempt: 0, revision: 1, accountId: 'acc_mine' });
    expect((await world.deps.calendar.read('pl_main')).bookings).toMatchObject([{ breakoutId: breakout.breakoutId }]);
    expect((await listBreakouts(world.deps)(aCaller(), breakout.eventId, { limit: 5 })).items).toEqual([breakout]);
  });

  it.each([
    ['an end before the start', { endsAt: '2026-11-23T09:59:00.000Z' }, '/endsAt'],
    ['a start before the event', { startsAt: '2026-11-23T07:59:59.999Z' }, '/startsAt'],
    ['an end after the event', { endsAt: '2026-11-23T20:00:00.001Z' }, '/endsAt'],
    ['an unknown pipeline', { pipelineId: 'pl_none' }, '/pipelineId'],
    ['a pipeline of another account', { pipelineId: 'pl_theirs' }, '/pipelineId'],
    ['an end in the past', { startsAt: '2026-11-23T08:00:00.000Z', endsAt: '2026-11-23T09:00:00.000Z' }, '/endsAt'],
  ])('rejects %s', async (_, overrides, field) => {
    const world = showWorld([aPipeline(), aPipeline({ pipelineId: 'pl_theirs', accountId: 'acc_other' })]);

    await expect(bookedShow(world, overrides)).rejects.toMatchObject({ name: 'InvalidInput', fields: [{ field }] });
  });

  it('rejects more than 14 days, and takes 14', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world, aCaller(), { endsAt: '2027-01-31T00:00:00.000Z' });

    await expect(bookedShow(world, { eventId, endsAt: '2026-12-07T10:00:00.001Z' })).rejects.toMatchObject({ code: 'breakout-too-long', fields: [{ field: '/endsAt' }] });
    expect(await bookedShow(world, { eventId, endsAt: '2026-12-07T10:00:00.000Z' })).toMatchObject({ status: 'SCHEDULED' });
  });

  it('keeps sources until they are taken back', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world, { sources: ['203.0.113.7/32'] });
    const update = updateBreakout(world.deps);

    expect(await update({ caller: aCaller(), breakoutId, changes: { title: 'Renamed' } })).toMatchObject({ sources: ['203.0.113.7/32'] });
    expect(await update({ caller: aCaller(), breakoutId, changes: { sources: ['192.0.2.0/24'] } })).toMatchObject({ sources: ['192.0.2.0/24'], title: 'Renamed' });
    expect(await update({ caller: aCaller(), breakoutId, changes: { sources: null } })).not.toHaveProperty('sources');
  });

  it('rejects sources on a pipeline in a VPC', async () => {
    const { inputSecurityGroup: _group, ...channel } = aPipeline().channel;
    const world = showWorld([aPipeline({ channel })]);

    await expect(bookedShow(world, { sources: ['203.0.113.7/32'] })).rejects.toMatchObject({ code: 'sources-not-possible', fields: [{ field: '/sources', message: expect.stringContaining('VPC') as string }] });
  });

  it("rejects another account's event", async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world, other);

    await expect(bookedShow(world, { caller: aCaller(), eventId })).rejects.toMatchObject({ code: 'event-not-found' });
  });

  it('rejects a time that is taken, with the times of the other', async () => {
    const world = showWorld();
    const first = await bookedShow(world);
    const wanted = { startsAt: '2026-11-23T11:00:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' };

    const details = { pipelineId: 'pl_main', startsAt: first.startsAt, endsAt: first.endsAt, freeAt: '2026-11-23T11:05:00.000Z', freeUntil: '2026-11-23T09:55:00.000Z' };
    await expect(bookedShow(world, wanted)).rejects.toMatchObject({ code: 'pipeline-booked', details: { ...details, breakoutId: first.breakoutId } });
    const unnamed = bookedShow(world, { ...wanted, caller: other });
    await expect(unnamed).rejects.toMatchObject({ code: 'pipeline-booked', details });
    await expect(unnamed).rejects.not.toHaveProperty('details.breakoutId');
    await expect(unnamed).rejects.not.toThrow(first.breakoutId);
  });

  it('keeps the turnaround between shows on either side', async () => {
    const world = showWorld();
    await bookedShow(world);

    expect(turnaroundSeconds(aPipeline())).toBe(300);
    await expect(bookedShow(world, { startsAt: '2026-11-23T11:04:59.999Z', endsAt: '2026-11-23T12:00:00.000Z' })).rejects.toMatchObject({ code: 'pipeline-booked' });
    await expect(bookedShow(world, { startsAt: '2026-11-23T09:00:00.000Z', endsAt: '2026-11-23T09:55:00.001Z' })).rejects.toMatchObject({ code: 'pipeline-booked' });
    expect(await bookedShow(world, { startsAt: '2026-11-23T11:05:00.000Z', endsAt: '2026-11-23T12:00:00.000Z' })).toMatchObject({ status: 'SCHEDULED' });
  });

  it('gives one time to one of many who ask at once', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);

    const asked = await Promise.allSettled(Array.from({ length: 8 }, () => bookedShow(world, { eventId })));

    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.deps.calendar.read('pl_main')).bookings).toHaveLength(1);
  });

  it.each([[undefined, 'DOWN'], ['UP', 'UP']] as const)('begins with the curtain that is asked for (%s), else the stage\'s', async (curtain, expected) => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);
    const times = { startsAt: '2026-11-23T10:00:00.000Z', endsAt: '2026-11-23T10:30:00.000Z' };

    const booked = await createBreakout({ ...world.deps, curtainUnlessTold: 'DOWN' })({ caller: aCaller(), eventId, title: 'Show', pipelineId: 'pl_main', wantsMp4: false, ...times, ...(curtain && { curtain }) });

    expect(booked.curtain).toBe(expected);
  });

  it('books different times at once', async () => {
    const world = showWorld();
    const { eventId } = await createdEvent(world);
    const hours = ['10', '12', '14', '16'];

    await Promise.all(hours.map((hour) => createBreakout(world.deps)({
      caller: aCaller(), eventId, title: hour, pipelineId: 'pl_main', wantsMp4: false,
      startsAt: `2026-11-23T${hour}:00:00.000Z`, endsAt: `2026-11-23T${hour}:30:00.000Z`,
    })));

    expect((await world.deps.calendar.read('pl_main')).bookings).toHaveLength(4);
  });
});

describe('changing a breakout', () => {
  it('moves its booking along', async () => {
    const world = showWorld([aPipeline(), aPipeline({ pipelineId: 'pl_b' })]);
    const { breakoutId } = await bookedShow(world);

    const changed = await updateBreakout(world.deps)({ caller: aCaller(), breakoutId, expectedRevision: 1, changes: { pipelineId: 'pl_b', endsAt: '2026-11-23T12:00:00.000Z' } });

    expect(changed).toMatchObject({ pipelineId: 'pl_b', revision: 2 });
    expect((await world.deps.calendar.read('pl_main')).bookings).toEqual([]);
    expect((await world.deps.calendar.read('pl_b')).bookings).toMatchObject([{ endsAt: '2026-11-23T12:00:00.000Z' }]);
  });

  it('rejects another version than the current one', async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);

    await expect(updateBreakout(world.deps)({ caller: aCaller(), breakoutId, expectedRevision: 2, changes: { title: 'x' } })).rejects.toMatchObject({ code: 'revision-mismatch' });
  });

  it('rejects a show that has been started', async () => {
    const world = showWorld();
    const { breakoutId } = await startedShow(world);

    await expect(updateBreakout(world.deps)({ caller: aCaller(), breakoutId, changes: { title: 'x' } })).rejects.toMatchObject({
      code: 'breakout-not-scheduled',
      message: `breakout ${breakoutId} is STARTING, expected SCHEDULED: it has been started already`,
      details: { status: 'STARTING' },
    });
  });

  it("rejects another account's breakout as if it were not there", async () => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world);

    await expect(getBreakout(world.deps)(other, breakoutId)).rejects.toMatchObject({ code: 'breakout-not-found', message: `there is no breakout ${breakoutId}` });
  });
});
