import { logPageSchema } from '../../lambda/contract/api/log.ts';
import { describeInBrowser } from '../support/browser/describe-in-browser.ts';
import { type Playback } from '../support/browser/player-page.ts';
import { openScreeningRoom, type ScreeningRoom } from '../support/browser/screening-room.ts';
import { playedOn, seenOnce, started } from '../support/browser/viewing.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { run, sdkEnvironment } from '../support/journeys/programs.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';

const formats = ['HLS', 'DASH', 'MSS', 'CMAF'] as const;
const ladder = [480, 360, 240];

/** Given a show on a pipeline with two inputs and every format. */
describeInBrowser('a show in a browser', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let show: ShowOnAir;
  let room: ScreeningRoom;

  beforeAll(async () => {
    stage = await openStage();
    harbour = await anAccount(stage);
    show = await aShowOnAir(harbour, stage.pipelineIds[0]);
    room = await openScreeningRoom(harbour.viewer);
  });

  afterAll(async () => {
    await room.close();
    await show.stop();
    await stage.close();
  });

  it.each(formats)('plays %s live', async (format) => {
    const player = await room.open(show, format);

    const before = await started(player);
    const playback = await playedOn(player, before, 6);

    expect(playback).toMatchObject({ stalls: [], errors: [] });
    expect(playback.rungs.toSorted((one, other) => other - one)).toEqual(ladder);
    expect(playback.decodedFrames - before.decodedFrames).toBeGreaterThan(5 * 30);
    await player.close();
  });

  it('goes down the ladder and up again with the network', async () => {
    const player = await room.open(show, 'HLS');
    await started(player);
    const onRung = (what: string, isWanted: (height: number) => boolean): Promise<Playback> =>
      seenOnce(player, what, 60, ({ rung }) => rung !== undefined && isWanted(rung));

    await onRung('the highest rung', (height) => height === 480);
    await player.throttle(900_000);
    await onRung('a lower rung', (height) => height < 480);
    await player.throttle(550_000);
    await onRung('the lowest rung', (height) => height === 240);
    await player.throttle(undefined);
    const { stalls, errors } = await onRung('the highest rung again', (height) => height === 480);

    expect(errors).toEqual([]);
    // A stall is explained only by a buffer that has run dry.
    for (const { secondsAhead } of stalls) expect(secondsAhead).toBeLessThan(0.5);
    await player.close();
  });

  // Two players at a time: two cores decode no more beside a show.
  it.each([['HLS', 'DASH'], ['MSS', 'CMAF']] as const)('goes on playing %s and %s when the encoder that is shown drops out', async (...pair) => {
    const players = await Promise.all(pair.map((format) => room.open(show, format)));
    const before = await Promise.all(players.map(started));
    const uplink = show.encoder.uplinks[await inputOnAir(harbour, show)]!;

    uplink.cut();
    // What is played lags behind: so long it takes until the failover is on the screen.
    const after = await Promise.all(players.map((player, index) => playedOn(player, before[index]!, 30)));

    for (const playback of after) expect(playback).toMatchObject({ stalls: [], errors: [] });
    expect(show.encoder.uplinks[await inputOnAir(harbour, show)]).not.toBe(uplink);
    uplink.restore();
    await Promise.all(players.map((player) => player.close()));
  });

  it("goes on playing while the origin's secret is rotated", async () => {
    const player = await room.open(show, 'HLS');
    const before = await started(player);

    const { status, stdout, stderr } = await run(process.execPath, ['scripts/rotate-origin-secret.ts', '--stage', stage.name, '--pipeline', stage.pipelineIds[0], '--recognition-seconds', '1'], sdkEnvironment(stage.aws));
    const playback = await playedOn(player, before, 15);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('the old identifier is retired');
    expect(playback).toMatchObject({ stalls: [], errors: [] });
    await player.close();
  });
});

/** Which of the show's inputs is shown: its index, by what the log told last. */
const inputOnAir = async ({ producer }: AccountCast, { breakoutId }: ShowOnAir): Promise<number> => {
  const { items } = bodyOf(await producer.get(`/breakouts/${breakoutId}/log?type=INPUT&name=FAILED_OVER&limit=100`), 200, logPageSchema);
  return items.at(-1)?.input === 'backup' ? 1 : 0;
};
