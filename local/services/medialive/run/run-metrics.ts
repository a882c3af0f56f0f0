import type { InputStatus } from '../../../media/relay/input-relay.ts';
import type { RtpCounters } from '../../../media/rtp/receiving.ts';
import type { MetricSink } from '../../../runtime/ports.ts';
import type { PipelineStatus } from './pipeline-run.ts';

const namespace = 'AWS/MediaLive';
/** https://docs.aws.amazon.com/medialive/latest/ug/eml-metrics-global.html: fill is counted to a minute. */
const mostFillMilliseconds = 60_000;

/** What one pipeline of a running channel has done so far. */
export interface PipelineTotals {
  readonly status: PipelineStatus;
  readonly bytesOut: number;
  readonly activeAlerts: number;
  /** Outputs that are written now, by output group. */
  readonly activeOutputs: ReadonlyMap<string, number>;
  /** The endpoints of RTP inputs, by the input's name. */
  readonly rtp: ReadonlyMap<string, RtpCounters>;
  /** Absent on a SINGLE_PIPELINE channel. */
  readonly isLocked?: boolean;
}

/** What is measured of a pipeline beside the rates. */
export interface RunMetricsOptions {
  readonly metrics: MetricSink;
  readonly channelId: string;
  readonly pipeline: string;
  readonly now: number;
  /** The failover pair's primary, where failover is configured. */
  readonly failover?: { readonly primary: string; readonly isPrimaryPreferred: boolean };
  readonly audioDescriptions: readonly string[];
  /** What RTP endpoints had received before the run, by the input's name. */
  readonly rtpBefore: ReadonlyMap<string, RtpCounters>;
}

type Dimensions = Readonly<Record<string, string>>;

/** Records what MediaLive publishes each second for a pipeline while its channel runs: rates and counts from one sample to the next. */
export class RunMetrics {
  readonly #options: RunMetricsOptions;
  #at: number;
  #last = new Map<string, number>();

  constructor(options: RunMetricsOptions) {
    this.#options = options;
    this.#at = options.now;
    for (const [input, counters] of options.rtpBefore) {
      this.#since(`bytes of ${input}`, counters.bytes);
      this.#packets(input, counters);
    }
  }

  sample(totals: PipelineTotals, now: number): void {
    const seconds = (now - this.#at) / 1000;
    if (seconds <= 0) return;
    this.#at = now;
    this.#network(totals, seconds);
    this.#inputs(totals, seconds);
    this.#encode(totals);
    for (const [group, count] of totals.activeOutputs) this.#record('ActiveOutputs', count, 'Count', { OutputGroupName: group });
  }

  /** Counts an answer of 4xx or 5xx from an output's destination. */
  refused(group: string, statusClass: number): void {
    if (statusClass === 4 || statusClass === 5) this.#record(`Output${statusClass}xxErrors`, 1, 'Count', { OutputGroupName: group });
  }

  #network({ status, bytesOut, rtp }: PipelineTotals, seconds: number): void {
    const megabits = (bytes: number): number => (bytes * 8) / 1e6 / seconds;
    const bytesIn = status.inputs.reduce((sum, { name, bytes }) => sum + this.#since(`bytes of ${name}`, rtp.get(name)?.bytes ?? bytes), 0);
    this.#record('NetworkIn', megabits(bytesIn), 'Megabits/Second');
    this.#record('NetworkOut', megabits(this.#since('bytes out', bytesOut)), 'Megabits/Second');
  }

  /** Each input is measured; with the label, the active one alone. */
  #inputs({ status, rtp }: PipelineTotals, seconds: number): void {
    const { failover } = this.#options;
    // Without failover, only the active input is listened to.
    for (const input of status.inputs.filter(({ name }) => failover !== undefined || name === status.activeInput)) {
      const label = failover !== undefined && input.name === status.activeInput ? { ActiveInputFailoverLabel: input.name } : undefined;
      for (const [name, value, unit] of [...this.#pictures(input, seconds), ...this.#packets(input.name, rtp.get(input.name))]) {
        this.#record(name, value, unit);
        if (label !== undefined) this.#record(name, value, unit, label);
      }
    }
    if (failover?.isPrimaryPreferred === true && status.activeInput !== undefined) this.#record('PrimaryInputActive', status.activeInput === failover.primary ? 1 : 0, 'None');
  }

  /** No data before the first input; 0 once it is lost. */
  #pictures({ name, pictures, hasHadInput }: InputStatus, seconds: number): readonly (readonly [string, number, string])[] {
    const shown = this.#since(`pictures of ${name}`, pictures);
    return hasHadInput ? [['InputVideoFrameRate', shown / seconds, 'Count/Second']] : [];
  }

  #packets(input: string, counters: RtpCounters | undefined): readonly (readonly [string, number, string])[] {
    if (counters === undefined) return [];
    return [
      ['RtpPacketsReceived', this.#since(`packets of ${input}`, counters.packetsReceived), 'Count'],
      ['RtpPacketsLost', this.#since(`lost of ${input}`, counters.packetsLost), 'Count'],
      ['InputLossSeconds', this.#since(`loss of ${input}`, counters.lossSeconds), 'Seconds'],
      ['ChannelInputErrorSeconds', this.#since(`errors of ${input}`, counters.errorSeconds), 'Count'],
    ];
  }

  #encode({ status, activeAlerts, isLocked }: PipelineTotals): void {
    this.#record('ActiveAlerts', activeAlerts, 'Count');
    this.#record('FillMsec', Math.min(mostFillMilliseconds, status.fillMilliseconds), 'Count');
    this.#record('DroppedFrames', this.#since('dropped', status.droppedFrames), 'Count');
    // The encoder never trades quality for speed: its preset is fixed.
    this.#record('SvqTime', 0, 'Percent');
    if (isLocked !== undefined) this.#record('PipelinesLocked', isLocked ? 1 : 0, 'None');
    const level = status.inputs.find(({ name }) => name === status.activeInput)?.audioLevelDbfs;
    if (level === undefined) return;
    for (const name of this.#options.audioDescriptions) this.#record('OutputAudioLevelDbfs', level, 'Count', { AudioDescriptionName: name });
  }

  /** How much a total has grown since it was last asked for; a total that began anew counts from 0. */
  #since(what: string, total: number): number {
    const before = this.#last.get(what) ?? 0;
    this.#last.set(what, total);
    return total < before ? total : total - before;
  }

  #record(name: string, value: number, unit: string, more: Dimensions = {}): void {
    const { metrics, channelId, pipeline } = this.#options;
    metrics.record({ namespace, name, dimensions: { ChannelId: channelId, Pipeline: pipeline, ...more }, value, unit });
  }
}
