import { z } from 'zod';
import { anAccount, type AccountCast } from '../support/journeys/cast.ts';
import { aShowOnAir, type ShowOnAir } from '../support/journeys/on-air.ts';
import { openStage } from '../support/journeys/open-stage.ts';
import { answerOnce, playbackUrlOf } from '../support/journeys/plans.ts';
import { run } from '../support/journeys/programs.ts';
import type { StageDriver } from '../support/journeys/stage-driver.ts';
import { playNatively } from '../support/media/native-player.ts';
import { playWithVlc, vlc } from '../support/media/vlc-player.ts';
import { itWith } from '../support/where-installed.ts';

jest.setTimeout(180_000);

const rungs = [
  { codec_name: 'h264', profile: 'High', width: 854, height: 480, avg_frame_rate: '30/1' },
  { codec_name: 'h264', profile: 'High', width: 640, height: 360, avg_frame_rate: '30/1' },
  { codec_name: 'h264', profile: 'High', width: 426, height: 240, avg_frame_rate: '30/1' },
];
const sound = { codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2 };

const streamsSchema = z.object({ streams: z.array(z.record(z.string(), z.unknown())) });

/** What ffprobe finds behind a playlist or manifest. */
const streamsAt = async (url: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { status, stdout, stderr } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_entries', 'stream=codec_name,profile,width,height,avg_frame_rate,sample_rate,channels', url]);
  if (status !== 0) throw new Error(`ffprobe cannot read ${url}: ${stderr}`);
  return streamsSchema.parse(JSON.parse(stdout)).streams;
};

const playlistsIn = async (url: string): Promise<readonly string[]> =>
  (await (await fetch(url)).text()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => new URL(line, url).href);

/** Given a show that has been on air for a while, on a pipeline with every format. */
describe('a show in native players', () => {
  let stage: StageDriver;
  let harbour: AccountCast;
  let show: ShowOnAir;

  const urlOf = (format: 'HLS' | 'DASH' | 'MSS' | 'CMAF'): Promise<string> => playbackUrlOf(harbour.viewer, show.breakoutId, format);

  beforeAll(async () => {
    stage = await openStage();
    harbour = await anAccount(stage);
    show = await aShowOnAir(harbour, stage.pipelineIds[0]);
    const url = await urlOf('MSS');
    // Smooth Streaming is the last to be listed.
    await answerOnce('Smooth Streaming', 60, async () => ((await fetch(url)).ok ? true : undefined));
  });

  afterAll(async () => {
    await show.stop();
    await stage.close();
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
