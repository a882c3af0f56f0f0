import { requireShownOut } from '../../../../lambda/domain/breakouts/start-over.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { turnaroundSeconds } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { bookedShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const startingOver = (startOverSeconds: number) => {
  const pipeline = aPipeline();
  return { ...pipeline, packaging: { ...pipeline.packaging, endpoints: pipeline.packaging.endpoints.map((endpoint) => ({ ...endpoint, startOverSeconds })) } };
};

/** A show that ran from 09:55 to 10:20 on a pipeline that it has given back, and the next one on it. */
const twoShows = async () => {
  const world = showWorld();
  const { breakoutId, eventId } = await startedShow(world);
  const show = { breakoutId, attempt: 1 };
  await world.deps.runs.begin({ ...aRequestedRun(), ...show, started: { at: '2026-11-23T09:55:00.000Z', source: 'POLL' }, ended: { at: '2026-11-23T10:20:00.000Z', source: 'POLL' } });
  await markRunning(world.deps)(show);
  await markStopping(world.deps)(show);
  await markStopped(world.deps)(show);
  world.setTime('2026-11-23T10:25:00.000Z');
  await releasePipeline(world.deps)(show);
  const next = await bookedShow(world, { eventId, startsAt: '2026-11-23T14:00:00.000Z', endsAt: '2026-11-23T15:00:00.000Z' });
  const deps = (pipeline = startingOver(3600)) => ({ ...world.deps, pipelines: { get: async () => pipeline, list: async () => [pipeline] } });
  return { world, deps, show, start: (pipeline?: ReturnType<typeof startingOver>) => startBreakout(deps(pipeline))({ caller: aCaller(), breakoutId: next.breakoutId }) };
};

describe('a pipeline with a start-over window', () => {
  it('is not started before the window of the show before has passed', async () => {
    const { world, start } = await twoShows();
    world.setTime('2026-11-23T11:19:59.999Z');

    await expect(start()).rejects.toMatchObject({
      code: 'pipeline-starts-over',
      details: { pipelineId: 'pl_main', freeAt: '2026-11-23T11:20:00.000Z' },
      message: 'pipeline pl_main keeps the show that ended on it at 2026-11-23T10:20:00.000Z until 2026-11-23T11:20:00.000Z, for its start-over window has 3600 s, and it is 2026-11-23T11:19:59.999Z: start then, or on another pipeline',
    });
    world.setTime('2026-11-23T11:20:00.000Z');
    expect(await start()).toMatchObject({ status: 'STARTING' });
  });

  it('is not in the way without one', async () => {
    const { start } = await twoShows();

    expect(await start(startingOver(0))).toMatchObject({ status: 'STARTING' });
  });

  it('is not in the way of the show whose window it is', async () => {
    const { deps, show } = await twoShows();

    await expect(requireShownOut(deps())(startingOver(3600), show.breakoutId, '2026-11-23T10:26:00.000Z')).resolves.toBeUndefined();
  });

  it('is booked at that distance', () => {
    expect(turnaroundSeconds(startingOver(7200))).toBe(120 + 60 + 7200);
  });
});
