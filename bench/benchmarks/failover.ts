import { ladders } from '../../lib/config/ladders.ts';
import { numberedTags } from '../../test/support/media/relay/numbered-source.ts';
import { ladderLoad } from '../failover/rung-load.ts';
import { disconnect, loss, stall } from '../failover/scenarios.ts';
import type { Benchmark } from '../benchmark.ts';

const sourceSeconds = 25;

/** What a failover costs the viewer, by pictures that carry their number; and what each rung takes of the processor. */
export const failover: Benchmark = {
  name: 'failover',
  title: 'Two inputs: failover, and the processor by rung',
  run: async ({ signal, say }) => {
    say('encoding pictures that carry their number');
    const tags = await numberedTags({ seconds: sourceSeconds, size: '854x480', gopFrames: 60, sound: { samplesPerSecond: 48_000, channels: 2 } });
    const figures = [];
    for (const [what, scenario] of [['an encoder leaves and comes back', disconnect], ['an encoder stalls', stall], ['both encoders leave', loss]] as const) {
      say(what);
      figures.push(...(await scenario(tags, signal)));
    }
    for (const name of ['small', 'house'] as const) {
      say(`each rung of the ${name} ladder`);
      figures.push(...(await ladderLoad(name, ladders[name], signal)));
    }
    return figures;
  },
};
