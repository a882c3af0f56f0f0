import { rmSync } from 'node:fs';
import { chunkSecondsOf, type Rendition } from '../../../media/encoder/rendition.ts';
import type { LossImage } from '../../../media/relay/failover-settings.ts';
import type { Thumbnail } from '../../../media/relay/input-relay.ts';
import type { PublisherSink } from '../../../media/rtmp/publishing.ts';
import type { RtpCounters } from '../../../media/rtp/receiving.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { EventSink, MetricSink } from '../../../runtime/ports.ts';
import type { ChannelPlan } from '../settings/channel-plan.ts';
import type { AlertBoard } from './alert-board.ts';
import type { InputKind } from './input-alerts.ts';
import type { IngestTarget } from './ingest-client.ts';
import { MeasuredPipeline } from './measured-pipeline.ts';
import type { ArchiveStore } from './pipeline-outputs.ts';
import type { PipelineStatus, RelayFactory } from './pipeline-run.ts';

/** What a run needs of the world. */
export interface ChannelRunOptions {
  readonly channelId: string;
  readonly channelArn: string;
  readonly plan: ChannelPlan;
  readonly inputKind: InputKind;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly metrics: MetricSink;
  readonly alerts: AlertBoard;
  readonly ffmpegPath: string;
  /** For chunks on their way; emptied at the end. */
  readonly workFolder: string;
  /** For archive objects until they are uploaded. */
  readonly spoolFolder: string;
  readonly archive: ArchiveStore;
  readonly createRelay: RelayFactory;
  readonly findTarget: (mediaPackageChannelId: string, ingestEndpoint: number) => Promise<IngestTarget>;
  /** Fetches the image that is shown without input; black where it cannot be had. */
  readonly findLossImage: () => Promise<LossImage>;
  readonly rtpCounters: (inputId: string, source: number) => RtpCounters | undefined;
  /** A pipeline has failed, or produces again. */
  readonly onHealth: () => void;
}

const black: LossImage = { kind: 'COLOR', rgb: '000000' };
const sampleMilliseconds = 1000;

/** One run of a channel: a pipeline or two on one timeline, from RUNNING until it is stopped. */
export class ChannelRun {
  readonly alerts: AlertBoard;
  readonly #options: ChannelRunOptions;
  readonly #ended = new AbortController();
  #lossImage: LossImage | undefined;
  #isStopping = false;
  #healthy = 0;
  #pipelines: readonly MeasuredPipeline[] = [];

  constructor(options: ChannelRunOptions) {
    this.#options = options;
    this.alerts = options.alerts;
  }

  /** Fetches what has to be there before the channel runs. */
  async prepare(): Promise<void> {
    this.#lossImage = await this.#options.findLossImage();
  }

  /** Begins to take inputs and to produce outputs. Its time origin is now. */
  start(): void {
    const { plan, clock } = this.#options;
    if (this.#isStopping) return;
    const origin = clock.now();
    this.#healthy = plan.pipelineCount;
    const options = { ...this.#options, onHealth: () => this.#followHealth() };
    const lossImage = this.#lossImage ?? black;
    this.#pipelines = Array.from({ length: plan.pipelineCount }, (_, index) =>
      new MeasuredPipeline(options, { index, origin, lossImage, onInputChange: (input, action) => this.#announce(String(index), input, action) }));
    void this.#measure();
  }

  /** Where a source of an input goes; `undefined` while its pipeline does not run. */
  sink(input: string, source: number): PublisherSink | undefined {
    return this.#pipelines[source]?.run.sink(input);
  }

  get pipelines(): readonly PipelineStatus[] {
    return this.#pipelines.map(({ run }) => run.status);
  }

  get healthyPipelines(): number {
    return this.pipelines.filter(({ isHealthy }) => isHealthy).length;
  }

  /** Makes an input the active one in every pipeline, as an action of the schedule says. */
  switchTo(input: string, action: string): void {
    for (const { run } of this.#pipelines) run.switchTo(input, action);
  }

  /** What the pipeline's active input shows; `undefined` where there is nothing to show. */
  thumbnail(pipelineId: string): Thumbnail | undefined {
    return this.#pipelines.find(({ run }) => run.id === pipelineId)?.run.thumbnail();
  }

  /** Tells what a source of an input sends that cannot be decoded. */
  undecodable(input: string, source: number, reason: string): void {
    this.#pipelines[source]?.run.inputAlerts.undecodable(input, reason);
  }

  /** Takes a pipeline down and answers how to bring it up again. */
  async suspend(pipelineId: string): Promise<() => void> {
    const found = this.#pipelines.find(({ run }) => run.id === pipelineId)?.run;
    await found?.suspend();
    return () => {
      if (!this.#isStopping) found?.resume();
    };
  }

  /** Counts what left through another way than the packager. */
  sent(bytes: number, pipeline: number): void {
    this.#pipelines[pipeline]?.sent(bytes);
  }

  /** Ends the inputs, flushes the encodes and completes every output. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#pipelines.map(({ run }) => run.stop()));
    this.#sample();
    this.#end();
    this.alerts.clearAll();
  }

  /** Ends at once. What was complete is kept for the next start. */
  kill(): void {
    this.#isStopping = true;
    for (const { run } of this.#pipelines) run.kill();
    this.#end();
  }

  #end(): void {
    this.#ended.abort();
    rmSync(this.#options.workFolder, { recursive: true, force: true });
  }

  async #measure(): Promise<void> {
    for (;;) {
      await this.#options.clock.sleep(sampleMilliseconds, this.#ended.signal);
      if (this.#ended.signal.aborted) return;
      for (const { run } of this.#pipelines) run.watchInputs();
      this.#sample();
    }
  }

  /** Tells a change once, however often an encode fails. */
  #followHealth(): void {
    const before = this.#healthy;
    this.#healthy = this.healthyPipelines;
    if (this.#healthy !== before) this.#options.onHealth();
  }

  #announce(pipeline: string, input: string, action: string | undefined): void {
    const { events, channelArn } = this.#options;
    events.emit({
      source: 'aws.medialive',
      detailType: 'MediaLive Channel Input Change',
      resources: [channelArn],
      detail: {
        pipeline, channel_arn: channelArn, message: 'Input switch event on pipeline', active_input_attachment_name: input,
        ...(action === undefined ? {} : { active_input_switch_action_name: action }),
      },
    });
  }

  #sample(): void {
    const { renditions, pipelineCount } = this.#options.plan;
    const isLocked = pipelineCount === 1 ? undefined : areLocked(this.#pipelines.map(({ run }) => run.outputs.lastStart), renditions);
    for (const pipeline of this.#pipelines) pipeline.sample(isLocked);
  }
}

/** Pipelines are locked while their chunks begin on one grid; one may be a few chunks ahead. */
const areLocked = (starts: readonly (number | undefined)[], [best]: readonly Rendition[]): boolean => {
  const [one, other] = starts;
  if (one === undefined || other === undefined || best === undefined) return false;
  const chunks = Math.abs(one - other) / (chunkSecondsOf(best.video) * 1000);
  return chunks < mostChunksApart && Math.abs(chunks - Math.round(chunks)) < offGrid;
};

const mostChunksApart = 3.5;
/** A part of a chunk: what rounding to milliseconds makes at most. */
const offGrid = 0.01;
