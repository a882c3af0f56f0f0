import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';

const streamSchema = z.object({
  codec_type: z.string(),
  codec_name: z.string().default('unknown'),
  width: z.int().optional(),
  height: z.int().optional(),
  avg_frame_rate: z.string().optional(),
  /** Seconds. */
  duration: z.coerce.number().optional(),
});

const probeSchema = z.object({
  streams: z.array(streamSchema).default([]),
  format: z.object({ format_name: z.string().default(''), duration: z.coerce.number().default(0) }).default({ format_name: '', duration: 0 }),
});

/** What ffprobe says of a file. */
export interface MediaProbe {
  readonly streams: readonly z.infer<typeof streamSchema>[];
  readonly formatName: string;
  readonly durationMilliseconds: number;
}

/** Probes a file. Rejects when it is no media. */
export const probeMedia = async (ffprobePath: string, file: string): Promise<MediaProbe> => {
  const { stdout } = await promisify(execFile)(ffprobePath, ['-v', 'error', '-of', 'json', '-show_streams', '-show_format', file]);
  const { streams, format } = probeSchema.parse(JSON.parse(stdout));
  return { streams, formatName: format.format_name, durationMilliseconds: Math.round(format.duration * 1000) };
};
