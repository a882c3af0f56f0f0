import type { Rendition } from '../../../media/encoder/rendition.ts';
import type { FailoverSettings, LossBehaviour } from '../../../media/relay/failover-settings.ts';

/** What a channel does when it runs, read from its declaration. */
export interface ChannelPlan {
  readonly roleArn: string;
  /** 2 for a STANDARD channel. */
  readonly pipelineCount: 1 | 2;
  /** The one that is active first stands first: the primary, where there is failover. */
  readonly inputs: readonly AttachedInput[];
  /** Absent = inputs are switched by the schedule alone. */
  readonly failover?: FailoverSettings;
  readonly inputLoss: InputLossPlan;
  readonly hasThumbnails: boolean;
  /** The names of audio descriptions that are encoded. */
  readonly audioDescriptions: readonly string[];
  /** Each encode once, however many outputs share it. */
  readonly renditions: readonly Rendition[];
  readonly packageGroups: readonly PackageGroup[];
  readonly archiveGroups: readonly ArchiveGroup[];
}

/** An input by the name of its attachment. */
export interface AttachedInput {
  readonly inputId: string;
  readonly name: string;
}

/** What is shown without input. An image has its URL, to be fetched when a run begins. */
export interface InputLossPlan extends Omit<LossBehaviour, 'image'> {
  readonly image: { readonly kind: 'COLOR'; readonly rgb: string } | { readonly kind: 'SLATE'; readonly url: string };
}

/** A group that feeds a MediaPackage channel; its outputs are the ladder in order. */
export interface PackageGroup {
  readonly name: string;
  readonly mediaPackageChannelId: string;
  /** Indexes of renditions. */
  readonly renditions: readonly number[];
}

/** A group that writes `.ts` objects, a copy for each pipeline. */
export interface ArchiveGroup {
  readonly name: string;
  /** By pipeline. */
  readonly locations: readonly ArchiveLocation[];
  readonly rolloverMilliseconds: number;
  readonly outputs: readonly ArchiveOutputPlan[];
}

export interface ArchiveLocation {
  readonly bucket: string;
  readonly keyBase: string;
}

export interface ArchiveOutputPlan {
  readonly rendition: number;
  /** May hold `$dt$`, `$d$` and `$t$`. */
  readonly nameModifier: string;
  readonly extension: string;
}
