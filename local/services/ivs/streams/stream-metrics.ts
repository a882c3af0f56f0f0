import type { MetricSink } from '../../../runtime/ports.ts';
import type { IngestSample } from './ingest-meter.ts';

const namespace = 'AWS/IVS';

type Dimensions = Readonly<Record<string, string>>;

/** Records what IVS publishes, under every combination of dimensions. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/stream-health.html */
export class StreamMetrics {
  readonly #metrics: MetricSink;

  constructor(metrics: MetricSink) {
    this.#metrics = metrics;
  }

  /** A second or so of a stream's input; `isStarted` once it has pictures. */
  ingest(channelId: string, { seconds, videoBitsPerSecond, audioBitsPerSecond, framesPerSecond, keyframeIntervalSeconds }: IngestSample, isStarted: boolean): void {
    const of = { Channel: channelId };
    if (isStarted) this.#everywhere('LiveInputTime', [{}, of], seconds, 'Seconds');
    this.#record('IngestVideoBitrate', of, videoBitsPerSecond, 'Bits/Second');
    this.#record('IngestAudioBitrate', of, audioBitsPerSecond, 'Bits/Second');
    this.#record('IngestBitrate', of, videoBitsPerSecond + audioBitsPerSecond, 'Bits/Second');
    this.#record('IngestFramerate', of, framesPerSecond, 'Count/Second');
    if (keyframeIntervalSeconds !== undefined) this.#record('KeyframeInterval', of, keyframeIntervalSeconds, 'Seconds');
  }

  recorded(channelId: string, seconds: number): void {
    this.#everywhere('RecordedTime', [{}, { Channel: channelId }], seconds, 'Seconds');
  }

  /** Seconds of a stream that went to a viewer in a country. */
  delivered(channelId: string, country: string, seconds: number): void {
    this.#everywhere('LiveDeliveredTime', [{}, { Channel: channelId }, { Channel: channelId, ViewerCountryCode: country }], seconds, 'Seconds');
  }

  /** How many streams are live, by their health, and how many view each. */
  levels(streams: readonly { readonly channelId: string; readonly health: string; readonly views: number }[]): void {
    if (streams.length === 0) return;
    this.#record('ConcurrentStreams', {}, streams.length, 'Count');
    for (const health of new Set(streams.map((stream) => stream.health))) this.#record('ConcurrentStreams', { Health: health }, streams.filter((stream) => stream.health === health).length, 'Count');
    this.#record('ConcurrentViews', {}, streams.reduce((sum, { views }) => sum + views, 0), 'Count');
    for (const { channelId, views } of streams) this.#record('ConcurrentViews', { Channel: channelId }, views, 'Count');
  }

  #everywhere(name: string, places: readonly Dimensions[], value: number, unit: string): void {
    for (const dimensions of places) this.#record(name, dimensions, value, unit);
  }

  #record(name: string, dimensions: Dimensions, value: number, unit: string): void {
    this.#metrics.record({ namespace, name, dimensions, value, unit });
  }
}
