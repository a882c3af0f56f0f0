import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { awaitStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { bookedShow, runningShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();

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

  it('is logged before the end that follows it, whose event has whole seconds', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    world.setTime('2026-11-23T10:00:00.900Z');
    await stopBreakout(world.deps)({ caller, breakoutId: show.breakoutId });
    const [started, ended] = ['2026-11-23T09:55:00.000Z', '2026-11-23T10:00:00.000Z'].map((at) => ({ at, source: 'EVENT' as const }));
    await world.deps.runs.begin({ ...aRequestedRun(), ...show, started: started!, ended: ended! });
    await markStopping(world.deps)(show);
    await markStopped(world.deps)(show);

    const ends = world.log.kept.filter(({ name }) => name.startsWith('STOP')).map(({ name, at }) => [name, at]);
    expect(ends).toEqual([['STOP_REQUESTED', '2026-11-23T10:00:00.900Z'], ['STOPPED', '2026-11-23T10:00:00.901Z']]);
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
