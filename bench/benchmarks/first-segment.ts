import { waitUntil } from '../../scripts/demo/wait-until.ts';
import { atMost, figure, type Benchmark } from '../benchmark.ts';

const graceSeconds = 2;

/** From the start of the encoder until a viewer has received the first segment, on the small ladder. */
export const firstSegment: Benchmark = {
  name: 'first-segment',
  title: 'RTMP push to first playable segment',
  run: async ({ smallShow, signal }) => {
    const { viewer, pushedAt } = await smallShow.onAir();
    const playableAt = await waitUntil({ what: 'a playable segment', timeoutSeconds: 60, signal, pollMilliseconds: 100 }, async () => viewer.firstPlayableAt);
    const seconds = viewer.segments[0]?.seconds ?? Number.NaN;
    return [
      atMost(seconds + graceSeconds, 'from the encoder\'s start', (playableAt - pushedAt) / 1000, 's'),
      figure('length of that segment', seconds, 's'),
    ];
  },
};
