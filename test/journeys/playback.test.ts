import { logPageSchema } from '../../lambda/contract/api/log.ts';
import { describeInBrowser } from '../support/browser/describe-in-browser.ts';
import type { Playback } from '../support/browser/player-page.ts';
import { openScreeningRoom, type ScreeningRoom } from '../support/browser/screening-room.ts';
import { playedOn, seenOnce, started } from '../support/browser/viewing.ts';
import { bodyOf } from '../support/journeys/api-client.ts';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { answerOnce, playbackUrlOf } from '../support/journeys/plans.ts';
import { run, sdkEnvironment } from '../support/journeys/programs.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { playNatively } from '../support/media/native-player.ts';
import { playlistsIn, streamsAt } from '../support/media/published-streams.ts';
import { playWithVlc, vlc } from '../support/media/vlc-player.ts';
import { itWith } from '../support/where-installed.ts';

jest.setTimeout(180_000);

/** Two players at a time: two cores decode no more beside a show. */
const pairs = [['HLS', 'DASH'], ['MSS', 'CMAF']] as const;

const rungs = [
  { codec_name: 'h264', profile: 'High', width: 854, height: 480, r_frame_rate: '30/1' },
  { codec_name: 'h264', profile: 'High', width: 640, height: 360, r_frame_rate: '30/1' },
  { codec_name: 'h264', profile: 'High', width: 426, height: 240, r_frame_rate: '30/1' },
];
const sound = { codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2 };

let stage: StageDriver;
let harbour: AccountCast;
let show: ShowOnAir;

const urlOf = (format: 'HLS' | 'DASH' | 'MSS' | 'CMAF'): Promise<string> => playbackUrlOf(harbour.viewer, show.breakoutId, format);

/** Given a show on a pipeline with two inputs and every format. */
beforeAll(async () => {
  stage = await openStage();
  harbour = await anAccount(stage);
  show = await aShowOnAir(harbour, stage.pipelineIds[0]);
});

afterAll(async () => {
  await show.stop();
  await stage.close();
});

describeInBrowser('a show in a browser', () => {
  let room: ScreeningRoom;

  beforeAll(async () => {
    room = await openScreeningRoom(harbour.viewer);
  });

  afterAll(() => room.close());

  // First, for players of a show that has just begun may have to wait for its next segment.
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

  it.each(pairs)('plays %s and %s live, and goes on when the encoder that is shown drops out', async (...pair) => {
    const players = await Promise.all(pair.map((format) => room.open(show, format)));
    const before = await Promise.all(players.map(started));
    const live = await Promise.all(players.map((player, index) => playedOn(player, before[index]!, 6)));
    const uplink = show.encoder.uplinks[await inputOnAir(harbour, show)]!;

    uplink.cut();
    // What is played lags behind: so long it takes until the failover is on the screen.
    const after = await Promise.all(players.map((player, index) => playedOn(player, live[index]!, 28)));

    for (const [index, playback] of live.entries()) {
      expect(playback.rungs.toSorted((one, other) => other - one)).toEqual(rungs.map(({ height }) => height));
      expect(playback.decodedFrames - before[index]!.decodedFrames).toBeGreaterThan(5 * 30);
    }
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

describe('a show in native players', () => {
  beforeAll(async () => {
    const url = await urlOf('MSS');
    // Smooth Streaming is the last to be listed.
    await answerOnce('Smooth Streaming', 60, async () => ((await fetch(url)).ok ? true : undefined));
  });

  it.each(['HLS', 'CMAF', 'DASH'] as const)('is decoded in %s without a complaint', async (format) => {
    const { frames, errors } = await playNatively(await urlOf(format), 8);

    expect(errors).toEqual([]);
    expect(frames).toBe(8 * 30);
  });

  itWith(vlc, 'there is no VLC on the PATH; on Debian or Ubuntu: sudo apt-get install vlc-bin vlc-plugin-base')('is shown in MSS by VLC without a loss', async () => {
    const { lostFrames, lostSounds } = await playWithVlc(await urlOf('MSS'), 8 * 30, 40);

    expect({ lostFrames, lostSounds }).toEqual({ lostFrames: 0, lostSounds: 0 });
  });

  it('is what its ladder says in every rung', async () => {
    const found = await Promise.all((await playlistsIn(await urlOf('HLS'))).map(streamsAt));

    for (const [index, streams] of found.entries()) expect(streams).toEqual([expect.objectContaining(rungs[index]!), expect.objectContaining(sound)]);
    expect(found).toHaveLength(rungs.length);
  });

  it.each(['CMAF', 'DASH'] as const)('is what its ladder says in %s', async (format) => {
    const streams = await streamsAt(await urlOf(format));

    expect(streams).toEqual(expect.arrayContaining([...rungs, sound].map((stream) => expect.objectContaining(stream))));
  });
});

/** Which of the show's inputs is shown: its index, by what the log told last. */
const inputOnAir = async ({ producer }: AccountCast, { breakoutId }: ShowOnAir): Promise<number> => {
  const { items } = bodyOf(await producer.get(`/breakouts/${breakoutId}/log?type=INPUT&name=FAILED_OVER&limit=100`), 200, logPageSchema);
  return items.at(-1)?.input === 'backup' ? 1 : 0;
};
