/** An Amazon IVS channel, which packages and delivers by itself. */
export interface CamPipeline {
  readonly pipelineId: string;
  readonly name: string;
  readonly kind: 'CAM';
  readonly region: string;
  /** The only account that may book it; absent = every account. */
  readonly accountId?: string;
  readonly channel: {
    readonly channelArn: string;
    readonly type: 'BASIC' | 'STANDARD' | 'ADVANCED_SD' | 'ADVANCED_HD';
    /** Of ADVANCED types; absent = the service's own choice. */
    readonly preset?: 'HIGHER_BANDWIDTH_DELIVERY' | 'CONSTRAINED_BANDWIDTH_DELIVERY';
    readonly latencyMode: 'LOW' | 'NORMAL';
    readonly containerFormat: 'TS' | 'FRAGMENTED_MP4';
    /** Whether every playback needs a token. */
    readonly isPrivate: boolean;
    /** The host that encoders connect to; with its port where that is not 443. */
    readonly ingestEndpoint: string;
    /** The multivariant playlist's URL, without a token. */
    readonly playbackUrl: string;
  };
  readonly recording: {
    readonly bucket: string;
    readonly configurationArn: string;
    /** An encoder that comes back within so many seconds goes on with its recording. */
    readonly reconnectWindowSeconds: number;
  };
}

/** The last part of the channel's ARN, which its metrics go by. */
export const camChannelId = ({ channel }: { readonly channel: Pick<CamPipeline['channel'], 'channelArn'> }): string => channel.channelArn.split('/').at(-1) ?? '';

// Recordings end a moment after their window.
const marginSeconds = 30;

/**
 * Seconds after the stop for which the pipeline stays with its show: a stream that came within the reconnect window
 * would go on with this show's recording. What players have buffered is shorter.
 */
export const camTailSeconds = ({ recording }: Pick<CamPipeline, 'recording'>): number => recording.reconnectWindowSeconds + marginSeconds;
