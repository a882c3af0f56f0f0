import type { Clock } from '../../runtime/clock.ts';
import { encodeFlvTag, flvHeader, isKeyFrame, type FlvTag } from '../flv/flv-tag.ts';
import { runProgram, type RunningProgram } from '../processes/child-process.ts';
import type { ConfiguredTag } from '../relay/gop-history.ts';
import type { Thumbnail } from '../relay/input-relay.ts';
import type { StreamConfiguration } from '../relay/stream-configuration.ts';
import { JpegSplitter } from './jpeg-splitter.ts';
import { monitorArguments, monitorOutputs, type MonitorWants } from './monitor-arguments.ts';
import { BlackJudge } from './black-judge.ts';
import { SoundMeter } from './sound-meter.ts';

/** What a monitor needs. */
export interface InputMonitorOptions {
  readonly clock: Clock;
  readonly ffmpegPath: string;
  readonly wants: MonitorWants;
}

/** Decodes an input's key frames and sound, to see whether they are black and silent. */
export interface InputMonitor {
  take(entry: ConfiguredTag): void;
  /** The publisher has gone: what was seen says nothing of the next one. */
  forget(): void;
  /** From the first to the last key frame of a row that are all black. */
  readonly blackMilliseconds: number;
  /** Since something was heard, or since the publisher began. */
  silentMilliseconds(now: number): number;
  audioLevelDbfs(now: number): number | undefined;
  readonly thumbnail: Thumbnail | undefined;
  close(): void;
}

interface Decoder {
  readonly program: RunningProgram;
  readonly configuration: StreamConfiguration;
  isFull: boolean;
  lastKeyFrame: number;
}

/**
 * A decoder holds a picture back until as many have come as its stream may reorder; what follows a key frame here comes seconds
 * later. So each comes several times: the first is out when the last is in.
 */
const copies = { count: 4, everyMilliseconds: 100 } as const;
/** Key frames that come faster, as from a camera that sends nothing else, are left out. */
const shortestStepMilliseconds = 900;
/** A decoder that failed is not started again for this long. */
const retryMilliseconds = 5000;

/** Starts ffmpeg with the first picture, and anew where the stream's configuration changes. */
export const startInputMonitor = (options: InputMonitorOptions): InputMonitor => new FfmpegMonitor(options);

class FfmpegMonitor implements InputMonitor {
  readonly #options: InputMonitorOptions;
  readonly #black: BlackJudge;
  readonly #sound = new SoundMeter();
  #decoder: Decoder | undefined;
  #notBefore = 0;
  #thumbnail: Thumbnail | undefined;

  constructor(options: InputMonitorOptions) {
    this.#options = options;
    this.#black = new BlackJudge(options.wants.blackThreshold ?? 0);
  }

  get blackMilliseconds(): number {
    return this.#black.milliseconds;
  }

  get thumbnail(): Thumbnail | undefined {
    return this.#thumbnail;
  }

  silentMilliseconds(now: number): number {
    return this.#options.wants.sound ? this.#sound.silentMilliseconds(now) : 0;
  }

  audioLevelDbfs(now: number): number | undefined {
    return this.#sound.levelDbfs(now);
  }

  take({ tag, configuration }: ConfiguredTag): void {
    this.#sound.begin(this.#options.clock.now());
    if (tag.kind === 'video' && !isKeyFrame(tag)) return;
    if (isKeyFrame(tag)) this.#configure(configuration);
    const decoder = this.#decoder;
    if (decoder === undefined || decoder.isFull || (tag.kind === 'audio' && !this.#hasSound(decoder.configuration))) return;
    if (tag.kind === 'audio') this.#write(decoder, tag);
    else if (Math.abs(tag.timestamp - decoder.lastKeyFrame) >= shortestStepMilliseconds) this.#writeCopies(decoder, tag);
  }

  forget(): void {
    this.close();
    this.#black.forget();
    this.#sound.forget();
  }

  close(): void {
    this.#decoder?.program.kill();
    this.#decoder = undefined;
  }

  #hasSound({ audio }: StreamConfiguration): boolean {
    return this.#options.wants.sound && audio !== undefined;
  }

  #configure(configuration: StreamConfiguration): void {
    const known = this.#decoder?.configuration;
    const isKnown = known?.video.equals(configuration.video) === true && (known.audio?.toString('hex') ?? '') === (configuration.audio?.toString('hex') ?? '');
    if (isKnown || this.#options.clock.now() < this.#notBefore) return;
    this.close();
    this.#start(configuration);
  }

  #start(configuration: StreamConfiguration): void {
    const { wants, ffmpegPath } = this.#options;
    const { video, audio } = configuration;
    const outputs = monitorOutputs(wants, audio !== undefined);
    if (outputs.length === 0) return;
    const program = runProgram(ffmpegPath, monitorArguments(outputs), { pipeCount: outputs.length });
    const decoder = { program, configuration, isFull: false, lastKeyFrame: -Infinity };
    const listeners = { thumbnail: this.#pictures(), probe: (bytes: Buffer) => this.#black.take(bytes, this.#options.clock.now()), sound: (bytes: Buffer) => this.#sound.take(bytes, this.#options.clock.now()) };
    outputs.forEach((output, index) => program.pipes[index]?.on('data', listeners[output]));
    this.#decoder = decoder;
    void program.exit.then(() => this.#ended(decoder));
    program.input.write(flvHeader({ audio: this.#hasSound(configuration), video: true }));
    this.#write(decoder, { kind: 'video', timestamp: 0, data: video });
    if (audio !== undefined && this.#hasSound(configuration)) this.#write(decoder, { kind: 'audio', timestamp: 0, data: audio });
  }

  #pictures(): (bytes: Buffer) => void {
    const splitter = new JpegSplitter();
    return (bytes) => {
      const jpeg = splitter.take(bytes).at(-1);
      if (jpeg !== undefined) this.#thumbnail = { jpeg, at: this.#options.clock.now() };
    };
  }

  #writeCopies(decoder: Decoder, tag: FlvTag): void {
    decoder.lastKeyFrame = tag.timestamp;
    for (let copy = 0; copy < copies.count; copy += 1) this.#write(decoder, { ...tag, timestamp: tag.timestamp + copy * copies.everyMilliseconds });
  }

  #write(decoder: Decoder, tag: FlvTag): void {
    if (decoder.program.input.write(encodeFlvTag(tag))) return;
    decoder.isFull = true;
    decoder.program.input.once('drain', () => {
      decoder.isFull = false;
    });
  }

  #ended(decoder: Decoder): void {
    if (this.#decoder !== decoder) return;
    this.#decoder = undefined;
    this.#notBefore = this.#options.clock.now() + retryMilliseconds;
  }
}
