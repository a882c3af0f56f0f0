import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { runProgram, type ExitReport } from '../../../media/processes/child-process.ts';
import { FragmentPackager, type FragmentInit } from './fragment-packager.ts';
import { transcodeArguments, type TranscodeJob } from './transcode-arguments.ts';

/** A complete segment of one rendition, which begins with a key frame. */
export interface StreamSegment {
  readonly rendition: number;
  readonly file: string;
  /** After the stream's first picture. */
  readonly startMilliseconds: number;
  readonly durationMilliseconds: number;
  /** Absent for MPEG-TS. */
  readonly init?: FragmentInit;
}

/** A source on its way into segments. */
export interface Transcoder {
  /** Takes FLV bytes. `false` asks to wait for {@link Transcoder.drained}. */
  write(bytes: Buffer): boolean;
  drained(listener: () => void): void;
  /** Ends the source; the last segments follow before `exit`. */
  finish(): void;
  kill(): void;
  readonly exit: Promise<ExitReport>;
}

/** Makes transcoders; a fake one in tests. */
export type TranscoderFactory = (job: TranscodeJob, onSegment: (segment: StreamSegment) => void) => Transcoder;

/** Transcoders that run ffmpeg. */
export const ffmpegTranscoders = (ffmpegPath: string): TranscoderFactory => (job, onSegment) => {
  const packagers = job.isFragmented ? job.renditions.map((rendition) => new FragmentPackager(rendition)) : undefined;
  const program = runProgram(ffmpegPath, transcodeArguments(job), { pipeCount: job.renditions.length });
  const reports = program.pipes.map((pipe, rendition) => {
    const lines = createInterface({ input: pipe });
    lines.on('line', (line) => {
      const reported = readReport(line, rendition, job.folder);
      const segment = reported && (packagers === undefined ? reported : packagers[rendition]?.package(reported));
      if (segment !== undefined) onSegment(segment);
    });
    return new Promise<void>((resolve) => lines.once('close', resolve));
  });
  return {
    write: (bytes) => program.input.write(bytes),
    drained: (listener) => void program.input.once('drain', listener),
    finish: () => void program.input.end(),
    kill: () => program.kill(),
    exit: program.exit.then(async (report) => {
      await Promise.all(reports);
      return report;
    }),
  };
};

/** Reads `0-000001.ts,0.000000,2.000000`. */
const readReport = (line: string, rendition: number, folder: string): StreamSegment | undefined => {
  const [name, from, to] = line.split(',');
  const durationMilliseconds = Math.round((Number(to) - Number(from)) * 1000);
  if (name === undefined || !(durationMilliseconds > 0)) return undefined;
  return { rendition, file: join(folder, name), startMilliseconds: Math.round(Number(from) * 1000), durationMilliseconds };
};
