import { FlvReader } from '../flv/flv-reader.ts';
import type { FlvTag } from '../flv/flv-tag.ts';
import { transportPacketBytes, transportPackets } from '../mpegts/transport-packet.ts';
import type { ExitReport, RunningProgram } from '../processes/child-process.ts';
import type { RelayableStreams } from '../mpegts/programme.ts';
import { OpeningTags } from './opening-tags.ts';
import { StreamEntrance } from './stream-entrance.ts';

/** What a remux needs of the world. */
export interface StreamRemuxOptions {
  /** Starts the program that reads the transport stream and writes FLV to its first pipe. */
  startProgram(streams: RelayableStreams): RunningProgram;
  now(): number;
  onTag(tag: FlvTag): void;
  /** Told when what comes now cannot be relayed: the stream before has ended. */
  onUnsupported(reason: string): void;
  /** Told how many transport packets were discarded because the program had no room. */
  onDiscard(packets: number): void;
  /** Told when the program ended by itself. */
  onFailure(reason: string): void;
}

interface Run {
  readonly program: RunningProgram;
  readonly startedAt: number;
}

/** Six seconds of a 10 Mbit/s stream. */
const largestBacklogBytes = 8_000_000;
const backoff = { first: 500, most: 10_000, healthyMilliseconds: 10_000 } as const;

/** Makes FLV tags of a transport stream by one ffmpeg, which is started anew when the programme changes or when it fails. */
export class StreamRemux {
  readonly #options: StreamRemuxOptions;
  readonly #entrance = new StreamEntrance();
  /** Every program that runs, the ones that end too, with its end. */
  readonly #runs = new Map<Run, Promise<unknown>>();
  #run: Run | undefined;
  /** Resolves when the program before has handed on all it had. */
  #before: Promise<unknown> = Promise.resolve();
  #isPaused = false;
  #isClosed = false;
  #failures = 0;
  #notBefore = 0;

  constructor(options: StreamRemuxOptions) {
    this.#options = options;
  }

  /** Takes whole transport packets, in order. */
  write(bytes: Buffer): void {
    if (this.#isClosed || this.#options.now() < this.#notBefore) return;
    const passed: Buffer[] = [];
    for (const packet of transportPackets(bytes)) {
      const taken = this.#entrance.take(packet, this.#options.now());
      if (taken.step === 'pass') passed.push(packet.bytes);
      if (taken.step !== 'begin' && taken.step !== 'refuse') continue;
      this.#feed(passed.splice(0));
      this.#finish();
      if (taken.step === 'begin') this.#start(taken.streams, taken.packets);
      else this.#options.onUnsupported(taken.reason);
    }
    this.#feed(passed);
  }

  /** Holds tags back until {@link resume}; what comes meanwhile is kept within a bound. */
  pause(): void {
    this.#isPaused = true;
    this.#run?.program.pipes[0]?.pause();
  }

  resume(): void {
    this.#isPaused = false;
    this.#run?.program.pipes[0]?.resume();
  }

  /** Ends at once. No program runs and no tag comes any more when it resolves. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { program } of this.#runs.keys()) {
      program.kill();
      // A pipe that nobody reads keeps its program from being over.
      program.pipes[0]?.resume();
    }
    await Promise.all(this.#runs.values());
  }

  #start(streams: RelayableStreams, packets: readonly Buffer[]): void {
    const program = this.#options.startProgram(streams);
    const run = { program, startedAt: this.#options.now() };
    this.#run = run;
    const drained = Promise.all([this.#before.then(() => this.#listen(run)), program.exit]).then(([, report]) => this.#exited(run, report));
    this.#before = drained;
    this.#runs.set(run, drained);
    this.#feed(packets);
  }

  #listen({ program }: Run): void {
    const [reader, opening] = [new FlvReader(), new OpeningTags()];
    const output = program.pipes[0];
    output?.on('data', (bytes: Buffer) => {
      for (const read of reader.read(bytes)) for (const tag of opening.take(read)) if (!this.#isClosed) this.#options.onTag(tag);
    });
    if (this.#isPaused) output?.pause();
  }

  #feed(packets: readonly Buffer[]): void {
    const run = this.#run;
    if (run === undefined || packets.length === 0) return;
    const bytes = Buffer.concat(packets);
    if (run.program.input.writableLength > largestBacklogBytes) this.#options.onDiscard(bytes.length / transportPacketBytes);
    else run.program.input.write(bytes);
  }

  #finish(): void {
    this.#run?.program.input.end();
    this.#run = undefined;
  }

  #exited(run: Run, { status, complaint }: ExitReport): void {
    this.#runs.delete(run);
    if (this.#run !== run || this.#isClosed) return;
    this.#run = undefined;
    const now = this.#options.now();
    this.#failures = now - run.startedAt > backoff.healthyMilliseconds ? 0 : this.#failures + 1;
    this.#notBefore = now + Math.min(backoff.most, backoff.first * 2 ** this.#failures);
    this.#entrance.reopen();
    this.#options.onFailure(`the remux of the stream ended with ${status}: ${complaint.slice(0, 300)}`);
  }
}
