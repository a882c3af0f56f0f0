import type { Browser } from 'playwright-core';
import { startPlayerServer, type PlayerServer } from '../../../../../local/player/player-server.ts';
import { describeInBrowser } from '../../../../support/browser/describe-in-browser.ts';
import { launchBrowser, openPlayer } from '../../../../support/browser/player-page.ts';
import { playedOn, started } from '../../../../support/browser/viewing.ts';
import { createCamChannel } from '../../../../support/ivs/cam-channel.ts';
import { startIvsStage, type IvsStage } from '../../../../support/ivs/ivs-stage.ts';
import { pushTestCard } from '../../../../support/media/test-card.ts';
import { until } from '../../../../support/until.ts';

let stage: IvsStage;
let browser: Browser;
let page: PlayerServer;

beforeAll(async () => {
  stage = await startIvsStage();
});

afterAll(() => stage.close());

/** How often a player asked for whole segments and for parts of them while it played a few seconds. */
const askedFor = async (latencyMode: 'LOW' | 'NORMAL', containerFormat: 'FRAGMENTED_MP4' | 'TS') => {
  const channel = await createCamChannel(stage, { latencyMode, containerFormat });
  const encoder = pushTestCard(channel.ingestUrl, 60, { size: '320x180' });
  await until('a live stream', async () => (await fetch(channel.playbackUrl)).status === 200);
  const player = await openPlayer(browser, page.pageFor(channel.playbackUrl));
  const { errors } = await playedOn(player, await started(player), 4);
  const requested = player.requested();
  await player.close();
  encoder.stop();
  return { errors, segments: requested.filter((url) => url.includes('/v1/segment/')).length, parts: requested.filter((url) => url.includes('/v1/part/')).length };
};

describeInBrowser('a player of Low-Latency HLS', () => {
  let seen: Readonly<Record<'fragments' | 'normal' | 'transport', Awaited<ReturnType<typeof askedFor>>>>;

  beforeAll(async () => {
    [browser, page] = await Promise.all([launchBrowser(), startPlayerServer()]);
    const [transport, fragments, normal] = await Promise.all([askedFor('LOW', 'TS'), askedFor('LOW', 'FRAGMENTED_MP4'), askedFor('NORMAL', 'TS')]);
    seen = { transport, fragments, normal };
  });

  afterAll(async () => {
    await browser.close();
    await page.close();
  });

  it.each(['transport', 'fragments'] as const)('plays the parts of segments while they are made, as %s', (kind) => {
    expect(seen[kind].errors).toEqual([]);
    expect(seen[kind].parts).toBeGreaterThan(8);
  });

  it('plays whole segments of a channel of normal latency', () => {
    expect(seen.normal).toEqual({ errors: [], parts: 0, segments: expect.any(Number) });
    expect(seen.normal.segments).toBeGreaterThan(2);
  });
});
