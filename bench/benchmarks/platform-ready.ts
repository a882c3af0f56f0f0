import { join } from 'node:path';
import { accountPageSchema } from '../../lambda/contract/api/accounts.ts';
import { atMost, figure, type Benchmark } from '../benchmark.ts';

/** From the start of a platform's process until it is ready, with an empty template cache and with a filled one. */
export const platformReady: Benchmark = {
  name: 'platform-ready',
  title: 'Platform ready',
  run: async ({ folder, startPlatform, say }) => {
    const templateCacheFolder = join(folder, 'templates');
    say('starting a platform with an empty template cache');
    const cold = await startPlatform({ templateCacheFolder });
    await cold.close();
    say('starting a platform with cached templates');
    const cached = await startPlatform({ templateCacheFolder });
    const began = performance.now();
    accountPageSchema.parse(await cached.operator.get('/accounts'));
    const firstReadMilliseconds = performance.now() - began;
    await cached.close();
    return [
      atMost(15, 'with cached templates', cached.readySeconds, 's'),
      atMost(45, 'with an empty template cache', cold.readySeconds, 's'),
      figure('first API read after that (cold functions)', firstReadMilliseconds, 'ms'),
    ];
  },
};
