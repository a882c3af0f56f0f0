import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startLiveEncoder, type LiveEncoder } from '../../../media/encoder/live-encoder.ts';
import type { LossImage } from '../../../media/relay/failover-settings.ts';
import type { InputRelay, InputRelayOptions, InputStatus, Thumbnail } from '../../../media/relay/input-relay.ts';
import type { RelayEvent } from '../../../media/relay/relay-event.ts';
import type { PublisherSink } from '../../../media/rtmp/publishing.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ChannelPlan } from '../settings/channel-plan.ts';
import type { PipelineAlerts } from './alert-board.ts';
import { alertTypes } from './alert-types.ts';
import { InputAlerts, type InputKind } from './input-alerts.ts';
import type { PipelineOutputs } from './pipeline-outputs.ts';

/** Makes the relay of a pipeline. */
export type RelayFactory = (options: InputRelayOptions) => InputRelay;

/** What a pipeline needs. */
export interface PipelineRunOptions {
  /** `0` or `1`. */
  readonly id: string;
  readonly plan: ChannelPlan;
  readonly inputKind: InputKind;
  readonly lossImage: LossImage;
  /** The run's time origin, which the pipelines of a channel share. */
  readonly origin: number;
  readonly clock: Clock;
  readonly ffmpegPath: string;
  readonly workFolder: string;
  readonly alerts: PipelineAlerts;
  readonly outputs: PipelineOutputs;
  readonly createRelay: RelayFactory;
  /** Another input is active; `switchAction` where the schedule said so. */
  readonly onInputChange: (input: string, switchAction: string | undefined) => void;
  /** The pipeline has failed, or produces again. */
  readonly onHealth: () => void;
}

/** What a pipeline is doing, for DescribeChannel and the metrics. */
export interface PipelineStatus {
  readonly id: string;
  readonly activeInput: string | undefined;
  readonly switchAction: string | undefined;
  readonly inputs: readonly InputStatus[];
  readonly fillMilliseconds: number;
  readonly droppedFrames: number;
  readonly isHealthy: boolean;
}

/** A stream that is waited for so long is missing. */
const firstInputPatienceMilliseconds = 5_000;

/** One pipeline of a running channel: its inputs, its encode and its outputs. */
export class PipelineRun {
  readonly id: string;
  readonly outputs: PipelineOutputs;
  readonly inputAlerts: InputAlerts;
  readonly #options: PipelineRunOptions;
  readonly #startedAt: number;
  #relay: InputRelay | undefined;
  #suspending: Promise<void> = Promise.resolve();
  #encodes = 0;
  #isFailing = false;
  #switchAction: string | undefined;
  #droppedBefore = 0;

  constructor(options: PipelineRunOptions) {
    const { id, outputs, alerts, inputKind, plan, clock } = options;
    this.id = id;
    this.outputs = outputs;
    this.#options = options;
    this.#startedAt = clock.now();
    this.inputAlerts = new InputAlerts(alerts, inputKind, plan.failover?.preference === 'PRIMARY_INPUT_PREFERRED' ? plan.inputs[0]?.name : undefined);
    this.#relay = this.#start();
  }

  /** Where an input's media go; `undefined` while the pipeline is down. */
  sink(input: string): PublisherSink | undefined {
    return this.#relay?.sink(input);
  }

  get status(): PipelineStatus {
    const relay = this.#relay;
    return {
      id: this.id, activeInput: relay?.activeInput, switchAction: this.#switchAction, inputs: relay?.inputs ?? [],
      fillMilliseconds: relay?.fillMilliseconds ?? 0, droppedFrames: this.#droppedBefore + (relay?.droppedFrames ?? 0), isHealthy: relay !== undefined && !this.#isFailing,
    };
  }

  thumbnail(): Thumbnail | undefined {
    return this.#relay?.thumbnail();
  }

  /** Makes an input the active one, as the schedule says. */
  switchTo(input: string, action: string): void {
    if (this.#relay === undefined) return;
    this.#switchAction = action;
    this.#relay.switchTo(input);
  }

  /** Says so when an input that is listened to does not come. */
  watchInputs(): void {
    if (this.#options.clock.now() - this.#startedAt < firstInputPatienceMilliseconds) return;
    for (const { name, isPublishing } of this.#relay?.inputs ?? []) {
      if (!isPublishing && this.#listensTo(name)) this.inputAlerts.missing(name);
    }
  }

  /** Takes the pipeline down; what it has encoded is flushed and its outputs stay open. */
  async suspend(): Promise<void> {
    const relay = this.#relay;
    this.#relay = undefined;
    this.#droppedBefore += relay?.droppedFrames ?? 0;
    this.#options.onHealth();
    this.#suspending = relay?.stop() ?? this.#suspending;
    await this.#suspending;
  }

  /** Brings it up again on the same timeline. */
  resume(): void {
    this.#isFailing = false;
    this.#relay ??= this.#start();
    this.#options.onHealth();
  }

  /** Flushes the encode and completes every output. */
  async stop(): Promise<void> {
    await Promise.all([this.#relay?.stop(), this.#suspending]);
    await this.outputs.end();
  }

  kill(): void {
    this.#relay?.kill();
  }

  #start(): InputRelay {
    const { plan, origin, clock, ffmpegPath, lossImage, createRelay } = this.#options;
    const [best] = plan.renditions;
    if (best === undefined) throw new Error('a plan has one rendition at least');
    return createRelay({
      inputs: plan.inputs, ...(plan.failover === undefined ? {} : { failover: plan.failover }),
      lossBehaviour: { ...plan.inputLoss, image: lossImage },
      video: best.video, origin, clock, ffmpegPath, hasThumbnails: plan.hasThumbnails,
      startEncoder: (startMilliseconds) => this.#encode(startMilliseconds),
      onEvent: (event) => this.#tell(event),
    });
  }

  #encode(startMilliseconds: number): LiveEncoder {
    const { plan, ffmpegPath, workFolder, outputs } = this.#options;
    this.#encodes += 1;
    const folder = join(workFolder, `${this.id}-${this.#encodes}`);
    mkdirSync(folder, { recursive: true });
    return startLiveEncoder({
      ffmpegPath, folder, startMilliseconds, renditions: plan.renditions,
      onChunk: (chunk) => {
        this.#encodesAgain();
        outputs.take(chunk);
      },
    });
  }

  #encodesAgain(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#options.alerts.clear(alertTypes.encoderFailure, 'encoder');
    this.#options.onHealth();
  }

  /** Without failover, a channel listens to an input only while it is the active one. */
  #listensTo(input: string): boolean {
    return this.#options.plan.failover !== undefined || this.#relay?.activeInput === input;
  }

  #tell(event: RelayEvent): void {
    if (event.kind === 'ENCODER_CRASHED') {
      this.#isFailing = true;
      this.#options.alerts.raise(alertTypes.encoderFailure, 'encoder', `ffmpeg ended with ${event.report.status}: ${event.report.complaint}`);
      this.#options.onHealth();
    }
    if (event.kind !== 'INPUT_LOST' || this.#listensTo(event.input)) this.inputAlerts.tell(event);
    if (event.kind !== 'ACTIVE_INPUT_CHANGED') return;
    if (event.reason !== 'SCHEDULE') this.#switchAction = undefined;
    if (!this.#listensTo(event.previous)) this.inputAlerts.left(event.previous);
    this.#options.onInputChange(event.input, this.#switchAction);
  }
}
