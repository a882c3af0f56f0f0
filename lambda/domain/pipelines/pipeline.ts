import type { RanInput, RanOutput } from '../breakouts/channel-run.ts';

/** A packaged format of a pipeline. */
export interface PlaybackEndpoint {
  readonly format: 'HLS' | 'DASH' | 'MSS' | 'CMAF';
  readonly endpointId: string;
  /** The packager's own path, which the viewer's URL ends in: `/out/v1/<guid>/index.m3u8`. */
  readonly path: string;
  readonly segmentSeconds: number;
  readonly windowSeconds: number;
}

/** What a breakout streams through. */
export interface Pipeline {
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
    readonly inputs: readonly { readonly inputId: string; readonly name: string; readonly type: 'RTMP_PUSH' | 'RTP_PUSH' }[];
    readonly inputClass: Omit<RanInput, 'name'>;
    readonly outputs: readonly Omit<RanOutput, 'outputGroup'>[];
  };
  readonly packaging: { readonly channelId: string; readonly endpoints: readonly PlaybackEndpoint[] };
  readonly delivery: { readonly distributionId: string; readonly baseUrl: string };
  readonly archive: { readonly bucket: string; readonly keyPrefix: string };
}

/** Reads the pipelines that are deployed. */
export interface PipelineRegistry {
  list(): Promise<readonly Pipeline[]>;
  /** @throws NotFoundError */
  get(pipelineId: string): Promise<Pipeline>;
}

/** Seconds after the stop in which viewers may still play: manifest window + one segment + 30 s, of the longest endpoint. */
export const playoutTailSeconds = (pipeline: Pipeline): number =>
  Math.max(...pipeline.packaging.endpoints.map(({ windowSeconds, segmentSeconds }) => windowSeconds + segmentSeconds + 30));

/** Seconds that a show may run past its booked end before it is stopped: nobody's last words are cut off by a clock that is a little fast. */
export const hardStopGraceSeconds = 120;

// StopChannel takes up to a minute on AWS [K].
const channelStopSeconds = 60;

/** Seconds between the booked end of one show and the next start: grace, the channel's stop and the playout tail, in whole minutes. */
export const turnaroundSeconds = (pipeline: Pipeline): number =>
  Math.ceil((hardStopGraceSeconds + channelStopSeconds + playoutTailSeconds(pipeline)) / 60) * 60;

/** Whether an account may book the pipeline. */
export const isOpenTo = (pipeline: Pipeline, accountId: string): boolean => pipeline.accountId === undefined || pipeline.accountId === accountId;
