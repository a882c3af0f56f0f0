import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { figure, type Figure } from '../benchmark.ts';
import { isMedia, processTree } from '../process-tree.ts';
import type { LiveShow } from './live-show.ts';
import type { SeenSegment } from './playlist-watcher.ts';

interface CpuSeconds {
  readonly media: number;
  readonly platform: number;
  readonly encoder: number;
  /** Of all processors of the machine. */
  readonly busy: number;
}

const sum = (values: readonly { readonly cpuSeconds: number }[]): number => values.reduce((total, { cpuSeconds }) => total + cpuSeconds, 0);

const busySeconds = (): number => cpus().reduce((total, { times }) => total + times.user + times.nice + times.sys + times.irq, 0) / 1000;

const cpuSeconds = (platformPid: number): CpuSeconds => {
  const platform = processTree(platformPid);
  const inPlatform = new Set(platform.map(({ pid }) => pid));
  return {
    media: sum(platform.filter(isMedia)),
    platform: sum(platform.filter((each) => !isMedia(each))),
    encoder: sum(processTree(process.pid).filter((each) => isMedia(each) && !inPlatform.has(each.pid))),
    busy: busySeconds(),
  };
};

/** What the media programs of a show on air, the platform around them and the encoder that feeds it take of the processor. */
export const mediaLoad = async ({ platform, viewer }: LiveShow, seconds: number, signal: AbortSignal): Promise<readonly Figure[]> => {
  const [began, before] = [performance.now(), cpuSeconds(platform.pid)];
  await sleep(seconds * 1000, undefined, { signal });
  const after = cpuSeconds(platform.pid);
  const elapsed = (performance.now() - began) / 1000;
  const share = (of: keyof CpuSeconds): number => ((after[of] - before[of]) / elapsed) * 100;
  return [
    figure('ladder (ffmpeg)', share('media'), '% of a core'),
    figure('the platform around it', share('platform'), '% of a core'),
    figure('the test card\'s encoder, which is no part of the platform', share('encoder'), '% of a core'),
    figure('everything else that ran on the machine', share('busy') - share('media') - share('platform') - share('encoder'), '% of a core'),
    ...pace(viewer.segments.filter(({ seenAt }) => seenAt >= began)),
  ];
};

/** Media seconds that came out a second: below 1 the ladder falls behind. */
const pace = ([first, ...rest]: readonly SeenSegment[]): readonly Figure[] => {
  const last = rest.at(-1);
  if (!first || !last) return [];
  const mediaSeconds = rest.reduce((total, { seconds }) => total + seconds, 0);
  return [figure(`pace of the segments, over ${mediaSeconds.toFixed(0)} s`, mediaSeconds / ((last.seenAt - first.seenAt) / 1000), '× real time')];
};
