import { encodeFlvTag, flvHeader, isAudioConfiguration, isPicture, isVideoConfiguration, type FlvTag } from '../flv/flv-tag.ts';
import { Timeline } from '../flv/timeline.ts';
import type { ExitReport } from '../processes/child-process.ts';
import type { Publisher, PublisherSink } from '../rtmp/publishing.ts';
import type { LiveEncoder } from './live-encoder.ts';
import { isSameConfiguration, StreamOpening, type OpenedStream } from './stream-opening.ts';

/** What a feed needs to keep an encode going. */
export interface LiveFeedOptions {
  /** Starts an encode. Every start after the first begins a discontinuity. */
  startEncoder(hasAudio: boolean): LiveEncoder;
  /** Told when an encode ended by itself. */
  onCrash(report: ExitReport): void;
  /** Told when a publisher's stream cannot be decoded. */
  onUnsupported(): void;
  now(): number;
  /** How long a stop waits for the last chunks before ffmpeg is killed. @default 20 000 */
  readonly flushMilliseconds?: number;
}

/** What came in so far. */
export interface FeedCounters {
  readonly bytes: number;
  readonly pictures: number;
  readonly hasHadInput: boolean;
}

interface Encode {
  readonly encoder: LiveEncoder;
  readonly opened: OpenedStream;
}

const backoff = { first: 1000, most: 30_000 } as const;

/**
 * Feeds the stream of whoever publishes to one encode. A publisher that comes back continues the same timeline;
 * one whose stream differs in its configuration, or a crash, starts the encode anew.
 */
export class LiveFeed implements PublisherSink {
  readonly #options: LiveFeedOptions;
  #publisher: Publisher | undefined;
  #opening: StreamOpening | undefined;
  #encode: Encode | undefined;
  #changing: Promise<void> | undefined;
  #held: (() => void)[] = [];
  #timeline = new Timeline();
  /** The encoder that has no room and whose drain is waited for. */
  #full: LiveEncoder | undefined;
  #crashes = 0;
  #notBefore = 0;
  #stopped = false;
  #gap = 0;
  #endedAt: number | undefined;
  #counters = { bytes: 0, pictures: 0, hasHadInput: false };

  constructor(options: LiveFeedOptions) {
    this.#options = options;
  }

  get counters(): FeedCounters {
    return this.#counters;
  }

  /** Whether somebody publishes now. */
  get isFed(): boolean {
    return this.#publisher !== undefined;
  }

  /** How long the current encode has waited for publishers to come back. */
  get gapMilliseconds(): number {
    return this.#gap;
  }

  begin(publisher: Publisher): void {
    this.#publisher = publisher;
    this.#inOrder(() => {
      this.#opening = new StreamOpening();
    });
  }

  end(): void {
    this.#publisher = undefined;
    this.#endedAt = this.#options.now();
    this.#inOrder(() => {
      this.#opening = undefined;
    });
  }

  write(tag: FlvTag): boolean {
    if (this.#stopped) return true;
    this.#counters.bytes += tag.data.length;
    if (isPicture(tag)) this.#counters.pictures += 1;
    this.#counters.hasHadInput = true;
    if (this.#changing === undefined) return this.#take(tag);
    this.#inOrder(() => this.#take(tag));
    return false;
  }

  /** Sends the publisher away and flushes the encode: every chunk has been reported when it resolves. */
  async stop(): Promise<void> {
    this.#publisher?.disconnect('the channel stops');
    // What came before the stop is encoded, also what waits for its encode to begin.
    while (this.#changing !== undefined) await this.#changing;
    this.#stopped = true;
    await this.#finishEncode();
  }

  /** Ends everything at once; unfinished chunks are lost. */
  kill(): void {
    this.#stopped = true;
    this.#publisher?.disconnect('the channel ends');
    this.#encode?.encoder.kill();
  }

  #take(tag: FlvTag): boolean {
    if (this.#opening === undefined && this.#reconfigures(tag)) this.#opening = new StreamOpening(this.#encode?.opened.configuration);
    if (this.#opening === undefined) return this.#forward(tag);
    const opened = this.#opening.add(tag);
    if (opened === undefined) return true;
    if (opened === 'unsupported') {
      this.#options.onUnsupported();
      this.#publisher?.disconnect('the stream is not H.264 in FLV');
      return true;
    }
    return this.#open(opened);
  }

  #reconfigures(tag: FlvTag): boolean {
    const known = this.#encode?.opened.configuration;
    if (isVideoConfiguration(tag)) return known?.video.equals(tag.data) !== true;
    return isAudioConfiguration(tag) && known?.audio?.equals(tag.data) !== true;
  }

  #open(opened: OpenedStream): boolean {
    if (this.#options.now() < this.#notBefore) {
      this.#opening = new StreamOpening(opened.configuration);
      return true;
    }
    this.#opening = undefined;
    if (this.#encode !== undefined && isSameConfiguration(this.#encode.opened.configuration, opened.configuration)) {
      this.#timeline.rejoin();
      this.#gap += this.#options.now() - (this.#endedAt ?? this.#options.now());
      return opened.tags.map((tag) => this.#forward(tag)).every(Boolean);
    }
    if (this.#encode === undefined) {
      this.#start(opened);
      return true;
    }
    this.#changing = this.#finishEncode().then(() => this.#changed(opened));
    return false;
  }

  /** While one encode gives way to the next, what comes is done afterwards. */
  #inOrder(action: () => void): void {
    if (this.#changing === undefined) action();
    else this.#held.push(action);
  }

  #changed(opened: OpenedStream): void {
    this.#changing = undefined;
    if (this.#stopped) return;
    this.#start(opened);
    const held = this.#held;
    this.#held = [];
    for (const action of held) this.#inOrder(action);
    this.#publisher?.resume();
  }

  #start(opened: OpenedStream): void {
    const encoder = this.#options.startEncoder(opened.hasAudio);
    this.#encode = { encoder, opened };
    this.#timeline = new Timeline();
    this.#gap = 0;
    const { video, audio } = opened.configuration;
    encoder.write(flvHeader({ audio: opened.hasAudio, video: true }));
    encoder.write(encodeFlvTag({ kind: 'video', timestamp: 0, data: video }));
    if (audio !== undefined) encoder.write(encodeFlvTag({ kind: 'audio', timestamp: 0, data: audio }));
    for (const tag of opened.tags) this.#forward(tag);
    void encoder.exit.then((report) => this.#ended(encoder, report));
  }

  #forward(tag: FlvTag): boolean {
    const encode = this.#encode;
    if (encode === undefined || tag.kind === 'script' || (tag.kind === 'audio' && !encode.opened.hasAudio)) return true;
    const hasRoom = encode.encoder.write(encodeFlvTag(tag, this.#timeline.place(tag.timestamp)));
    if (!hasRoom) this.#resumeWhenDrained(encode.encoder);
    return hasRoom;
  }

  /** What a publisher has sent already is still forwarded: many tags find no room, one listener waits for it. */
  #resumeWhenDrained(encoder: LiveEncoder): void {
    if (this.#full === encoder) return;
    this.#full = encoder;
    encoder.drained(() => {
      if (this.#full === encoder) this.#full = undefined;
      this.#publisher?.resume();
    });
  }

  async #finishEncode(): Promise<void> {
    const encode = this.#encode;
    if (encode === undefined) return;
    this.#encode = undefined;
    encode.encoder.finish();
    const overdue = setTimeout(() => encode.encoder.kill(), this.#options.flushMilliseconds ?? 20_000);
    await encode.encoder.exit;
    clearTimeout(overdue);
  }

  #ended(encoder: LiveEncoder, report: ExitReport): void {
    if (this.#encode?.encoder !== encoder) return;
    const { configuration } = this.#encode.opened;
    this.#encode = undefined;
    this.#notBefore = this.#options.now() + Math.min(backoff.most, backoff.first * 2 ** this.#crashes);
    this.#crashes += 1;
    this.#opening = new StreamOpening(configuration);
    this.#options.onCrash(report);
    // A publisher that waited for the encode to drain would wait for ever.
    this.#publisher?.resume();
  }
}
