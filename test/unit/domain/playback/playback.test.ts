import { createPlayback } from '../../../../lambda/domain/playback/create-playback.ts';
import type { EdgeHolders, Holder } from '../../../../lambda/domain/playback/edge-holders.ts';
import { closeEdge, limitEdge, openEdge } from '../../../../lambda/domain/playback/serve-show.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import type { ViewerGrant } from '../../../../lambda/domain/playback/viewer-tokens.ts';
import { bookedShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const memoryEdge = () => {
  const holders = new Map<string, Holder>();
  const keys: Record<string, string> = {};
  const edge: EdgeHolders = {
    get: async (distributionId) => holders.get(distributionId),
    async open(distributionId, holder, signingKeys) {
      holders.set(distributionId, holder);
      Object.assign(keys, signingKeys);
    },
    async limit(distributionId, holder) {
      if (holders.get(distributionId)?.breakoutId === holder.breakoutId) holders.set(distributionId, holder);
    },
    async close(distributionId, breakoutId) {
      if (holders.get(distributionId)?.breakoutId === breakoutId) holders.delete(distributionId);
    },
  };
  return { edge, holders, keys };
};

const served = async () => {
  const world = showWorld();
  const { edge, holders, keys } = memoryEdge();
  const { breakoutId } = await startedShow(world);
  const deps = { ...world.deps, edge, signingKeys: { all: async () => ({ k1: 'key' }) } };
  return { world, deps, holders, keys, show: { breakoutId, attempt: 1 } };
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

    await openEdge(deps)(show);
    world.setTime('2026-11-23T10:00:00.000Z');
    await openEdge(deps)(show);

    expect(holders.get('E2ABCDEFGH')).toEqual({ breakoutId: show.breakoutId, from: Date.parse('2026-11-23T09:55:00Z') / 1000, until: null });
    expect(keys).toEqual({ k1: 'key' });
  });

  it('is limited to the tail and then closed', async () => {
    const { world, deps, holders, show } = await served();
    await openEdge(deps)(show);
    await finish(world, show);

    await limitEdge(deps)(show);
    expect(holders.get('E2ABCDEFGH')?.until).toBe(Date.parse('2026-11-23T09:56:36Z') / 1000);
    await closeEdge(deps)(show);
    await closeEdge(deps)(show);

    expect(holders.size).toBe(0);
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
    const next = { breakoutId: 'bko_next', from: 1, until: null };
    holders.set('E2ABCDEFGH', next);

    await limitEdge(deps)(show);
    await closeEdge(deps)(show);

    expect(holders.get('E2ABCDEFGH')).toEqual(next);
  });
});

describe("a viewer's access", () => {
  const playback = (world: ShowWorld, grants: ViewerGrant[] = []) =>
    createPlayback({
      ...world.deps,
      tokenSeconds: 3600,
      packager: { path: async (endpointId) => `/out/v1/${endpointId}/cmaf/index.m3u8` },
      viewerUrl: ({ delivery }, path, token, breakoutId) => `${delivery.baseUrl}/t/${token}/${breakoutId}${path}`,
      tokens: {
        async issue(grant) {
          grants.push(grant);
          return 'token';
        },
      },
    });

  it('is one URL a format that ends with the token', async () => {
    const world = showWorld();
    const grants: ViewerGrant[] = [];
    const { breakoutId } = await bookedShow(world);

    expect(await playback(world, grants)({ caller: aCaller(), breakoutId, viewerId: 'anna' })).toEqual({
      breakoutId,
      expiresAt: '2026-11-23T10:55:00.000Z',
      endpoints: [{ format: 'HLS', url: `https://d111.cloudfront.net/t/token/${breakoutId}/out/v1/abc/index.m3u8` }],
    });
    expect(grants).toEqual([{ breakoutId, expiresAt: Date.parse('2026-11-23T10:55:00Z') / 1000, viewerId: 'anna' }]);
  });

  it('asks the packager where a CMAF manifest is', async () => {
    const [hls] = aPipeline().packaging.endpoints;
    const { path: _path, ...cmaf } = { ...hls!, format: 'CMAF' as const, endpointId: 'main-cmaf' };
    const world = showWorld([aPipeline({ packaging: { channelId: 'main', endpoints: [hls!, cmaf] } })]);
    const { breakoutId } = await bookedShow(world);

    const { endpoints } = await playback(world)({ caller: aCaller(), breakoutId });

    expect(endpoints.map(({ format, url }) => [format, url.split(breakoutId)[1]])).toEqual([
      ['HLS', '/out/v1/abc/index.m3u8'],
      ['CMAF', '/out/v1/main-cmaf/cmaf/index.m3u8'],
    ]);
  });

  it("rejects a show that is over, and another account's", async () => {
    const { world, show } = await served();

    await expect(playback(world)({ caller: aCaller({ accountId: 'acc_other' }), breakoutId: show.breakoutId })).rejects.toMatchObject({ name: 'NotFound' });
    await finish(world, show);
    await expect(playback(world)({ caller: aCaller(), breakoutId: show.breakoutId })).rejects.toMatchObject({ code: 'breakout-over', details: { status: 'COMPLETED' } });
  });
});
