import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { runProgram, type ExitReport } from '../processes/child-process.ts';
import { encoderArguments, type EncodeJob } from './encoder-arguments.ts';

/** A complete chunk of one rendition, which begins with a key frame. */
export interface EncodedChunk {
  readonly rendition: number;
  readonly file: string;
  /** When its first picture is shown, after the run's time origin. */
  readonly startMilliseconds: number;
  readonly durationMilliseconds: number;
  /** Whether its rendition's encode begins with it. */
  readonly isFirst: boolean;
}

/** An encode that runs. */
export interface LiveEncoder {
  /** Takes FLV bytes. `false` asks to wait for {@link LiveEncoder.drained}. */
  write(bytes: Buffer): boolean;
  drained(listener: () => void): void;
  /** Ends the source; the last chunks follow before `exit`. */
  finish(): void;
  kill(): void;
  readonly exit: Promise<ExitReport>;
}

/** Where ffmpeg is, and what is told of its chunks. */
export interface LiveEncoderOptions extends EncodeJob {
  readonly ffmpegPath: string;
  onChunk(chunk: EncodedChunk): void;
}

/** Starts ffmpeg on the ladder. */
export const startLiveEncoder = (options: LiveEncoderOptions): LiveEncoder => {
  const program = runProgram(options.ffmpegPath, encoderArguments(options), { pipeCount: options.renditions.length });
  const reports = program.pipes.map((pipe, rendition) => {
    const lines = createInterface({ input: pipe });
    let isFirst = true;
    lines.on('line', (line) => {
      const chunk = readReport(line, rendition, options);
      if (chunk === undefined) return;
      options.onChunk({ ...chunk, isFirst });
      isFirst = false;
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
const readReport = (line: string, rendition: number, { folder, startMilliseconds: start }: EncodeJob): Omit<EncodedChunk, 'isFirst'> | undefined => {
  const [name, from, to] = line.split(',');
  const durationMilliseconds = Math.round((Number(to) - Number(from)) * 1000);
  if (name === undefined || !(durationMilliseconds > 0)) return undefined;
  return { rendition, file: join(folder, name), startMilliseconds: Math.round(start + Number(from) * 1000), durationMilliseconds };
};
