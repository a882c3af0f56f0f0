import { changePipeline } from '../../../../lambda/domain/breakouts/change-pipeline.ts';
import { extendBreakout } from '../../../../lambda/domain/breakouts/extend-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { awaitStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { endFailedShow } from '../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markFinal, markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { prepareChannel } from '../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { ensureStopped } from '../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { legsOf } from '../../../../lambda/domain/breakouts/show-leg.ts';
import { bookedShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();
const failure = { code: 'channel-failed', message: 'it fell back' };
const inVpc = (): ReturnType<typeof aPipeline> => {
  const { inputSecurityGroup: _group, ...channel } = aPipeline().channel;
  return aPipeline({ pipelineId: 'pl_vpc', channel });
};
const aWorld = (): ShowWorld => showWorld([aPipeline(), aPipeline({ pipelineId: 'pl_spare', channel: { ...aPipeline().channel, channelId: '7654321' } }), inVpc()]);

const onAir = async (world: ShowWorld) => {
  const { breakoutId, eventId } = await startedShow(world);
  const show = { breakoutId, attempt: 1 };
  await world.deps.runs.begin({ ...aRequestedRun(), ...show, started: { at: '2026-11-23T09:56:00.000Z', source: 'POLL' } });
  await markRunning(world.deps)(show);
  await awaitStop(world.deps)(show, 'token-1');
  world.setTime('2026-11-23T10:20:00.000Z');
  return { ...show, eventId };
};

describe('a show that goes on with a spare pipeline', () => {
  it('takes it, starts a new attempt and ends the wait of the old one', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);

    const moved = await changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_spare' });

    expect(moved).toMatchObject({ status: 'STARTING', attempt: 2, pipelineId: 'pl_spare', startRequestedAt: '2026-11-23T10:20:00.000Z', hardStopAt: '2026-11-23T11:02:00.000Z' });
    expect(moved).not.toHaveProperty('stopToken');
    expect(legsOf(moved).map(({ attempt, pipelineId }) => [attempt, pipelineId])).toEqual([[1, 'pl_main'], [2, 'pl_spare']]);
    expect([...world.executionState.started]).toEqual([`${breakoutId}-1`, `${breakoutId}-2`]);
    expect(world.completed).toEqual(['token-1']);
    expect(await world.deps.holds.get('pl_main')).toMatchObject({ attempt: 1 });
    expect(await world.deps.holds.get('pl_spare')).toMatchObject({ attempt: 2, breakoutId });
    expect((await world.deps.calendar.read('pl_spare')).bookings).toMatchObject([{ startsAt: '2026-11-23T10:20:00.000Z', endsAt: '2026-11-23T11:00:00.000Z' }]);
  });

  it('stops the channel it left, serves its tail and gives that pipeline back alone', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);
    await changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_spare' });
    const [left, present] = [{ breakoutId, attempt: 1 }, { breakoutId, attempt: 2 }];
    world.channel.current = 'RUNNING';

    await expect(markStopping(world.deps)(left)).rejects.toMatchObject({ code: 'attempt-over' });
    await expect(prepareChannel(world.deps)(left)).rejects.toMatchObject({ code: 'attempt-over' });
    await ensureStopped(world.deps)(left);
    world.channel.current = 'IDLE';
    await ensureStopped(world.deps)(left);
    const ended = await endFailedShow(world.deps)(left, failure);
    await endFailedShow(world.deps)(left, failure);
    await releasePipeline(world.deps)(left);
    await markFinal(world.deps)(left);

    expect(ended).toMatchObject({ outcome: 'LEFT', tailEndsAt: '2026-11-23T10:21:36.000Z', releasesAt: '2026-11-23T10:22:00.000Z' });
    const breakout = await world.breakout(breakoutId);
    expect(breakout.status).toBe('STARTING');
    expect(breakout.earlierLegs).toMatchObject([{ attempt: 1, stoppedAt: '2026-11-23T10:20:00.000Z', tailEndsAt: '2026-11-23T10:21:36.000Z' }]);
    expect(await world.deps.holds.get('pl_main')).toBeUndefined();
    await prepareChannel(world.deps)(present);
    await markRunning(world.deps)(present);
    await markStopping(world.deps)(present);
    expect(await markStopped(world.deps)(present)).toMatchObject({ outcome: 'COMPLETED' });
    expect(world.log.kept.map(({ name, attempt }) => `${name}-${attempt}`)).toEqual(['STARTED-1', 'PIPELINE_CHANGED-2', 'START_REQUESTED-2', 'STARTED-2', 'STOP_REQUESTED-2', 'STOPPED-2']);
  });

  it('repeats what was cut off when it is asked for again', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);
    world.executionState.failsToStart = true;
    const command = { caller, breakoutId, pipelineId: 'pl_spare' };

    await expect(changePipeline(world.deps)(command)).rejects.toMatchObject({ name: 'Unavailable' });
    expect(world.completed).toEqual([]);
    world.executionState.failsToStart = false;
    await changePipeline(world.deps)(command);
    await changePipeline(world.deps)(command);

    expect((await world.breakout(breakoutId)).attempt).toBe(2);
    expect(world.executionState.started).toContain(`${breakoutId}-2`);
    expect(world.completed).toContain('token-1');
  });

  it('goes on after a failure, until its booked end', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);
    await endFailedShow(world.deps)({ breakoutId, attempt: 1 }, failure);

    await expect(changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_main' })).rejects.toMatchObject({ code: 'pipeline-unchanged' });
    const moved = await changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_spare' });
    expect(moved).toMatchObject({ status: 'STARTING', attempt: 2, earlierLegs: [{ attempt: 1, stoppedAt: '2026-11-23T10:20:00.000Z' }] });
    for (const mark of ['failure', 'stoppedAt', 'tailEndsAt']) expect(moved).not.toHaveProperty(mark);

    await endFailedShow(world.deps)({ breakoutId, attempt: 2 }, { code: 'conflict', message: 'busy' });
    expect(await world.breakout(breakoutId)).toMatchObject({ status: 'FAILED' });
    world.setTime('2026-11-23T11:00:00.000Z');
    await expect(changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_main' })).rejects.toMatchObject({ code: 'pipeline-not-changeable', message: expect.stringContaining('booked until') as string });
  });

  it('is extended on the spare from when it went over to it', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);
    await changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_spare' });

    await extendBreakout(world.deps)({ caller, breakoutId, endsAt: '2026-11-23T11:30:00.000Z' });

    expect((await world.deps.calendar.read('pl_spare')).bookings).toMatchObject([{ startsAt: '2026-11-23T10:20:00.000Z', endsAt: '2026-11-23T11:30:00.000Z' }]);
  });

  it('rejects a spare that is booked, held, unknown, or cannot keep to its sources', async () => {
    const world = aWorld();
    const { breakoutId, eventId } = await onAir(world);
    const change = (pipelineId: string, id = breakoutId) => changePipeline(world.deps)({ caller, breakoutId: id, pipelineId });
    await expect(change('pl_none')).rejects.toMatchObject({ code: 'pipeline-not-bookable' });
    await bookedShow(world, { eventId, pipelineId: 'pl_spare', startsAt: '2026-11-23T10:30:00.000Z', endsAt: '2026-11-23T10:40:00.000Z' });
    await expect(change('pl_spare')).rejects.toMatchObject({ code: 'pipeline-booked' });
    const other = await bookedShow(world, { eventId, pipelineId: 'pl_vpc', startsAt: '2026-11-23T12:00:00.000Z', endsAt: '2026-11-23T13:00:00.000Z' });
    await expect(change('pl_spare', other.breakoutId)).rejects.toMatchObject({ code: 'pipeline-not-changeable', details: { status: 'SCHEDULED' } });

    const declared = await world.breakout(breakoutId);
    await world.deps.breakouts.save({ ...declared, sources: ['203.0.113.7/32'], revision: declared.revision + 1 });
    await expect(change('pl_vpc')).rejects.toMatchObject({ code: 'sources-not-possible', fields: [{ field: '/sources' }] });
  });

  it('rejects a show that was told to stop', async () => {
    const world = aWorld();
    const { breakoutId } = await onAir(world);
    await stopBreakout(world.deps)({ caller, breakoutId });

    await expect(changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_spare' })).rejects.toMatchObject({ code: 'pipeline-not-changeable', message: expect.stringContaining('told to stop') as string });
  });
});
