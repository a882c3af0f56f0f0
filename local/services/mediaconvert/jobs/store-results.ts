import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import { probeMedia, type MediaProbe } from '../../../media/processes/probe-media.ts';
import type { OutputResult } from '../records.ts';
import type { GroupFolder } from '../settings/conversion-arguments.ts';
import type { OutputPlan } from '../settings/read-output-group.ts';
import { failureCodes, JobFailure } from './job-failure.ts';

/** What storing results needs. */
export interface ResultStore {
  readonly ffprobePath: string;
  readonly sourceMilliseconds: number;
  /** Writes a file to the bucket. */
  store(file: string, bucket: string, key: string): Promise<void>;
}

/** An output lasts as long as its video, or its sound where it has no video. */
const measure = ({ streams, durationMilliseconds }: MediaProbe): Pick<OutputResult, 'durationMilliseconds' | 'widthPixels' | 'heightPixels'> => {
  const video = streams.find(({ codec_type: kind }) => kind === 'video');
  const stream = video ?? streams[0];
  return {
    durationMilliseconds: stream?.duration === undefined ? durationMilliseconds : Math.round(stream.duration * 1000),
    ...(video?.width === undefined || video.height === undefined ? {} : { widthPixels: video.width, heightPixels: video.height }),
  };
};

/** An output's own files in its folder, the one that is opened last. */
const filesOf = async (folder: string, { baseName, extension, kind }: OutputPlan): Promise<readonly string[]> => {
  const opened = `${baseName}.${extension}`;
  if (kind === 'FILE') return [opened];
  const begins = kind === 'HLS' ? `${baseName}_` : `${baseName}.`;
  const parts = (await readdir(folder)).filter((name) => name !== opened && name.startsWith(begins)).sort();
  return kind === 'HLS' ? [...parts, opened] : parts;
};

const storeOutput = async ({ group, folder }: GroupFolder, output: OutputPlan, store: ResultStore): Promise<OutputResult> => {
  const names = await filesOf(folder, output);
  const opened = output.kind === 'FRAMES' ? names[0] : names.at(-1);
  if (opened === undefined) throw new JobFailure(failureCodes.unreadable, `The source has no picture for output ${output.baseName}`);
  const measured = measure(await probeMedia(store.ffprobePath, join(folder, opened)));
  let bytes = 0;
  for (const name of names) {
    bytes += (await stat(join(folder, name))).size;
    await store.store(join(folder, name), group.bucket, `${group.folder}${name}`);
  }
  const path = `s3://${group.bucket}/${group.folder}${opened}`;
  return { path, bytes, ...measured, ...(output.kind === 'FRAMES' && { durationMilliseconds: store.sourceMilliseconds }) };
};

const variantOf = ({ path, bytes, durationMilliseconds, widthPixels, heightPixels }: OutputResult) => ({
  uri: path.slice(path.lastIndexOf('/') + 1),
  bandwidth: durationMilliseconds === 0 ? 1 : Math.ceil((bytes * 8000) / durationMilliseconds),
  ...(widthPixels === undefined || heightPixels === undefined ? {} : { widthPixels, heightPixels }),
});

/** Stores what a group wrote: files before the playlists that name them. Answers one result an output, in the settings' order. */
export const storeGroup = async (written: GroupFolder, store: ResultStore): Promise<readonly OutputResult[]> => {
  const { group, folder } = written;
  const results: OutputResult[] = [];
  for (const output of group.outputs) results.push(await storeOutput(written, output, store));
  if (group.hls === undefined) return results;
  const { playlistName } = group.hls;
  await writeFile(join(folder, playlistName), writeMultivariantPlaylist(results.map(variantOf)));
  await store.store(join(folder, playlistName), group.bucket, `${group.folder}${playlistName}`);
  return results.map((result) => ({ ...result, groupPlaylist: `s3://${group.bucket}/${group.folder}${playlistName}` }));
};
