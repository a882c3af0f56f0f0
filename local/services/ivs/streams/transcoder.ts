import { TransportCutter } from '../../../media/mpegts/transport-cutter.ts';
import { runProgram, type ExitReport } from '../../../media/processes/child-process.ts';
import { FragmentPackager } from './fragment-packager.ts';
import { cutLengths } from './low-latency.ts';
import { SegmentWriter } from './segment-writer.ts';
import type { SegmentListener } from './segment.ts';
import { transcodeArguments, type TranscodeJob } from './transcode-arguments.ts';

/** A source on its way into segments. */
export interface Transcoder {
  /** Takes FLV bytes. `false` asks to wait for {@link Transcoder.drained}. */
  write(bytes: Buffer): boolean;
  drained(listener: () => void): void;
  /** Ends the source; the last segments follow before `exit`. */
  finish(): void;
  /** Ends at once, without the segments that are not complete. */
  kill(): void;
  readonly exit: Promise<ExitReport>;
}

/** Makes transcoders; a fake one in tests. */
export type TranscoderFactory = (job: TranscodeJob, listener: SegmentListener) => Transcoder;

/** Transcoders that run ffmpeg. */
export const ffmpegTranscoders = (ffmpegPath: string): TranscoderFactory => (job, listener) => {
  const program = runProgram(ffmpegPath, transcodeArguments(job), { pipeCount: job.renditions.length });
  const cutters = job.renditions.map((rendition, index) => {
    const writer = new SegmentWriter({ rendition: index, folder: job.folder, ...(job.isFragmented ? { packager: new FragmentPackager(rendition) } : {}) }, listener);
    return new TransportCutter(cutLengths, (piece) => writer.take(piece));
  });
  const ended = program.pipes.map((pipe, index) => {
    pipe.on('data', (bytes: Buffer) => cutters[index]?.write(bytes));
    return new Promise<void>((resolve) => pipe.once('close', resolve));
  });
  const killed = new AbortController();
  return {
    write: (bytes) => program.input.write(bytes),
    drained: (wake) => void program.input.once('drain', wake),
    finish: () => void program.input.end(),
    kill: () => {
      killed.abort();
      program.kill();
    },
    exit: program.exit.then(async (report) => {
      await Promise.all(ended);
      if (!killed.signal.aborted) for (const cutter of cutters) cutter.end();
      return report;
    }),
  };
};
