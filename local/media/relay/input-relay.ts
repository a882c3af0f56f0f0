import type { Clock } from '../../runtime/clock.ts';
import type { LiveEncoder } from '../encoder/live-encoder.ts';
import type { VideoEncode } from '../encoder/rendition.ts';
import type { PublisherSink } from '../rtmp/publishing.ts';
import { LiveInputRelay } from './live-input-relay.ts';
import type { FailoverSettings, LossBehaviour } from './failover-settings.ts';
import type { RelayEvent } from './relay-event.ts';

/** What a relay needs. */
export interface InputRelayOptions {
  /** One or two; the first is the primary, and on air at the beginning. */
  readonly inputs: readonly { readonly name: string }[];
  /** Absent: inputs change by {@link InputRelay.switchTo} only. */
  readonly failover?: FailoverSettings;
  readonly lossBehaviour: LossBehaviour;
  /** The best rendition's pictures: size and rate of the slate, and the grid of the timeline. */
  readonly video: VideoEncode;
  /** The run's time origin in milliseconds since the epoch, which the pipelines of a channel share. */
  readonly origin: number;
  readonly clock: Clock;
  readonly ffmpegPath: string;
  /** Whether {@link InputRelay.thumbnail} is wanted. */
  readonly hasThumbnails: boolean;
  /**
   * Starts an encode whose source begins `startMilliseconds` after the origin: a multiple of the chunk's length. Timestamps
   * written to it count from there. Called for the first picture, and again after a crash.
   */
  startEncoder(startMilliseconds: number): LiveEncoder;
  onEvent(event: RelayEvent): void;
  /** How long a stop waits for the last chunks before ffmpeg is killed. @default 20 000 */
  readonly flushMilliseconds?: number;
}

/** What is known of an input. */
export interface InputStatus {
  readonly name: string;
  readonly isPublishing: boolean;
  readonly hasHadInput: boolean;
  /** Received so far, of all its publishers. */
  readonly bytes: number;
  readonly pictures: number;
  /** When the last picture came, in milliseconds since the epoch. */
  readonly lastPictureAt: number | undefined;
  /** Pictures that came in the last second. */
  readonly framesPerSecond: number;
  readonly isBlack: boolean;
  readonly isSilent: boolean;
  /** The loudest sample of the last second; absent where no monitor runs, or no sound came. */
  readonly audioLevelDbfs: number | undefined;
}

/** A picture of the input on air. */
export interface Thumbnail {
  readonly jpeg: Buffer;
  readonly at: number;
}

/** Receives all inputs of a pipeline and keeps one encode fed with one of them, in real time and without a gap. */
export interface InputRelay {
  /** Where an input's publisher is received. @throws RangeError for a name that is no input. */
  sink(name: string): PublisherSink;
  readonly activeInput: string;
  /** In the order in which they were declared. */
  readonly inputs: readonly InputStatus[];
  /** Puts an input on air now, whether anything comes from it or not. @throws RangeError for a name that is no input. */
  switchTo(name: string): void;
  /** How long the current fill has lasted; 0 while an input is on air. */
  readonly fillMilliseconds: number;
  /** Pictures left out so far because the encoder did not keep up. */
  readonly droppedFrames: number;
  thumbnail(): Thumbnail | undefined;
  /** Sends the publishers away and flushes the encode: every chunk has been reported when it resolves. */
  stop(): Promise<void>;
  /** Ends everything at once; unfinished chunks are lost. */
  kill(): void;
}

/** Starts to receive. What comes first, an input or the slate, starts the encode. @throws RangeError for none or more than two inputs */
export const createInputRelay = (options: InputRelayOptions): InputRelay => new LiveInputRelay(options);
