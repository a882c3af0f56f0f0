import { closeEdge, limitEdge, openEdge } from '../../../../lambda/domain/playback/serve-show.ts';
import { drawCurtain } from '../../../../lambda/domain/playback/draw-curtain.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import type { PipelineHold } from '../../../../lambda/domain/pipelines/pipeline-hold.ts';
import { startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { armedShow } from '../../../support/shows/cam-world.ts';
import { memoryCamViewers } from '../../../support/shows/memory-cam-viewers.ts';
import { memoryEdge, memoryRevocations } from '../../../support/shows/memory-edge.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const distributionId = 'E2ABCDEFGH';

const secondsOf = (time: string): number => Date.parse(time) / 1000;

const served = async (pastHolds: readonly Pick<PipelineHold, 'breakoutId' | 'claimedAt'>[] = []) => {
  const world = showWorld();
  const { edge, holders, keys } = memoryEdge();
  const { revocations, revoked } = memoryRevocations();
  const { breakoutId } = await startedShow(world);
  const lastClaimed = async (pipelineId: string, at: string): Promise<PipelineHold | undefined> => {
    const hold = [...pastHolds, { breakoutId, claimedAt: '2026-11-23T09:54:00.000Z' }].filter(({ claimedAt }) => claimedAt <= at).at(-1);
    return hold && { ...hold, pipelineId, attempt: 1, accountId: 'acc_1' };
  };
  const deps = { ...world.deps, ...memoryCamViewers(), edge, revocations, pastHolds: { lastClaimed }, signingKeys: { all: async () => ({ k1: 'key' }) } };
  return { world, deps, holders, keys, revoked, show: { breakoutId, attempt: 1 } };
};

const finish = async (world: ShowWorld, show: { breakoutId: string; attempt: number }): Promise<void> => {
  await world.deps.runs.begin({ ...aRequestedRun(), ...show, started: { at: '2026-11-23T09:55:00.000Z', source: 'POLL' } });
  await markRunning(world.deps)(show);
  await markStopping(world.deps)(show);
  await markStopped(world.deps)(show);
};

describe('the edge of a show', () => {
  it('is open from now on with the keys of viewers, however often it is opened', async () => {
    const { world, deps, holders, keys, show } = await served();
    const began = secondsOf('2026-11-23T09:55:00Z');

    await openEdge(deps)(show);
    world.setTime('2026-11-23T10:00:00.000Z');
    await openEdge(deps)(show);

    expect(holders.get(distributionId)).toEqual({ breakoutId: show.breakoutId, began, from: began, until: null, curtain: 'UP' });
    expect(keys).toEqual({ k1: 'key' });
  });

  it('gets the keys from a Cam show too, whose recording alone is watched there', async () => {
    const { edge, holders, keys } = memoryEdge();
    const { deps, show } = await armedShow();

    await openEdge({ ...deps, edge, pastHolds: { lastClaimed: async () => undefined }, signingKeys: { all: async () => ({ k1: 'key' }) }, now: Date.now })(show);

    expect([holders.size, keys]).toEqual([0, { k1: 'key' }]);
  });

  it('is open one window later after the show of another', async () => {
    const { deps, holders, show } = await served([{ breakoutId: 'bko_other', claimedAt: '2026-11-23T08:00:00.000Z' }]);
    const began = secondsOf('2026-11-23T09:55:00Z');

    await openEdge(deps)(show);

    expect(holders.get(distributionId)).toMatchObject({ began, from: began + 60 });
  });


  it('is limited to the tail and then closed', async () => {
    const { world, deps, holders, show } = await served();
    await openEdge(deps)(show);
    await finish(world, show);

    await limitEdge(deps)(show);
    expect(holders.get(distributionId)?.until).toBe(secondsOf('2026-11-23T09:56:36Z'));
    await closeEdge(deps)(show);
    await closeEdge(deps)(show);

    expect(holders.size).toBe(0);
  });

  it('forgets revocations that are past when a show has ended', async () => {
    const { world, deps, revoked, show } = await served();
    await openEdge(deps)(show);
    await finish(world, show);
    revoked.set('past', secondsOf('2026-11-23T09:55:00Z')).set('coming', secondsOf('2026-11-23T09:55:01Z'));

    await limitEdge(deps)(show);

    expect([...revoked.keys()]).toEqual(['coming']);
  });

  it('is not opened by a show that does not hold the pipeline', async () => {
    const { world, deps, show } = await served();
    await releasePipeline(world.deps)(show);

    await expect(openEdge(deps)(show)).rejects.toMatchObject({ code: 'pipeline-not-held' });
  });

  it('is left to whoever is served by now', async () => {
    const { world, deps, holders, show } = await served();
    await openEdge(deps)(show);
    await finish(world, show);
    const next = { breakoutId: 'bko_next', began: 1, from: 1, until: null, curtain: 'UP' as const };
    holders.set(distributionId, next);

    await limitEdge(deps)(show);
    await closeEdge(deps)(show);

    expect(holders.get(distributionId)).toEqual(next);
  });
});

describe('the curtain of a show', () => {
  const draw = (deps: Awaited<ReturnType<typeof served>>['deps'], breakoutId: string, curtain: 'UP' | 'DOWN') => drawCurtain(deps)({ caller: aCaller(), breakoutId, curtain });

  it('is drawn before the show and while it is on', async () => {
    const { deps, holders, show } = await served();
    await draw(deps, show.breakoutId, 'DOWN');

    await openEdge(deps)(show);
    const before = holders.get(distributionId)?.curtain;
    await draw(deps, show.breakoutId, 'UP');

    expect([before, holders.get(distributionId)?.curtain]).toEqual(['DOWN', 'UP']);
  });

  it('is at the edge what the breakout says, whoever draws and opens at once', async () => {
    const { deps, holders, show } = await served();

    const drawings = ['DOWN', 'UP', 'DOWN', 'UP', 'DOWN'] as const;
    await Promise.all([openEdge(deps)(show), ...drawings.map((curtain) => draw(deps, show.breakoutId, curtain))]);

    expect(holders.get(distributionId)?.curtain).toBe((await deps.breakouts.get(show.breakoutId)).curtain);
  });

  it("leaves another show's alone", async () => {
    const { deps, holders, show } = await served();
    const next = { breakoutId: 'bko_next', began: 1, from: 1, until: null, curtain: 'UP' as const };
    holders.set(distributionId, next);

    await draw(deps, show.breakoutId, 'DOWN');

    expect(holders.get(distributionId)).toEqual(next);
  });

  it("rejects a show that is over, another revision, and another account's", async () => {
    const { world, deps, show } = await served();
    const { breakoutId } = show;

    await expect(drawCurtain(deps)({ caller: aCaller(), breakoutId, curtain: 'UP', expectedRevision: 99 })).rejects.toMatchObject({ code: 'revision-mismatch' });
    await expect(drawCurtain(deps)({ caller: aCaller({ accountId: 'acc_other' }), breakoutId, curtain: 'UP' })).rejects.toMatchObject({ name: 'NotFound' });
    await finish(world, show);
    await expect(draw(deps, breakoutId, 'UP')).rejects.toMatchObject({ code: 'breakout-over', details: { status: 'COMPLETED' } });
  });
});
