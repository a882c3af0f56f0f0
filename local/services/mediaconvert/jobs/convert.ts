import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runProgram } from '../../../media/processes/child-process.ts';
import { probeMedia } from '../../../media/processes/probe-media.ts';
import type { RoleSessions } from '../../../runtime/ports.ts';
import type { OutputResult } from '../records.ts';
import { conversionArguments, type GroupFolder } from '../settings/conversion-arguments.ts';
import { isTransportStream, type JobPlan } from '../settings/read-job-plan.ts';
import { appendClips } from './clip-source.ts';
import { failureCodes, JobFailure } from './job-failure.ts';
import { ObjectTransfer } from './object-transfer.ts';
import { isPlaylist, segmentsOf } from './playlist-input.ts';
import { storeGroup, type ResultStore } from './store-results.ts';

/** One conversion. */
export interface Conversion {
  readonly jobId: string;
  readonly plan: JobPlan;
  readonly roleArn: string;
  /** Removed at the end. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: 'PROBING' | 'TRANSCODING' | 'UPLOADING') => void;
  readonly onPercent: (percent: number) => void;
}

/** The programs and sessions that conversions use. */
export interface ConversionTools {
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly roles: RoleSessions;
}

interface Source {
  readonly arguments: readonly string[];
  readonly durationMilliseconds: number;
}

/** Fetches, converts and stores; resolves to what was written. Rejects with {@link JobFailure}, or when the signal aborts. */
export const convert = async (conversion: Conversion, tools: ConversionTools): Promise<readonly (readonly OutputResult[])[]> => {
  const { plan, folder, jobId, roleArn, signal } = conversion;
  const transfer = openTransfer(tools.roles, roleArn, jobId);
  await mkdir(folder, { recursive: true });
  try {
    conversion.onPhase('PROBING');
    const source = await fetchSource(conversion, transfer, tools);
    conversion.onPhase('TRANSCODING');
    const groups = plan.groups.map((group, index) => ({ group, folder: join(folder, `group-${index}`) }));
    for (const group of groups) await mkdir(group.folder);
    await transcode(conversion, tools.ffmpegPath, source, groups);
    conversion.onPhase('UPLOADING');
    const store: ResultStore = {
      ffprobePath: tools.ffprobePath,
      sourceMilliseconds: source.durationMilliseconds,
      store: (file, bucket, key) => transfer.store(file, { bucket, key }, signal),
    };
    const results: (readonly OutputResult[])[] = [];
    for (const group of groups) results.push(await storeGroup(group, store));
    return results;
  } finally {
    transfer.close();
    await rm(folder, { recursive: true, force: true });
  }
};

const openTransfer = (roles: RoleSessions, roleArn: string, jobId: string): ObjectTransfer => {
  try {
    return new ObjectTransfer(roles, roleArn, jobId);
  } catch (error) {
    throw new JobFailure(failureCodes.denied, `Unable to assume role ${roleArn}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

/** MPEG-TS, in HLS too, is joined byte by byte, which is what it is made for; anything else by ffmpeg's list of files. */
const fetchSource = async ({ plan, folder, signal }: Conversion, transfer: ObjectTransfer, { ffmpegPath, ffprobePath }: ConversionTools): Promise<Source> => {
  const readText = (bucket: string, key: string): Promise<string> => transfer.read({ bucket, key }, signal);
  const inputs = (await Promise.all(plan.inputs.map(async (input) => (isPlaylist(input.key) ? segmentsOf(input, readText) : [input])))).flat();
  if (inputs.every(({ key }) => isTransportStream(key))) {
    const file = join(folder, 'source.ts');
    const whole = join(folder, 'to-clip.ts');
    for (const input of inputs) {
      await transfer.fetch(input, input.clippings.length > 0 ? whole : file, signal);
      if (input.clippings.length > 0) await appendClips(ffmpegPath, whole, input.clippings, file);
    }
    return { arguments: ['-i', file], durationMilliseconds: await durationOf(ffprobePath, file) };
  }
  const files = inputs.map((_, index) => join(folder, `source-${index}`));
  for (const [index, input] of inputs.entries()) await transfer.fetch(input, files[index] ?? '', signal);
  const durations = await Promise.all(files.map((file) => durationOf(ffprobePath, file)));
  const list = join(folder, 'sources.txt');
  await writeFile(list, files.map((file) => `file '${file}'\n`).join(''));
  return { arguments: ['-f', 'concat', '-safe', '0', '-i', list], durationMilliseconds: durations.reduce((sum, duration) => sum + duration, 0) };
};

const durationOf = async (ffprobePath: string, file: string): Promise<number> => {
  try {
    return (await probeMedia(ffprobePath, file)).durationMilliseconds;
  } catch {
    throw new JobFailure(failureCodes.unreadable, 'The input is no media that can be decoded');
  }
};

const transcode = async ({ signal, onPercent }: Conversion, ffmpegPath: string, source: Source, groups: readonly GroupFolder[]): Promise<void> => {
  signal.throwIfAborted();
  const program = runProgram(ffmpegPath, conversionArguments(source.arguments, groups), { pipeCount: 1, isInBackground: true });
  const kill = (): void => program.kill();
  signal.addEventListener('abort', kill);
  for (const pipe of program.pipes) {
    createInterface({ input: pipe }).on('line', (line) => {
      const [, microseconds] = /^out_time_us=(\d+)$/.exec(line) ?? [];
      if (microseconds !== undefined && source.durationMilliseconds > 0) onPercent(Math.min(99, Math.floor(Number(microseconds) / 10 / source.durationMilliseconds)));
    });
  }
  const { status, complaint } = await program.exit;
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (status !== 0) throw new JobFailure(failureCodes.unreadable, `Unable to convert: ${complaint.split('\n').at(-1) ?? `status ${status}`}`);
};
