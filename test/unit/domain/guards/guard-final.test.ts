import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markFinal, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { checkIdle } from '../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { requestStop } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { guardedShow, outcomesOf } from '../../../support/shows/guarded-world.ts';

describe('a show that has given its pipeline back', () => {
  const ended = async () => {
    const world = await guardedShow();
    await requestStop(world.deps, world.breakoutId, 'REQUESTED');
    world.setTime('2026-11-23T10:20:00.000Z');
    world.channel.current = 'IDLE';
    await checkIdle({ ...world.deps, stopTimeoutSeconds: 60 })(world.show);
    await markStopping(world.deps)(world.show);
    await markStopped({ ...world.deps, settleSeconds: 60 })(world.show);
    await releasePipeline(world.deps)(world.show);
    world.setTime('2026-11-23T10:30:00.000Z');
    return { ...world, die: () => void world.executionState.dead.add(`${world.breakoutId}-${world.show.attempt}`) };
  };

  it('is left to its execution until its usage is final', async () => {
    const world = await ended();

    expect(await outcomesOf(world)).toEqual(['IDLE']);

    expect(world.executionState.recovered.size).toBe(0);
  });

  it('is measured by another execution when its own has died', async () => {
    const world = await ended();
    world.die();

    expect(await outcomesOf(world)).toEqual(['RECOVERED']);

    expect([...world.executionState.recovered]).toEqual([`${world.breakoutId}-1`]);
    expect(await world.now()).toMatchObject({ status: 'COMPLETED' });
    expect(world.namesOf('GUARD')).toEqual(['REPAIRED']);
  });

  it('is left alone once its usage is final', async () => {
    const world = await ended();
    await markFinal(world.deps)(world.show);
    world.die();

    expect(await outcomesOf(world)).toEqual(['IDLE']);

    expect(world.executionState.recovered.size).toBe(0);
  });
});
