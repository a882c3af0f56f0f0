import { breakoutUsageSchema } from '../../lambda/contract/api/usage.ts';
import { waitUntil } from '../../scripts/demo/wait-until.ts';
import { atMost, type Benchmark } from '../benchmark.ts';

/** From the moment a show's channel is idle until its usage can be read. */
export const provisionalUsage: Benchmark = {
  name: 'provisional-usage',
  title: 'Idle channel to provisional usage',
  run: async ({ smallShow, signal }) => {
    const { show, breakout } = await smallShow.stopped();
    const measured = ['PROVISIONAL', 'FINAL', 'CORRECTED'];
    await waitUntil({ what: 'provisional usage', timeoutSeconds: 120, signal, pollMilliseconds: 100 }, async () => {
      const { status } = breakoutUsageSchema.parse(await show.platform.producer.get(`/breakouts/${breakout.breakoutId}/usage`));
      return measured.includes(status) ? status : undefined;
    });
    return [atMost(10, 'from the channel\'s stop', (Date.now() - Date.parse(breakout.stoppedAt ?? '')) / 1000, 's')];
  },
};
