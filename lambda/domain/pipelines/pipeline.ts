import type { RanInput, RanOutput } from '../breakouts/channel-run.ts';
import { camTailSeconds, type CamPipeline } from './cam-pipeline.ts';

/** A packaged format of a pipeline. */
export interface PlaybackEndpoint {
  readonly format: 'HLS' | 'DASH' | 'MSS' | 'CMAF';
  readonly endpointId: string;
  /** The packager's own path, which the viewer's URL ends in: `/out/v1/<guid>/index.m3u8`. Absent = the packager has to be asked. */
  readonly path?: string;
  readonly segmentSeconds: number;
  readonly windowSeconds: number;
  /** How far back viewers may start while the show is on; 0 = they join live. */
  readonly startOverSeconds: number;
  readonly isEncrypted: boolean;
}

/** When a channel goes over to its other input by itself, and back. */
export interface InputFailover {
  readonly preference: 'PRIMARY_INPUT_PREFERRED' | 'EQUAL_INPUT_PREFERENCE';
  readonly errorClearMilliseconds: number;
  readonly inputLossMilliseconds: number;
}

/** Who may push, from where. */
export interface InputSecurityGroup {
  readonly groupId: string;
  /** The pipeline's own IPv4 CIDRs, which hold while no show brings others. */
  readonly allowedSources: readonly string[];
}

/** MediaLive, MediaPackage and CloudFront, with an archive. */
export interface ProPipeline {
  readonly pipelineId: string;
  readonly name: string;
  readonly kind: 'PRO';
  readonly region: string;
  /** The only account that may book it; absent = every account. */
  readonly accountId?: string;
  readonly channel: {
    readonly channelId: string;
    readonly channelArn: string;
    readonly channelClass: 'SINGLE_PIPELINE' | 'STANDARD';
    /** In order of preference, by the names of their attachments. */
    readonly inputs: readonly { readonly inputId: string; readonly name: string; readonly type: 'RTMP_PUSH' | 'RTP_PUSH' }[];
    /** Absent = one input, or two that are switched by hand alone. */
    readonly failover?: InputFailover;
    /** Absent = the inputs are in a VPC, whose own security groups decide. */
    readonly inputSecurityGroup?: InputSecurityGroup;
    readonly inputClass: Omit<RanInput, 'name'>;
    readonly outputs: readonly Omit<RanOutput, 'outputGroup'>[];
  };
  readonly packaging: { readonly channelId: string; readonly endpoints: readonly PlaybackEndpoint[] };
  readonly delivery: { readonly distributionId: string; readonly baseUrl: string };
  /** A new file of the archive begins every `rolloverSeconds`. */
  readonly archive: { readonly bucket: string; readonly keyPrefix: string; readonly rolloverSeconds: number };
}

/** What a breakout streams through. */
export type Pipeline = ProPipeline | CamPipeline;

/** The pipelines of a channel, by the service's own names: each has endpoints of its own at every input. */
export const channelPipelines = ({ channel }: Pick<ProPipeline, 'channel'>): readonly ('0' | '1')[] => (channel.channelClass === 'STANDARD' ? ['0', '1'] : ['0']);

/** Reads the pipelines that are deployed. */
export interface PipelineRegistry {
  list(): Promise<readonly Pipeline[]>;
  /** @throws NotFoundError */
  get(pipelineId: string): Promise<Pipeline>;
}

/** Seconds that the longest manifest of the pipeline lists. */
export const manifestWindowSeconds = (pipeline: ProPipeline): number => Math.max(...pipeline.packaging.endpoints.map(({ windowSeconds }) => windowSeconds));

/** Seconds that the packager keeps what a show was, beyond what its manifests list; of a Cam pipeline none. */
export const startOverSeconds = (pipeline: Pipeline): number =>
  pipeline.kind === 'CAM' ? 0 : Math.max(...pipeline.packaging.endpoints.map((endpoint) => endpoint.startOverSeconds));

/**
 * Seconds after the stop in which viewers may still play: manifest window + one segment + 30 s, of the longest endpoint;
 * of a Cam pipeline {@link camTailSeconds}.
 * A start-over window does not lengthen it: it is for who comes late to a show that is on, not for watching after it.
 */
export const playoutTailSeconds = (pipeline: Pipeline): number =>
  pipeline.kind === 'CAM' ? camTailSeconds(pipeline) : Math.max(...pipeline.packaging.endpoints.map(({ windowSeconds, segmentSeconds }) => windowSeconds + segmentSeconds + 30));

/** Seconds that a show may run past its booked end before it is stopped: nobody's last words are cut off by a clock that is a little fast. */
export const hardStopGraceSeconds = 120;

// StopChannel takes up to a minute on AWS [K].
const channelStopSeconds = 60;

/** Seconds between the booked end of one show and the next start: grace, the channel's stop and the playout tail, or the start-over window when that is longer, in whole minutes. */
export const turnaroundSeconds = (pipeline: Pipeline): number =>
  Math.ceil((hardStopGraceSeconds + channelStopSeconds + Math.max(playoutTailSeconds(pipeline), startOverSeconds(pipeline))) / 60) * 60;

/** Whether an account may book the pipeline. */
export const isOpenTo = (pipeline: Pick<Pipeline, 'accountId'>, accountId: string): boolean => pipeline.accountId === undefined || pipeline.accountId === accountId;
