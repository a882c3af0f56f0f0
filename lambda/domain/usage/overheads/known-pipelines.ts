import type { CamChannelType } from '../../pricing/cam-rates.ts';
import type { ChannelClasses } from './unheld-runs.ts';

interface KnownSome {
  readonly pipelineId: string;
  readonly region: string;
  /** When it was seen first and last, milliseconds since the epoch. */
  readonly knownSince: number;
  readonly lastSeenAt: number;
}

/** A Pro pipeline that is known. */
export interface KnownProPipeline extends KnownSome {
  readonly kind: 'PRO';
  readonly distributionId: string;
  /** Inputs that are pushed to, which cost while the channel does not run. */
  readonly pushInputs: number;
  /** What its channel is billed by when it runs; absent of pipelines that were gone before it was noted. */
  readonly channel?: ChannelClasses;
}

/** A Cam pipeline that is known, with its channel as it was seen last. */
export interface KnownCamPipeline extends KnownSome {
  readonly kind: 'CAM';
  readonly channelArn: string;
  readonly channelType: CamChannelType;
}

/** A pipeline that is deployed, or was: from when to when it is known to have been there. */
export type KnownPipeline = KnownProPipeline | KnownCamPipeline;

/** A pipeline that is seen now. */
export type SeenPipeline = Omit<KnownProPipeline, 'knownSince'> | Omit<KnownCamPipeline, 'knownSince'>;

/** Remembers pipelines beyond their registration. */
export interface KnownPipelines {
  /** Notes that a pipeline is there; the first time counts as since when. */
  see(pipeline: SeenPipeline): Promise<void>;
  list(): Promise<readonly KnownPipeline[]>;
}
