import type { Benchmark } from '../benchmark.ts';
import { mediaLoad } from '../show/media-load.ts';

const seconds = 30;

/** What a show on the small ladder takes of the processor. */
export const smallLadder: Benchmark = {
  name: 'small-ladder',
  title: 'Processor during a show, 480p ladder (pl_small)',
  run: async ({ smallShow, signal, say }) => {
    const show = await smallShow.onAir();
    say(`watching the processor for ${seconds} s`);
    return mediaLoad(show, seconds, signal);
  },
};
