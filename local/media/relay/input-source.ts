import type { Clock } from '../../runtime/clock.ts';
import { isAac, isAudioConfiguration, isAvc, isKeyFrame, isPicture, isVideoConfiguration, type FlvTag } from '../flv/flv-tag.ts';
import type { Publisher, PublisherSink } from '../rtmp/publishing.ts';
import { GopHistory, type ConfiguredTag } from './gop-history.ts';
import { PictureRate } from './picture-rate.ts';
import { SourceClock } from './source-clock.ts';
import type { StreamConfiguration } from './stream-configuration.ts';

/** What a source needs, and whom it tells. */
export interface InputSourceOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly origin: number;
  readonly frameMilliseconds: number;
  /** How much of the stream is kept at least. */
  readonly keepMilliseconds: number;
  /** A picture or sound that can be decoded, once the stream has begun with a key frame. */
  onMedia(entry: ConfiguredTag): void;
  /** The publisher has gone. */
  onGone(): void;
  onUnsupported(reason: string): void;
}

/** A publisher that sends faster than real time waits when it is this far ahead, until it is only so far ahead. */
const lead = { mostMilliseconds: 1000, leastMilliseconds: 500, settledMilliseconds: 2000 } as const;

/** One input: receives whoever publishes to it, places the stream on the run's timeline and keeps the last of it. */
export class InputSource implements PublisherSink {
  readonly name: string;
  readonly timeline: SourceClock;
  readonly history: GopHistory;
  /** Received so far, of all publishers. */
  readonly counters = { bytes: 0, pictures: 0, hasHadInput: false };
  /** When the last picture came, in milliseconds since the epoch. */
  lastPictureAt: number | undefined;
  /** Whether pictures correct the timeline by steps, as on air, or at once. */
  isOnAir = false;
  readonly #options: InputSourceOptions;
  readonly #rate = new PictureRate();
  #publisher: Publisher | undefined;
  #video: Buffer | undefined;
  #audio: Buffer | undefined;
  #isOpen = false;
  #waitsSince: number | undefined;
  #waitedAt = -Infinity;
  #newest = 0;

  constructor(options: InputSourceOptions) {
    this.#options = options;
    this.name = options.name;
    this.timeline = new SourceClock(options.frameMilliseconds);
    this.history = new GopHistory(options.keepMilliseconds);
  }

  get isPublishing(): boolean {
    return this.#publisher !== undefined;
  }

  /** Whether the stream can be decoded: its configuration and a key frame have come. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** How long no picture has come from a publisher that could have sent one, in milliseconds; endless while there is none. */
  quietMilliseconds(now: number): number {
    if (!this.#isOpen) return Infinity;
    return this.#waitsSince === undefined ? now - Math.max(this.lastPictureAt ?? 0, this.#waitedAt) : 0;
  }

  framesPerSecond(now: number): number {
    return this.#rate.at(now);
  }

  begin(publisher: Publisher): void {
    this.#publisher = publisher;
    this.#forget();
  }

  end(): void {
    this.#publisher = undefined;
    this.#forget();
    this.#options.onGone();
  }

  disconnect(reason: string): void {
    this.#publisher?.disconnect(reason);
  }

  write(tag: FlvTag): boolean {
    const { clock, origin } = this.#options;
    const now = clock.now();
    this.counters.bytes += tag.data.length;
    if (isPicture(tag)) this.#countPicture(now);
    if (tag.kind === 'video' && !isAvc(tag)) this.#refuse();
    else if (isVideoConfiguration(tag)) this.#configure(tag.data);
    else if (isAudioConfiguration(tag)) this.#audio = tag.data;
    else if (isPicture(tag) || isAac(tag)) this.#take(tag, now - origin);
    return this.#waitsSince === undefined;
  }

  /** Lets a publisher that was ahead of time go on. To be called every few milliseconds. */
  paceUntil(now: number): void {
    if (this.#waitsSince === undefined || this.#leadAt(now) > lead.leastMilliseconds) return;
    this.#waitsSince = undefined;
    this.#waitedAt = now;
    this.#publisher?.resume();
  }

  #take(tag: FlvTag, arrival: number): void {
    const { origin } = this.#options;
    if (this.#video === undefined || (!this.#isOpen && !isKeyFrame(tag))) return;
    if (isPicture(tag)) this.#place(tag, arrival);
    this.#isOpen = true;
    const configuration: StreamConfiguration = { video: this.#video, ...(this.#audio === undefined ? {} : { audio: this.#audio }) };
    const entry = { tag, configuration };
    this.history.add(entry);
    this.#options.onMedia(entry);
    if (this.#leadAt(origin + arrival) > lead.mostMilliseconds) this.#waitsSince ??= origin + arrival;
  }

  #place(tag: FlvTag, arrival: number): void {
    // What is kept of an earlier time has no place on this one.
    if (this.timeline.observe(tag.timestamp, arrival)) this.history.clear();
    this.#newest = tag.timestamp;
    if (!this.isOnAir) this.timeline.settle();
    else if (isKeyFrame(tag) && arrival + this.#options.origin - this.#waitedAt > lead.settledMilliseconds) this.timeline.correct();
  }

  #leadAt(now: number): number {
    return this.timeline.place(this.#newest) - (now - this.#options.origin);
  }

  #countPicture(now: number): void {
    this.counters.pictures += 1;
    this.counters.hasHadInput = true;
    this.lastPictureAt = now;
    this.#rate.count(now);
  }

  #configure(data: Buffer): void {
    if (this.#video?.equals(data) === true) return;
    // What follows needs a key frame of its own.
    if (this.#video !== undefined) this.#isOpen = false;
    this.#video = data;
  }

  #refuse(): void {
    this.#options.onUnsupported('the stream is not H.264 in FLV');
    this.disconnect('the stream is not H.264 in FLV');
  }

  #forget(): void {
    this.#isOpen = false;
    this.#video = undefined;
    this.#audio = undefined;
    this.#waitsSince = undefined;
    this.history.clear();
    this.timeline.restart();
  }
}
