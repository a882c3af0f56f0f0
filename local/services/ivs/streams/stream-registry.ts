import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { PublishAuthority, PublishRequest } from '../../../media/rtmp/publishing.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { LiveStreams } from '../control-plane.ts';
import type { Views } from '../playback/views.ts';
import type { Recordings } from '../recording/recordings.ts';
import type { ChannelRecord, IvsRecords } from '../records.ts';
import { LiveStream } from './live-stream.ts';
import type { SessionBook } from './session-book.ts';
import { TakeoverAttempt } from './takeover-attempt.ts';
import type { StreamMetrics } from './stream-metrics.ts';
import type { TranscoderFactory } from './transcoder.ts';

/** What streams are made and kept with. */
export interface StreamRegistryOptions {
  readonly records: IvsRecords;
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly metrics: StreamMetrics;
  readonly transcoders: TranscoderFactory;
  readonly recordings: Recordings;
  readonly views: Views;
  readonly folder: string;
}

/** The application of every ingest URL: `rtmps://<endpoint>:443/app/<stream key>`. */
const application = 'app';
/** https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StreamEvent.html */
const greatestPriority = 2_147_483_647;

/** The priority of `?priority=2`; `undefined` where none is named, NaN where it is no number. */
const priorityIn = (query: string): number | undefined => {
  const text = new URLSearchParams(query).get('priority');
  return text === null ? undefined : /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
};

/** How long a stream's last segments may take when everything stops. */
const flushMilliseconds = 10_000;
/** How long players find the end of a stream that is over. */
const lingerMilliseconds = 60_000;

/** The streams of all channels: who may publish, what is live, and what can still be watched. */
export class StreamRegistry implements LiveStreams, PublishAuthority {
  readonly #options: StreamRegistryOptions;
  /** By channel, while its encoder is connected. */
  readonly #connected = new Map<string, LiveStream>();
  /** By stream id, until it is dropped. */
  readonly #streams = new Map<string, LiveStream>();
  readonly #ending = new Set<Promise<undefined>>();

  constructor(options: StreamRegistryOptions) {
    this.#options = options;
    rmSync(options.folder, { recursive: true, force: true });
  }

  knows(name: string): boolean {
    return name === application;
  }

  resolve({ instance, query }: Pick<PublishRequest, 'instance' | 'query'>): ReturnType<PublishAuthority['resolve']> {
    const { records, book } = this.#options;
    const key = [...records.streamKeys.values()].find(({ value }) => value === instance);
    const channel = key && records.channels.get(key.channelId);
    if (channel === undefined) return { refusal: 'this stream key is not valid' };
    const priority = priorityIn(query);
    const fed = this.#connected.get(channel.id);
    if (fed === undefined) return { sink: this.#begin(channel, Number.isNaN(priority) ? 0 : (priority ?? 0)).entrance() };
    if (priority === undefined) return { refusal: 'another encoder streams to this channel' };
    if (priority > fed.priority && priority <= greatestPriority) return { sink: new TakeoverAttempt(fed, priority, book), isBesideOthers: true };
    book.takeoverFailed(fed.id, 'StreamTakeoverInvalidPriority');
    return { refusal: `priority ${priority} is not above ${fed.priority}, which the stream has, or not at most ${greatestPriority}` };
  }

  #begin(channel: ChannelRecord, priority: number): LiveStream {
    const ended = Promise.withResolvers<undefined>();
    const stream = new LiveStream({
      ...this.#options, channel,
      folder: (streamId) => join(this.#options.folder, streamId),
      record: (streamId, renditions) => this.#options.recordings.begin({ streamId, channel, renditions }),
      onDisconnected: () => this.#connected.delete(channel.id),
      onEnded: (over) => {
        ended.resolve(undefined);
        this.#ending.delete(ended.promise);
        void this.#dropLater(over);
      },
    }, priority);
    this.#connected.set(channel.id, stream);
    this.#streams.set(stream.id, stream);
    this.#ending.add(ended.promise);
    return stream;
  }

  stop(channelId: string): boolean {
    const stream = this.#connected.get(channelId);
    stream?.stop('the stream was stopped');
    return stream !== undefined;
  }

  health(channelId: string): 'HEALTHY' | 'STARVING' | 'UNKNOWN' {
    return this.#connected.get(channelId)?.health ?? 'UNKNOWN';
  }

  viewerCount(channelId: string): number {
    return this.#options.views.count(channelId);
  }

  /** The stream of a channel that can be watched now. */
  live(channelId: string): LiveStream | undefined {
    const live = [...this.#streams.values()].filter(({ channel, state }) => channel.id === channelId && state === 'LIVE');
    return live.at(-1);
  }

  /** A stream by its id, also for a while after its end. */
  stream(streamId: string): LiveStream | undefined {
    return this.#streams.get(streamId);
  }

  /** Records how many streams are live, and how many view them. */
  sample(): void {
    const { metrics } = this.#options;
    metrics.levels([...this.#connected.values()].filter(({ state }) => state === 'LIVE').map((stream) => ({ channelId: stream.channel.id, health: stream.health, views: this.viewerCount(stream.channel.id) })));
  }

  /** Disconnects every encoder and waits for the streams' ends; what does not end in time is ended. */
  async close(): Promise<void> {
    for (const stream of [...this.#connected.values()]) stream.stop('the service stops');
    const late = new AbortController();
    void this.#options.clock.sleep(flushMilliseconds, late.signal).then(() => this.#killAll());
    await Promise.all(this.#ending);
    late.abort();
    for (const stream of this.#streams.values()) stream.drop();
  }

  /** What has ended already takes no harm. */
  #killAll(): void {
    for (const stream of this.#streams.values()) stream.kill();
  }

  async #dropLater(stream: LiveStream): Promise<void> {
    await this.#options.clock.sleep(lingerMilliseconds);
    this.#streams.delete(stream.id);
    stream.drop();
  }
}
