import { atMost, type Benchmark } from '../benchmark.ts';
import { residentBytesWithoutMedia } from '../process-tree.ts';

const megabyte = 1e6;

/** Memory of the platform's processes, without ffmpeg and ffprobe, at its highest and after a show. */
export const memory: Benchmark = {
  name: 'memory',
  title: 'Memory of the platform without ffmpeg',
  run: async ({ smallShow }) => {
    const { show } = await smallShow.stopped();
    return [
      atMost(700, 'after a show', residentBytesWithoutMedia(show.platform.pid) / megabyte, 'MB'),
      atMost(700, 'at its highest, from ready until then', smallShow.peakResidentBytes() / megabyte, 'MB'),
    ];
  },
};
