import type { Browser } from 'playwright-core';
import { startPlayerServer, type PlayerServer } from '../../local/player/player-server.ts';
import { describeInBrowser, launchBrowser, openPlayer, type Playback, type PlayerPage } from '../support/browser/player-page.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { answerOnce, playbackUrlOf } from '../support/journeys/plans.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const formats = ['HLS', 'DASH', 'MSS', 'CMAF'] as const;
const ladder = [480, 360, 240];

describeInBrowser('a show in a browser', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let show: ShowOnAir;
  let server: PlayerServer;
  let browser: Browser;

  const open = async (format: (typeof formats)[number]): Promise<PlayerPage> =>
    openPlayer(browser, server.pageFor(await playbackUrlOf(harbour.viewer, show.breakoutId, format)));

  const playedSince = (player: PlayerPage, mediaTime: number, seconds: number, timeoutSeconds: number): Promise<Playback> =>
    answerOnce(`${seconds} s of playback`, timeoutSeconds, async () => {
      const playback = await player.playback();
      return playback.hasStarted && playback.currentTime >= mediaTime + seconds ? playback : undefined;
    });

  const started = (player: PlayerPage): Promise<Playback> =>
    answerOnce('the first picture', 60, async () => {
      const playback = await player.playback();
      return playback.hasStarted && playback.decodedFrames > 0 ? playback : undefined;
    });

  beforeAll(async () => {
    stage = await openStage();
    harbour = await anAccount(stage);
    show = await aShowOnAir(harbour, stage.pipelineIds[0]);
    server = await startPlayerServer();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    await show.stop();
    await stage.close();
  });

  it.each(formats)('plays %s live', async (format) => {
    const player = await open(format);

    const { currentTime, decodedFrames } = await started(player);
    const playback = await playedSince(player, currentTime, 6, 12);

    expect(playback).toMatchObject({ stalls: [], errors: [] });
    expect(playback.rungs.toSorted((one, other) => other - one)).toEqual(ladder);
    expect(playback.decodedFrames - decodedFrames).toBeGreaterThan(5 * 30);
    await player.close();
  });

  it('goes down the ladder and up again with the network', async () => {
    const player = await open('HLS');
    await started(player);
    const onRung = (wanted: (height: number) => boolean): Promise<Playback> =>
      answerOnce('another rung', 60, async () => {
        const playback = await player.playback();
        return playback.rung !== undefined && wanted(playback.rung) ? playback : undefined;
      });

    await onRung((height) => height === 480);
    await player.throttle(900_000);
    await onRung((height) => height < 480);
    await player.throttle(550_000);
    await onRung((height) => height === 240);
    await player.throttle(undefined);
    const { stalls, errors } = await onRung((height) => height === 480);

    expect(errors).toEqual([]);
    // A stall is explained only by a buffer that has run dry.
    for (const { secondsAhead } of stalls) expect(secondsAhead).toBeLessThan(0.5);
    await player.close();
  });

  it('goes on playing every format when the primary encoder drops out', async () => {
    const players = await Promise.all(formats.map(open));
    const before = await Promise.all(players.map(started));

    show.encoder.uplinks[0]!.cut();
    const after = await Promise.all(players.map((player, index) => playedSince(player, before[index]!.currentTime, 20, 40)));

    for (const playback of after) expect(playback).toMatchObject({ stalls: [], errors: [] });
    await Promise.all(players.map((player) => player.close()));
  });
});
