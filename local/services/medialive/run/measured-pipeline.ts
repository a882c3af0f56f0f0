import type { LossImage } from '../../../media/relay/failover-settings.ts';
import type { RtpCounters } from '../../../media/rtp/receiving.ts';
import type { ChannelRunOptions } from './channel-run.ts';
import { PipelineOutputs } from './pipeline-outputs.ts';
import { PipelineRun } from './pipeline-run.ts';
import { RtpAlerts } from './rtp-alerts.ts';
import { RunMetrics } from './run-metrics.ts';

/** Where a pipeline stands in its channel's run. */
export interface PipelinePlace {
  /** 0 or 1. */
  readonly index: number;
  /** The run's time origin, in milliseconds since the epoch. */
  readonly origin: number;
  readonly lossImage: LossImage;
  readonly onInputChange: (input: string, switchAction: string | undefined) => void;
}

/** A pipeline with what is counted of it. */
export class MeasuredPipeline {
  readonly run: PipelineRun;
  readonly #options: ChannelRunOptions;
  readonly #index: number;
  readonly #metrics: RunMetrics;
  readonly #rtpAlerts: RtpAlerts;
  #bytesOut = 0;

  constructor(options: ChannelRunOptions, { index, origin, lossImage, onInputChange }: PipelinePlace) {
    const { plan, inputKind, clock, ffmpegPath, workFolder, spoolFolder, archive, createRelay, findTarget, channelId, metrics, onHealth } = options;
    this.#options = options;
    this.#index = index;
    const id = String(index);
    const alerts = options.alerts.ofPipeline(id);
    this.#rtpAlerts = new RtpAlerts(alerts);
    this.#metrics = new RunMetrics({
      metrics, channelId, pipeline: id, now: origin, audioDescriptions: plan.audioDescriptions, rtpBefore: this.#rtp(),
      ...(plan.failover === undefined ? {} : { failover: { primary: plan.inputs[0]?.name ?? '', isPrimaryPreferred: plan.failover.preference === 'PRIMARY_INPUT_PREFERRED' } }),
    });
    const outputs = new PipelineOutputs({
      plan, index, origin, clock, alerts, spoolFolder, archive, findTarget,
      onSent: (bytes) => this.sent(bytes),
      onRefused: (group, statusClass) => this.#metrics.refused(group, statusClass),
    });
    this.run = new PipelineRun({ id, plan, inputKind, origin, clock, ffmpegPath, workFolder, alerts, outputs, createRelay, onHealth, lossImage, onInputChange });
  }

  /** Counts what has left. */
  sent(bytes: number): void {
    this.#bytesOut += bytes;
  }

  /** Records what has happened since the last time. `isLocked` is absent where there is no other pipeline. */
  sample(isLocked: boolean | undefined): void {
    const { alerts, clock } = this.#options;
    const rtp = this.#rtp();
    for (const [input, counters] of rtp) this.#rtpAlerts.look(input, counters);
    this.#metrics.sample({
      status: this.run.status, bytesOut: this.#bytesOut, rtp, activeAlerts: alerts.activeCount(this.run.id), activeOutputs: this.run.outputs.active,
      ...(isLocked === undefined ? {} : { isLocked }),
    }, clock.now());
  }

  #rtp(): ReadonlyMap<string, RtpCounters> {
    const { plan, rtpCounters } = this.#options;
    return new Map(plan.inputs.flatMap(({ name, inputId }) => {
      const counters = rtpCounters(inputId, this.#index);
      return counters === undefined ? [] : [[name, counters] as const];
    }));
  }
}
