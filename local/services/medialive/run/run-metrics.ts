import type { FeedCounters } from '../../../media/encoder/live-feed.ts';
import type { MetricSink } from '../../../runtime/ports.ts';

const namespace = 'AWS/MediaLive';

/** What a running channel has done so far. */
export interface RunTotals {
  readonly feed: FeedCounters;
  readonly bytesOut: number;
  readonly activeAlerts: number;
  /** Outputs that are fed now, by output group. */
  readonly activeOutputs: ReadonlyMap<string, number>;
}

/** Records what MediaLive publishes each second while a channel runs: rates from one sample to the next. */
export class RunMetrics {
  readonly #metrics: MetricSink;
  readonly #dimensions: { readonly ChannelId: string; readonly Pipeline: '0' };
  #last: { readonly at: number; readonly bytesIn: number; readonly pictures: number; readonly bytesOut: number };

  constructor(metrics: MetricSink, channelId: string, now: number) {
    this.#metrics = metrics;
    this.#dimensions = { ChannelId: channelId, Pipeline: '0' };
    this.#last = { at: now, bytesIn: 0, pictures: 0, bytesOut: 0 };
  }

  sample({ feed, bytesOut, activeAlerts, activeOutputs }: RunTotals, now: number): void {
    const seconds = (now - this.#last.at) / 1000;
    if (seconds <= 0) return;
    const megabits = (bytes: number): number => (bytes * 8) / 1e6 / seconds;
    this.#record('NetworkIn', megabits(feed.bytes - this.#last.bytesIn), 'Megabits/Second');
    this.#record('NetworkOut', megabits(bytesOut - this.#last.bytesOut), 'Megabits/Second');
    this.#record('ActiveAlerts', activeAlerts, 'Count');
    // No data before the first input; 0 once it is lost.
    if (feed.hasHadInput) this.#record('InputVideoFrameRate', (feed.pictures - this.#last.pictures) / seconds, 'Count/Second');
    for (const [group, count] of activeOutputs) this.#record('ActiveOutputs', count, 'Count', { OutputGroupName: group });
    this.#last = { at: now, bytesIn: feed.bytes, pictures: feed.pictures, bytesOut };
  }

  /** Counts an answer of 4xx or 5xx from an output's destination. */
  refused(group: string, statusClass: number): void {
    if (statusClass === 4 || statusClass === 5) this.#record(`Output${statusClass}xxErrors`, 1, 'Count', { OutputGroupName: group });
  }

  #record(name: string, value: number, unit: string, more: Readonly<Record<string, string>> = {}): void {
    this.#metrics.record({ namespace, name, dimensions: { ...this.#dimensions, ...more }, value, unit });
  }
}
