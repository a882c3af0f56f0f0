import type { Authorization, HlsPackage } from '@aws-sdk/client-mediapackage';

/** An origin endpoint as it is kept. */
export interface EndpointRecord {
  readonly id: string;
  readonly guid: string;
  readonly channelId: string;
  readonly manifestName: string;
  readonly description?: string;
  readonly hls: HlsPackage;
  readonly origination: 'ALLOW' | 'DENY';
  readonly authorization?: Authorization;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  /** Seconds since the epoch; the `m` of segment URLs. */
  readonly modifiedAt: number;
}

/** How an endpoint cuts segments and how many it shows. */
export interface PackagingSettings {
  readonly segmentMilliseconds: number;
  readonly windowMilliseconds: number;
  readonly programDateTimeIntervalMilliseconds: number;
}

/** The settings of an endpoint, with the service's defaults: segments of 6 s, a window of 60 s, no dates. */
export const packagingOf = ({ hls }: EndpointRecord): PackagingSettings => ({
  segmentMilliseconds: (hls.SegmentDurationSeconds ?? 6) * 1000,
  windowMilliseconds: (hls.PlaylistWindowSeconds ?? 60) * 1000,
  programDateTimeIntervalMilliseconds: (hls.ProgramDateTimeIntervalSeconds ?? 0) * 1000,
});

/** How long media is kept after it was ingested: a player that holds the oldest playlist may still finish it. */
export const retentionOf = (settings: PackagingSettings): number => 2 * settings.windowMilliseconds + settings.segmentMilliseconds;
