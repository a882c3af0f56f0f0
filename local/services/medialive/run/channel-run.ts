import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startLiveEncoder, type EncodedChunk, type LiveEncoder } from '../../../media/encoder/live-encoder.ts';
import { LiveFeed } from '../../../media/encoder/live-feed.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { EventSink, MetricSink } from '../../../runtime/ports.ts';
import { ArchiveOutput } from '../archive/archive-output.ts';
import type { ChannelPlan } from '../settings/channel-plan.ts';
import { AlertBoard } from './alert-board.ts';
import type { IngestTarget } from './ingest-client.ts';
import { PackageOutput } from './package-output.ts';
import { RunMetrics } from './run-metrics.ts';

/** What a run needs of the world. */
export interface ChannelRunOptions {
  readonly channelId: string;
  readonly channelArn: string;
  readonly plan: ChannelPlan;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly ffmpegPath: string;
  /** For chunks on their way; emptied at the end. */
  readonly workFolder: string;
  /** For archive objects until they are uploaded. */
  readonly spoolFolder: string;
  findTarget(mediaPackageChannelId: string): Promise<IngestTarget>;
  readonly archive: ArchiveStore;
}

/** Where complete archive objects go. */
export interface ArchiveStore {
  expect(file: string, bucket: string, key: string): void;
  upload(file: string, bucket: string, key: string): Promise<void>;
}

const sampleMilliseconds = 1000;

/** One run of a channel: takes the input, encodes each rendition once, and feeds every output group. */
export class ChannelRun {
  readonly feed: LiveFeed;
  readonly alerts: AlertBoard;
  readonly #options: ChannelRunOptions;
  readonly #metrics: RunMetrics;
  readonly #packages: readonly PackageOutput[];
  readonly #archives: readonly ArchiveOutput[];
  readonly #ended = new AbortController();
  readonly #deliveries = new Set<Promise<void>>();
  #encodes = 0;
  #bytesOut = 0;

  constructor(options: ChannelRunOptions) {
    const { plan, clock, events, metrics, channelId, channelArn } = options;
    this.#options = options;
    this.alerts = new AlertBoard(events, channelArn);
    this.#metrics = new RunMetrics(metrics, channelId, clock.now());
    this.feed = new LiveFeed({
      startEncoder: (hasAudio) => this.#startEncoder(hasAudio),
      onCrash: ({ status, complaint }) => this.alerts.raise('Encoder Failure', 'encoder', `ffmpeg ended with ${status}: ${complaint}`),
      onUnsupported: () => this.alerts.raise('Unsupported Input', 'input', 'the input is not H.264 in FLV'),
      now: () => clock.now(),
    });
    const startedAt = clock.now();
    this.#packages = plan.packageGroups.map((group) => new PackageOutput({
      group, renditions: plan.renditions, alerts: this.alerts, clock,
      findTarget: () => options.findTarget(group.mediaPackageChannelId),
      onSent: (bytes) => this.#sent(bytes),
      onRefused: (statusClass) => this.#metrics.refused(group.name, statusClass),
    }));
    this.#archives = plan.archiveGroups.flatMap((group) => group.outputs.map((output) => new ArchiveOutput({
      group, output, startedAt, spoolFolder: options.spoolFolder, alerts: this.alerts,
      opened: (file, key) => options.archive.expect(file, group.bucket, key),
      upload: (file, key) => options.archive.upload(file, group.bucket, key),
    })));
  }

  /** Samples metrics until the run ends. */
  async measure(): Promise<void> {
    const { clock } = this.#options;
    for (;;) {
      await clock.sleep(sampleMilliseconds, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      this.#sample();
    }
  }

  /** Ends the input, flushes the encode and completes every output. */
  async stop(): Promise<void> {
    await this.feed.stop();
    await Promise.all(this.#deliveries);
    await Promise.all([...this.#packages, ...this.#archives].map((output) => output.end()));
    this.#sample();
    this.#end();
  }

  /** Ends at once. What was complete is kept for the next start. */
  kill(): void {
    this.feed.kill();
    this.#end();
  }

  /** Counts what left through another way than the packager. */
  sent(bytes: number): void {
    this.#sent(bytes);
  }

  #end(): void {
    this.#ended.abort();
    rmSync(this.#options.workFolder, { recursive: true, force: true });
  }

  #startEncoder(hasAudio: boolean): LiveEncoder {
    const { plan, clock, ffmpegPath, workFolder } = this.#options;
    this.#encodes += 1;
    const isAnew = this.#encodes > 1;
    const folder = join(workFolder, String(this.#encodes));
    mkdirSync(folder, { recursive: true });
    const startedAt = clock.now();
    const elapsed = plan.renditions.map(() => 0);
    return startLiveEncoder({
      ffmpegPath, folder, hasAudio, renditions: plan.renditions,
      onChunk: (chunk) => {
        const before = elapsed[chunk.rendition] ?? 0;
        elapsed[chunk.rendition] = before + chunk.durationMilliseconds;
        this.alerts.clear('Encoder Failure', 'encoder');
        this.#deliver(chunk, startedAt + before + this.feed.gapMilliseconds, isAnew && before === 0);
      },
    });
  }

  #deliver(chunk: EncodedChunk, programDateTime: number, isDiscontinuous: boolean): void {
    const piece = { ...chunk, programDateTime, isDiscontinuous };
    const delivery = Promise.all([...this.#packages, ...this.#archives].map((output) => output.take(piece)))
      .then(() => rm(chunk.file, { force: true }))
      .finally(() => this.#deliveries.delete(delivery));
    this.#deliveries.add(delivery);
  }

  #sent(bytes: number): void {
    this.#bytesOut += bytes;
  }

  #sample(): void {
    const { plan, clock } = this.#options;
    const isFed = this.feed.isFed;
    const groups = [...plan.packageGroups.map(({ name, renditions }) => [name, renditions.length] as const), ...plan.archiveGroups.map(({ name, outputs }) => [name, outputs.length] as const)];
    this.#metrics.sample({
      feed: this.feed.counters, bytesOut: this.#bytesOut, activeAlerts: this.alerts.activeCount,
      activeOutputs: new Map(groups.map(([name, count]) => [name, isFed ? count : 0])),
    }, clock.now());
  }
}
