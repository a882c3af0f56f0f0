import { mkdirSync, rmSync } from 'node:fs';
import { encodeFlvTag, flvHeader, isAvc, isKeyFrame, type FlvTag } from '../../../media/flv/flv-tag.ts';
import type { Publisher, PublisherSink } from '../../../media/rtmp/publishing.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ChannelRecord } from '../records.ts';
import { IngestMeter } from './ingest-meter.ts';
import { ladderOf, type StreamRendition } from './ladder.ts';
import { bitrateBreach, resolutionBreach, type LimitBreach } from './limit-breach.ts';
import { RenditionWindow } from './rendition-window.ts';
import type { SessionBook } from './session-book.ts';
import { SourceDescription, type Source } from './source-description.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import type { StreamSegment } from './segment.ts';
import type { Transcoder, TranscoderFactory } from './transcoder.ts';

/** What records a stream, from its first segment to its last. */
export interface StreamTake {
  segment(segment: StreamSegment): void;
  end(): void;
}

/** What a stream is made with. */
export interface LiveStreamOptions {
  readonly channel: ChannelRecord;
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly metrics: StreamMetrics;
  readonly transcoders: TranscoderFactory;
  /** For its segments; deleted when the stream is dropped. */
  readonly folder: (streamId: string) => string;
  /** Begins to record it; `undefined` where its channel is not recorded. */
  readonly record: (streamId: string, renditions: readonly StreamRendition[]) => StreamTake | undefined;
  readonly onDisconnected: (stream: LiveStream) => void;
  readonly onEnded: (stream: LiveStream) => void;
}

const sampleMilliseconds = 1000;
/** AWS does not tell after how long a stream starves. */
const starvationMilliseconds = 3000;

/** One picture at the usual rate: how far behind the last one a new encoder's first picture stands. */
const seamMilliseconds = 33;

/** One stream: from an encoder's connection over its segments to its end. Another encoder may take it over meanwhile. */
export class LiveStream {
  readonly id: string;
  readonly channel: ChannelRecord;
  readonly #options: LiveStreamOptions;
  readonly #description = new SourceDescription();
  readonly #meter: IngestMeter;
  readonly #gone = new AbortController();
  #publisher: Publisher | undefined;
  #source: Source | undefined;
  #transcoder: Transcoder | undefined;
  #firstTimestamp = 0;
  #lastTimestamp = 0;
  #take: StreamTake | undefined;
  #isStarving = false;
  renditions: readonly StreamRendition[] = [];
  windows: readonly RenditionWindow[] = [];
  state: 'ENDED' | 'LIVE' | 'WAITING' = 'WAITING';
  /** Of the encoder that feeds it; 0 where it has named none. */
  priority: number;

  constructor(options: LiveStreamOptions, priority = 0) {
    const { book, channel, clock } = options;
    this.#options = options;
    this.priority = priority;
    this.channel = channel;
    this.#meter = new IngestMeter(clock.now());
    this.id = book.begin(channel);
  }

  get health(): 'HEALTHY' | 'STARVING' {
    return this.#isStarving ? 'STARVING' : 'HEALTHY';
  }

  /** What is known of the source; `undefined` before its first picture. */
  get source(): Source | undefined {
    return this.#source;
  }

  /** Where its first encoder's media go. */
  entrance(): PublisherSink {
    const own: { publisher?: Publisher } = {};
    return {
      begin: (publisher) => {
        own.publisher = publisher;
        this.#publisher = publisher;
        void this.#watch();
      },
      write: (tag) => !this.isFedBy(own.publisher) || this.write(tag),
      end: () => {
        if (this.isFedBy(own.publisher)) this.end();
      },
    };
  }

  /** Whether this encoder is the one that feeds it now. */
  isFedBy(publisher: Publisher | undefined): boolean {
    return publisher === this.#publisher;
  }

  /** Is fed by another encoder from its key frame on; the one before it is disconnected. */
  takeOver(publisher: Publisher, priority: number, { configuration }: Source, keyFrameTimestamp: number): void {
    const before = this.#publisher;
    this.#publisher = publisher;
    this.priority = priority;
    before?.disconnect('another encoder took the stream over');
    const seam = this.#lastTimestamp + seamMilliseconds;
    this.#firstTimestamp = keyFrameTimestamp - seam;
    for (const tag of configuration) this.#transcoder?.write(encodeFlvTag(tag, seam));
    this.#options.book.takenOver(this.id);
  }

  write(tag: FlvTag): boolean {
    this.#meter.count(tag, this.#options.clock.now());
    if (tag.kind === 'video' && !isAvc(tag)) {
      // A session that never goes live: a Stream Failure is told where processing capacity is exceeded alone.
      this.stop('the video is not H.264');
      return true;
    }
    if (this.#transcoder === undefined) {
      this.#description.take(tag);
      if (!isKeyFrame(tag) || !this.#start(tag.timestamp)) return true;
    }
    return this.#feed(tag);
  }

  end(): void {
    const { book, onDisconnected } = this.#options;
    this.#gone.abort();
    this.#sample();
    book.disconnected(this.id);
    onDisconnected(this);
    if (this.#transcoder === undefined) this.#finished();
    else this.#transcoder.finish();
  }

  /** Disconnects the encoder; the stream's end follows. */
  stop(reason: string): void {
    this.#publisher?.disconnect(reason);
  }

  /** Ends at once, without what is not complete yet. */
  kill(): void {
    this.#gone.abort();
    this.#transcoder?.kill();
  }

  /** Deletes its segments. */
  drop(): void {
    rmSync(this.#options.folder(this.id), { recursive: true, force: true });
  }

  #start(timestamp: number): boolean {
    const source = this.#description.read();
    if (source === undefined) return false;
    const breach = resolutionBreach(source);
    if (breach !== undefined) {
      this.#breach(breach);
      return false;
    }
    const { channel, clock, transcoders, folder } = this.#options;
    mkdirSync(folder(this.id), { recursive: true });
    this.#source = source;
    this.#firstTimestamp = timestamp;
    this.renditions = ladderOf(channel.type, channel.preset, source);
    this.windows = this.renditions.map(() => new RenditionWindow(clock.now()));
    const job = { renditions: this.renditions, folder: folder(this.id), hasSound: source.hasSound, isFragmented: channel.containerFormat === 'FRAGMENTED_MP4' };
    const transcoder = transcoders(job, { part: (part) => this.windows[part.rendition]?.addPart(part), segment: (segment) => this.#segment(segment) });
    this.#transcoder = transcoder;
    transcoder.write(flvHeader({ audio: source.hasSound, video: true }));
    for (const tag of source.configuration) transcoder.write(encodeFlvTag(tag, 0));
    void transcoder.exit.then(({ status, complaint }) => {
      if (!this.#gone.signal.aborted) this.#fail(`the stream cannot be read: ${complaint === '' ? `status ${status}` : complaint}`);
      this.#finished();
    });
    return true;
  }

  /** What came before the first picture is left out. */
  #feed(tag: FlvTag): boolean {
    const timestamp = tag.timestamp - this.#firstTimestamp;
    const transcoder = this.#transcoder;
    if (tag.kind === 'script' || timestamp < 0 || transcoder === undefined) return true;
    this.#lastTimestamp = Math.max(this.#lastTimestamp, timestamp);
    if (transcoder.write(encodeFlvTag(tag, timestamp))) return true;
    transcoder.drained(() => this.#publisher?.resume());
    return false;
  }

  #segment(segment: StreamSegment): void {
    const { book, record } = this.#options;
    this.windows[segment.rendition]?.add(segment);
    if (this.state === 'WAITING' && this.#source !== undefined && this.windows.every(({ isEmpty }) => !isEmpty)) {
      this.state = 'LIVE';
      book.start(this.id, this.#source.ingest);
    }
    // The recording has the first segments, too, which come before all renditions have one.
    this.#take ??= record(this.id, this.renditions);
    this.#take?.segment(segment);
  }

  async #watch(): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      await clock.sleep(sampleMilliseconds, this.#gone.signal);
      if (this.#gone.signal.aborted) return;
      this.#sample();
      this.#judge(clock.now());
    }
  }

  #sample(): void {
    const { clock, metrics, channel } = this.#options;
    const sample = this.#meter.sample(clock.now());
    if (sample !== undefined) metrics.ingest(channel.id, sample, this.#source !== undefined);
  }

  #judge(now: number): void {
    const { book, channel } = this.#options;
    const isStarving = this.#source !== undefined && now - this.#meter.lastAt > starvationMilliseconds;
    if (isStarving !== this.#isStarving) book.starving(this.id, isStarving);
    this.#isStarving = isStarving;
    const breach = this.#source && bitrateBreach(channel.type, this.#source, this.#meter.meanBitsPerSecond(now));
    if (breach !== undefined) this.#breach(breach);
  }

  #breach(breach: LimitBreach): void {
    this.#options.book.breached(this.id, breach);
    this.stop(`${breach.limit_name} is ${breach.exceeded_by} ${breach.limit_unit} above ${breach.limit_value}`);
  }

  #fail(reason: string): void {
    this.#options.book.failed(this.id, reason);
    this.stop(reason);
  }

  #finished(): void {
    if (this.state === 'ENDED') return;
    this.state = 'ENDED';
    for (const window of this.windows) window.end();
    this.#options.book.end(this.id);
    this.#take?.end();
    this.#options.onEnded(this);
  }
}
