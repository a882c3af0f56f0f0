import type { Rendition } from '../../../media/encoder/rendition.ts';

/** What a channel does when it runs, read from its declaration. */
export interface ChannelPlan {
  readonly roleArn: string;
  /** Each encode once, however many outputs share it. */
  readonly renditions: readonly Rendition[];
  readonly packageGroups: readonly PackageGroup[];
  readonly archiveGroups: readonly ArchiveGroup[];
}

/** A group that feeds a MediaPackage channel; its outputs are the ladder in order. */
export interface PackageGroup {
  readonly name: string;
  readonly mediaPackageChannelId: string;
  /** Indexes of renditions. */
  readonly renditions: readonly number[];
}

/** A group that writes `.ts` objects. */
export interface ArchiveGroup {
  readonly name: string;
  readonly bucket: string;
  readonly keyBase: string;
  readonly rolloverMilliseconds: number;
  readonly outputs: readonly ArchiveOutputPlan[];
}

export interface ArchiveOutputPlan {
  readonly rendition: number;
  /** May hold `$dt$`, `$d$` and `$t$`. */
  readonly nameModifier: string;
  readonly extension: string;
}
