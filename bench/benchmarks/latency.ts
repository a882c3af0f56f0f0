import { openScreeningRoom, type ScreeningRoom } from '../../test/support/browser/screening-room.ts';
import { chromiumPath } from '../../test/support/browser/player-page.ts';
import { playedOn, started } from '../../test/support/browser/viewing.ts';
import { anAccount, type AccountCast } from '../../test/support/journeys/cast.ts';
import { startLocalStage } from '../../test/support/journeys/local-stage.ts';
import { aShowOnAir } from '../../test/support/journeys/on-air.ts';
import { ownSources } from '../../test/support/journeys/pipelines.ts';
import { ageOfPicture, wallClockOverlay, wallClockPoints } from '../../test/support/media/wall-clock.ts';
import { atMost, figure, type Benchmark, type Figure } from '../benchmark.ts';
import { median } from '../statistics.ts';

/** The first is the low-latency ladder's, the last the other ladders'. */
const segmentLengths = [2, 4, 6] as const;
const looks = 9;
const secondsBetweenLooks = 1.5;

const pipelineOf = (segmentSeconds: number) => ({
  ...{ id: `pl_${segmentSeconds}s`, name: `Segments of ${segmentSeconds} s`, kind: 'PRO', ladder: 'small' },
  inputs: { network: { type: 'PUBLIC', allowedSources: ownSources } },
  formats: { HLS: { segmentSeconds }, DASH: { segmentSeconds } },
});

const pipelines = [pipelineOf(segmentLengths[0]), pipelineOf(segmentLengths[1]), pipelineOf(segmentLengths[2])] as const;

/** Open to all: who may watch is not what is measured. */
const camPipelineOf = (latencyMode: 'LOW' | 'NORMAL') => ({ id: `pl_${latencyMode.toLowerCase()}`, name: `Camera, ${latencyMode}`, type: 'STANDARD', latencyMode, playback: 'PUBLIC' });

const cam = { pipelines: [camPipelineOf('LOW'), camPipelineOf('NORMAL')] } as const;
/** What AWS says of its own player. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/player.html */
const lowLatencySeconds = 5;

/** How old the picture is that a player shows, in seconds: the median of a few looks, a segment's length apart from one another in all. */
const latencyIn = async (room: ScreeningRoom, show: { readonly breakoutId: string }, format: 'HLS' | 'DASH'): Promise<number> => {
  const player = await room.open(show, format);
  let playback = await playedOn(player, await started(player), 4);
  const ages: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    ages.push(ageOfPicture(await player.colours(wallClockPoints), Date.now()));
    playback = await playedOn(player, playback, secondsBetweenLooks);
  }
  await player.close();
  return median(ages) / 1000;
};

/** What is measured of a show with the time of day in its picture, while it is on. */
const onAir = async (room: ScreeningRoom, account: AccountCast, pipelineId: string, measure: (show: { readonly breakoutId: string }) => Promise<readonly Figure[]>): Promise<readonly Figure[]> => {
  const show = await aShowOnAir(account, pipelineId, { overlay: wallClockOverlay });
  try {
    await room.underWay(show);
    return await measure(show);
  } finally {
    await show.stop();
  }
};

const ofSegments = (room: ScreeningRoom, account: AccountCast, segmentSeconds: number): Promise<readonly Figure[]> =>
  onAir(room, account, `pl_${segmentSeconds}s`, async (show) => [
    figure(`segments of ${segmentSeconds} s, HLS (hls.js)`, await latencyIn(room, show, 'HLS'), 's'),
    figure(`segments of ${segmentSeconds} s, DASH (dash.js)`, await latencyIn(room, show, 'DASH'), 's'),
  ]);

const ofCam = async (room: ScreeningRoom, account: AccountCast): Promise<readonly Figure[]> => [
  ...(await onAir(room, account, 'pl_low', async (show) => [atMost(lowLatencySeconds, 'Cam, LOW: Low-Latency HLS (hls.js)', await latencyIn(room, show, 'HLS'), 's')])),
  ...(await onAir(room, account, 'pl_normal', async (show) => [figure('Cam, NORMAL: HLS (hls.js)', await latencyIn(room, show, 'HLS'), 's')])),
];

/** From the encoder's picture to the player's, for each length of segments, and for Cam pipelines. Encoder, platform and player are on this machine. */
export const latency: Benchmark = {
  name: 'latency',
  title: 'Encoder to player in Chromium, by segment length, and from a Cam pipeline',
  run: async ({ say, signal }) => {
    if (chromiumPath === undefined) throw new Error('there is no Chromium on the PATH; on Debian or Ubuntu: sudo apt-get install chromium');
    say('starting a platform with a pipeline for each segment length');
    const stage = await startLocalStage({ pipelines, cam });
    const account = await anAccount(stage);
    const room = await openScreeningRoom(account.viewer);
    try {
      const figures: Figure[] = [];
      for (const segmentSeconds of segmentLengths) {
        signal.throwIfAborted();
        say(`a show in segments of ${segmentSeconds} s`);
        figures.push(...(await ofSegments(room, account, segmentSeconds)));
      }
      say('shows on Cam pipelines');
      return [...figures, ...(await ofCam(room, account))];
    } finally {
      await room.close();
      await stage.close();
    }
  },
};
