import { releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { aPipeline } from '../../../support/shows/a-plan.ts';
import { aFailoverPipeline } from '../../../support/shows/a-watched-show.ts';
import { guardedShow, guardedWorld, outcomesOf } from '../../../support/shows/guarded-world.ts';

describe('a show that goes as it should', () => {
  it('is left alone', async () => {
    const world = await guardedShow();
    world.setTime('2026-11-23T10:30:00.000Z');
    const before = await world.now();

    expect(await outcomesOf(world)).toEqual(['NOTHING']);

    expect(await world.now()).toEqual(before);
    expect(world.namesOf('GUARD')).toEqual([]);
    expect(world.announced).toEqual([]);
  });

  it('is left to its own execution while it starts', async () => {
    const world = await guardedShow();
    world.executionState.started.clear();
    world.setTime('2026-11-23T10:01:59.000Z');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });
});

describe('a show that nobody feeds', () => {
  const unfed = async (frames: number | null) => {
    const world = await guardedShow();
    world.watched.figures = (metric) => (metric === 'InputVideoFrameRate' ? frames : 2);
    return world;
  };

  it.each([['once had an input', 0], ['never had one', null]])('is stopped when it %s', async (_, frames) => {
    const world = await unfed(frames);
    world.setTime('2026-11-23T10:08:00.000Z');

    expect(await outcomesOf(world)).toEqual(['STOPPED_WITHOUT_INPUT']);

    expect(await world.now()).toMatchObject({ stopReason: 'NO_INPUT', stopRequestedAt: '2026-11-23T10:08:00.000Z' });
    expect(world.namesOf('GUARD')).toEqual(['NO_INPUT']);
    expect(world.announced).toMatchObject([{ kind: 'STOPPED_BY_GUARD', show: { breakoutId: world.breakoutId } }]);
  });

  it('is stopped and announced once', async () => {
    const world = await unfed(0);
    world.setTime('2026-11-23T10:08:00.000Z');

    await world.reconcile();
    expect(await outcomesOf(world)).toEqual(['NOTHING']);

    expect(world.announced).toHaveLength(1);
  });

  it('is given the whole time from its start on', async () => {
    const world = await unfed(null);
    world.setTime('2026-11-23T10:07:00.000Z');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });

  it('is not taken for one whose metrics are missing', async () => {
    const world = await guardedShow();
    world.watched.figures = () => null;
    world.setTime('2026-11-23T10:20:00.000Z');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });

  it('goes on where the guard is turned off', async () => {
    const world = await unfed(0);
    Object.assign(world.deps, { noInputStopSeconds: 0 });
    world.setTime('2026-11-23T10:20:00.000Z');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });
});

describe('a show past its end', () => {
  it('is stopped and announced', async () => {
    const world = await guardedShow();
    world.setTime('2026-11-23T11:04:00.000Z');

    expect(await outcomesOf(world)).toEqual(['HARD_STOPPED']);

    expect(await world.now()).toMatchObject({ stopReason: 'HARD_STOP' });
    expect(world.namesOf('GUARD')).toEqual(['HARD_STOP']);
    expect(world.announced).toMatchObject([{ kind: 'STOPPED_BY_GUARD' }]);
  });

  it('is left to its schedule within the grace', async () => {
    const world = await guardedShow();
    world.setTime('2026-11-23T11:03:59.000Z');

    expect(await outcomesOf(world)).toEqual(['NOTHING']);
  });

  it('has its channel stopped when its execution does not do it', async () => {
    const world = await guardedShow();
    world.setTime('2026-11-23T11:04:00.000Z');
    await world.reconcile();
    world.setTime('2026-11-23T11:19:00.000Z');

    expect(await outcomesOf(world)).toEqual(['PUSHED']);

    expect(world.channel.calls).toContain('stop');
  });
});

describe('a show whose execution has died', () => {
  const dead = async () => {
    const world = await guardedShow();
    world.executionState.dead.add(`${world.breakoutId}-${world.show.attempt}`);
    world.setTime('2026-11-23T10:20:00.000Z');
    return world;
  };

  it('has its channel stopped, then is ended and recovered', async () => {
    const world = await dead();

    expect(await outcomesOf(world)).toEqual(['STOPPING']);
    world.channel.current = 'IDLE';
    world.setTime('2026-11-23T10:21:00.000Z');
    expect(await outcomesOf(world)).toEqual(['RECOVERED']);

    expect(await world.now()).toMatchObject({ status: 'FAILED', failure: { code: 'execution-lost' }, stoppedAt: '2026-11-23T10:21:00.000Z' });
    expect(world.namesOf('GUARD')).toEqual(['REPAIRED']);
    expect([...world.executionState.recovered]).toEqual([`${world.breakoutId}-1`]);
  });

  it('has its pipeline freed when the recovery has died as well', async () => {
    const world = await dead();
    world.channel.current = 'IDLE';
    await world.reconcile();
    expect(await world.deps.holds.get('pl_main')).toBeDefined();
    world.setTime('2026-11-23T10:40:00.000Z');

    expect(await outcomesOf(world)).toEqual(['RELEASED']);

    expect(await world.deps.holds.get('pl_main')).toBeUndefined();
  });
});

describe('a channel that runs for nobody', () => {
  it('is left to who started it by hand, and announced once a run', async () => {
    const world = guardedWorld();
    world.channel.current = 'RUNNING';

    expect([await outcomesOf(world), await outcomesOf(world)]).toEqual([['REPORTED'], ['REPORTED']]);

    expect(world.announced).toMatchObject([{ kind: 'ORPHAN_CHANNEL', pipelineId: 'pl_main' }]);
    expect(world.channel.calls).toEqual([]);
  });

  it('is announced again when it runs again', async () => {
    const world = guardedWorld();
    for (const state of ['RUNNING', 'IDLE', 'RUNNING'] as const) {
      world.channel.current = state;
      await world.reconcile();
    }

    expect(world.announced).toHaveLength(2);
    expect(world.turns.noted.map(({ isOn }) => isOn)).toEqual([true, false]);
  });

  it('is stopped when a show left it running, and its run gets its end', async () => {
    const world = await guardedShow();
    await releasePipeline(world.deps)(world.show);
    world.setTime('2026-11-23T10:20:00.000Z');

    expect(await outcomesOf(world)).toEqual(['STOPPED']);
    world.channel.current = 'IDLE';
    world.setTime('2026-11-23T10:21:00.000Z');
    expect(await outcomesOf(world)).toEqual(['IDLE']);

    expect(await world.deps.runs.get(world.breakoutId, 1)).toMatchObject({ ended: { at: '2026-11-23T10:21:00.000Z', source: 'POLL' } });
    expect(world.namesOf('GUARD')).toEqual(['ORPHAN']);
  });
});

describe('who may push to a running show', () => {
  const group = { groupId: 'sg-1', allowedSources: ['203.0.113.0/24'] };

  it('is put back when it was changed from outside', async () => {
    const world = await guardedShow(aFailoverPipeline({ inputSecurityGroup: group }));
    world.groups.set('sg-1', ['192.0.2.0/24']);

    expect([await outcomesOf(world), await outcomesOf(world)]).toEqual([['SOURCES_RESTORED'], ['NOTHING']]);

    expect(world.groups.get('sg-1')).toEqual(group.allowedSources);
    expect(world.namesOf('GUARD')).toEqual(['REPAIRED']);
  });
});

describe('several pipelines', () => {
  it('are reconciled though one of them cannot be', async () => {
    const [one, other] = [aPipeline(), aPipeline({ pipelineId: 'pl_other' })];
    const world = guardedWorld([one, other]);
    const fault = new Error('throttled');
    world.deps.holds.get = async (pipelineId) => {
      if (pipelineId === one.pipelineId) throw fault;
      return undefined;
    };

    expect(await world.reconcile()).toEqual([{ pipelineId: 'pl_main', error: fault }, { pipelineId: 'pl_other', outcome: 'IDLE' }]);
  });
});
