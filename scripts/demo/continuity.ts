import { spawnSync } from 'node:child_process';
import { z } from 'zod';

/** How whole a recorded stream is. */
export interface Continuity {
  readonly frames: number;
  /** Frames that the timeline has room for and the file does not have. */
  readonly missingFrames: number;
  /** The longest silence between two audio packets, beyond the packet's own length. */
  readonly longestAudioGapMilliseconds: number;
}

const packetsSchema = z.object({
  packets: z.array(z.object({ codec_type: z.enum(['video', 'audio']).catch('video'), pts_time: z.coerce.number(), duration_time: z.coerce.number() })),
});

type Packet = z.infer<typeof packetsSchema>['packets'][number];

/** Seconds between the end of each packet and the begin of the next, in order of presentation. */
const gaps = (packets: readonly Packet[]): number[] => {
  const ordered = packets.toSorted((one, other) => one.pts_time - other.pts_time);
  return ordered.slice(1).map(({ pts_time }, index) => {
    const before = ordered[index];
    return before === undefined ? 0 : pts_time - before.pts_time - before.duration_time;
  });
};

/** Reads every packet of a file with ffprobe. @throws Error when ffprobe cannot read it */
export const readContinuity = (file: string, framesPerSecond: number): Continuity => {
  const entries = 'packet=codec_type,pts_time,duration_time';
  const { stdout, stderr, status } = spawnSync('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'json', file], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`ffprobe cannot read ${file}: ${stderr}`);
  const { packets } = packetsSchema.parse(JSON.parse(stdout));
  const of = (kind: Packet['codec_type']): Packet[] => packets.filter(({ codec_type }) => codec_type === kind);
  return {
    frames: of('video').length,
    missingFrames: gaps(of('video')).reduce((missing, gap) => missing + Math.max(0, Math.round(gap * framesPerSecond)), 0),
    longestAudioGapMilliseconds: Math.max(0, ...gaps(of('audio'))) * 1000,
  };
};
