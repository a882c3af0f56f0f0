import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { runProgram } from '../../../media/processes/child-process.ts';
import type { Clipping } from '../settings/read-clippings.ts';
import { failureCodes, JobFailure } from './job-failure.ts';

// Exact to the frame, which a copy of streams is not: nearly lossless, for it is encoded once more.
const exactly = ['-map', '0:v:0?', '-map', '0:a:0?', '-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '192k', '-f', 'mpegts'];

const boundsOf = ({ startSeconds, endSeconds }: Clipping): readonly string[] => [
  ...(startSeconds === undefined ? [] : ['-ss', String(startSeconds)]),
  ...(endSeconds === undefined ? [] : ['-to', String(endSeconds)]),
];

/** Appends the stretches of a fetched MPEG-TS file to the source, and removes the file. Throws {@link JobFailure}. */
export const appendClips = async (ffmpegPath: string, file: string, clippings: readonly Clipping[], source: string): Promise<void> => {
  for (const [index, clipping] of clippings.entries()) {
    const clip = `${file}.clip-${index}.ts`;
    const { status, complaint } = await runProgram(ffmpegPath, ['-hide_banner', '-nostdin', '-loglevel', 'error', '-y', '-i', file, ...boundsOf(clipping), ...exactly, clip]).exit;
    if (status !== 0) throw new JobFailure(failureCodes.unreadable, `Unable to clip: ${complaint.split('\n').at(-1) ?? `status ${status}`}`);
    await pipeline(createReadStream(clip), createWriteStream(source, { flags: 'a' }));
    await rm(clip);
  }
  await rm(file);
};
