import { z } from 'zod';
import { run } from '../journeys/programs.ts';

const streamsSchema = z.object({ streams: z.array(z.record(z.string(), z.unknown())) });

/** What ffprobe finds behind a playlist or manifest. @throws Error with its complaint */
export const streamsAt = async (url: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { status, stdout, stderr } = await run('ffprobe', ['-v', 'error', '-of', 'json', '-show_entries', 'stream=codec_name,profile,width,height,r_frame_rate,sample_rate,channels', url]);
  if (status !== 0) throw new Error(`ffprobe cannot read ${url}: ${stderr}`);
  return streamsSchema.parse(JSON.parse(stdout)).streams;
};

/** How many seconds a file plays, in the words of ffprobe. */
export const secondsOf = async (file: string): Promise<number> => Number((await run('ffprobe', ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'format=duration', file])).stdout);

/** The URLs of a multivariant playlist's renditions. */
export const playlistsIn = async (url: string): Promise<readonly string[]> =>
  (await (await fetch(url)).text()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line) => new URL(line, url).href);
