import type { BreakoutBody } from '../../lambda/contract/api/breakouts.ts';
import type { PlatformProcess } from '../platform/platform-process.ts';
import { residentBytesWithoutMedia } from '../process-tree.ts';
import { startLiveShow, type LiveShow } from './live-show.ts';

/** One show on the small ladder that several benchmarks measure, each in its turn: on air first, then stopped. */
export interface SmallShow {
  /** Begins the show when nobody has asked before. */
  onAir(): Promise<LiveShow>;
  /** Stops the show when nobody has asked before. */
  stopped(): Promise<{ readonly show: LiveShow; readonly breakout: BreakoutBody }>;
  /** The most bytes that the platform's processes held at once since it was ready, media programs left out. */
  peakResidentBytes(): number;
  /** Ends what still runs. */
  end(): Promise<void>;
}

const memorySampleMilliseconds = 500;

const once = <Value>(make: () => Promise<Value>): (() => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return () => (made ??= make());
};

/** The show, on a platform that is started with it. */
export const smallShow = (startPlatform: () => Promise<PlatformProcess>, signal: AbortSignal, say: (message: string) => void): SmallShow => {
  let peak = 0;
  let sampler: NodeJS.Timeout | undefined;
  let live: LiveShow | undefined;
  const onAir = once(async () => {
    say('starting a platform and a show on the small ladder');
    const platform = await startPlatform();
    sampler = setInterval(() => void (peak = Math.max(peak, residentBytesWithoutMedia(platform.pid))), memorySampleMilliseconds);
    live = await startLiveShow({ platform, pipelineId: 'pl_small', height: 480, signal });
    return live;
  });
  const stopped = once(async () => {
    const show = await onAir();
    say('stopping the show');
    return { show, breakout: await show.stop() };
  });
  return {
    ...{ onAir, stopped },
    peakResidentBytes: () => peak,
    end: async () => {
      clearInterval(sampler);
      await live?.abandon();
    },
  };
};
