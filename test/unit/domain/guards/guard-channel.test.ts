import { awaitStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { endFailedShow } from '../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markStopping } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { requestStop } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { guardedShow, outcomesOf } from '../../../support/shows/guarded-world.ts';

describe('a show whose channel stops by itself', () => {
  const dropped = async () => {
    const world = await guardedShow();
    await awaitStop(world.deps)(world.show, 'token-1');
    world.setTime('2026-11-23T10:20:00.000Z');
    world.channel.current = 'IDLE';
    return world;
  };

  it('fails, wakes its execution and is announced once', async () => {
    const world = await dropped();

    expect([await outcomesOf(world), await outcomesOf(world)]).toEqual([['ENDED_WITHOUT_CHANNEL'], ['NOTHING']]);

    expect(await world.now()).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' }, stoppedAt: '2026-11-23T10:20:00.000Z' });
    expect(world.completed).toEqual(['token-1']);
    expect(world.namesOf('SHOW')).toContain('FAILED');
    expect(world.announced).toMatchObject([{ kind: 'STOPPED_BY_GUARD', show: { breakoutId: world.breakoutId } }]);
  });

  it('is taken by its execution along the way of a failed show', async () => {
    const world = await dropped();
    await world.reconcile();

    await expect(markStopping(world.deps)(world.show)).rejects.toMatchObject({ code: 'illegal-transition' });
    expect(await endFailedShow({ ...world.deps, settleSeconds: 60 })(world.show, { code: 'conflict', message: 'woken' })).toMatchObject({ outcome: 'FAILED' });

    expect(await world.now()).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' } });
  });

  it('is left to its execution when it was told to stop', async () => {
    const world = await dropped();
    await requestStop(world.deps, world.breakoutId, 'REQUESTED');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });
});
