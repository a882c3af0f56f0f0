import { posix } from 'node:path';
import type { JobInput } from '../settings/read-job-plan.ts';
import { failureCodes, JobFailure } from './job-failure.ts';

/** Whether a key names an HLS playlist. */
export const isPlaylist = (key: string): boolean => /\.m3u8$/i.test(key);

/** Reads an object as text. */
type ReadText = (bucket: string, key: string) => Promise<string>;

const linesOf = (text: string): readonly string[] => text.split(/\r?\n/).map((line) => line.trim());

const unreadable = (key: string, why: string): JobFailure => new JobFailure(failureCodes.unreadable, `Unable to open input file [${key}]: ${why}`);

/** The variant of the highest bandwidth, which is the one that jobs take. */
const bestVariant = (lines: readonly string[]): string | undefined => {
  const variants = lines.flatMap((line, index) => {
    const [, bandwidth] = /^#EXT-X-STREAM-INF:(?:.*,)?BANDWIDTH=(\d+)/.exec(line) ?? [];
    const uri = lines[index + 1];
    return bandwidth === undefined || uri === undefined ? [] : [{ uri, bandwidth: Number(bandwidth) }];
  });
  return variants.toSorted((one, other) => other.bandwidth - one.bandwidth)[0]?.uri;
};

/**
 * The segments of an HLS input, in order: a multivariant or a media playlist of MPEG-TS that has ended. Throws {@link JobFailure}.
 * https://docs.aws.amazon.com/mediaconvert/latest/ug/using-hls-inputs.html
 */
export const segmentsOf = async ({ bucket, key }: JobInput, readText: ReadText): Promise<readonly JobInput[]> => {
  const lines = linesOf(await readText(bucket, key));
  if (lines[0] !== '#EXTM3U') throw unreadable(key, 'it is no playlist');
  const beside = (uri: string): string => posix.join(posix.dirname(key), uri);
  const variant = bestVariant(lines);
  if (variant !== undefined) return segmentsOf({ bucket, key: beside(variant), clippings: [] }, readText);
  if (lines.some((line) => line.startsWith('#EXT-X-MAP'))) throw unreadable(key, 'its segments are fragmented MP4, expected MPEG-TS');
  if (!lines.includes('#EXT-X-ENDLIST') && !lines.includes('#EXT-X-PLAYLIST-TYPE:VOD')) throw unreadable(key, 'it has not ended, expected EXT-X-ENDLIST or the type VOD');
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((uri) => ({ bucket, key: beside(uri), clippings: [] }));
};
