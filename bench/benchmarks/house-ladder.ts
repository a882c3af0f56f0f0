import { atLeast, type Benchmark } from '../benchmark.ts';
import { startLiveShow } from '../show/live-show.ts';
import { mediaLoad } from '../show/media-load.ts';
import { waitUntil } from '../../scripts/demo/wait-until.ts';

const seconds = 45;

/** Whether this machine holds the 1080p ladder in real time, and what that takes of the processor. */
export const houseLadder: Benchmark = {
  name: 'house-ladder',
  title: 'Processor during a show, 1080p ladder (pl_main)',
  run: async ({ startPlatform, signal, say }) => {
    say('starting a platform and a show on the house ladder');
    const platform = await startPlatform();
    const show = await startLiveShow({ platform, pipelineId: 'pl_main', height: 1080, signal });
    try {
      await waitUntil({ what: 'a playable segment', timeoutSeconds: 120, signal }, async () => show.viewer.firstPlayableAt);
      say(`watching the processor for ${seconds} s`);
      const figures = await mediaLoad(show, seconds, signal);
      // A segment is seen at the next poll: a hundredth is that, not lag.
      return figures.map((each) => (each.unit === '× real time' ? atLeast(0.99, each.name, each.value, each.unit) : each));
    } finally {
      await show.abandon();
      await platform.close();
    }
  },
};
