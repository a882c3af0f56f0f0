import { awaitStop, checkHardStop } from '../../../../../lambda/domain/breakouts/show/await-stop.ts';
import { hardStop } from '../../../../../lambda/domain/breakouts/show/hard-stop.ts';
import { bookedShow, runningShow } from '../../../../support/shows/a-booked-show.ts';
import { showWorld } from '../../../../support/shows/show-world.ts';

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
