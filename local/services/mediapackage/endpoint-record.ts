import type { Authorization, CmafPackage, DashPackage, HlsPackage, MssPackage, StreamSelection } from '@aws-sdk/client-mediapackage';

/** An origin endpoint as it is kept. It has exactly one of the four packages. */
export interface EndpointRecord {
  readonly id: string;
  readonly guid: string;
  readonly channelId: string;
  readonly manifestName: string;
  readonly description?: string;
  readonly hls?: HlsPackage;
  readonly dash?: DashPackage;
  readonly mss?: MssPackage;
  readonly cmaf?: CmafPackage;
  readonly origination: 'ALLOW' | 'DENY';
  /** Who may read; everyone when it is empty. */
  readonly whitelist: readonly string[];
  readonly authorization?: Authorization;
  /** How far back viewers may start; 0 = they join live. */
  readonly startoverWindowSeconds: number;
  /** How much later than it came media is shown. */
  readonly timeDelaySeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  /** Seconds since the epoch; the `m` of segment URLs. */
  readonly modifiedAt: number;
}

/** How an endpoint cuts segments, how many it shows, and for how long it keeps them. */
export interface PackagingSettings {
  readonly segmentMilliseconds: number;
  /** The longest of its manifests' windows. */
  readonly windowMilliseconds: number;
  readonly delayMilliseconds: number;
  readonly retentionMilliseconds: number;
}

/** The defaults of the service, in seconds, by format. */
export const defaultSegmentSeconds = { HLS: 6, DASH: 2, MSS: 2, CMAF: 6 } as const;
export const defaultWindowSeconds = 60;

/** The settings of an endpoint. */
export const packagingOf = (endpoint: EndpointRecord): PackagingSettings => {
  const { segmentSeconds, windowSeconds } = lengthsOf(endpoint);
  // A player that holds the oldest manifest may still finish it.
  const liveSeconds = 2 * windowSeconds + segmentSeconds;
  return {
    segmentMilliseconds: segmentSeconds * 1000,
    windowMilliseconds: windowSeconds * 1000,
    delayMilliseconds: endpoint.timeDelaySeconds * 1000,
    retentionMilliseconds: (Math.max(liveSeconds, endpoint.startoverWindowSeconds) + endpoint.timeDelaySeconds) * 1000,
  };
};

/** Which renditions an endpoint offers. */
export const selectionOf = ({ hls, dash, mss, cmaf }: EndpointRecord): StreamSelection | undefined => (hls ?? dash ?? mss ?? cmaf)?.StreamSelection;

const lengthsOf = ({ hls, dash, mss, cmaf }: EndpointRecord): { readonly segmentSeconds: number; readonly windowSeconds: number } => {
  if (dash !== undefined) return { segmentSeconds: dash.SegmentDurationSeconds ?? defaultSegmentSeconds.DASH, windowSeconds: dash.ManifestWindowSeconds ?? defaultWindowSeconds };
  if (mss !== undefined) return { segmentSeconds: mss.SegmentDurationSeconds ?? defaultSegmentSeconds.MSS, windowSeconds: mss.ManifestWindowSeconds ?? defaultWindowSeconds };
  if (cmaf !== undefined) {
    const windows = (cmaf.HlsManifests ?? []).map(({ PlaylistWindowSeconds: window }) => window ?? defaultWindowSeconds);
    return { segmentSeconds: cmaf.SegmentDurationSeconds ?? defaultSegmentSeconds.CMAF, windowSeconds: Math.max(...windows, 0) || defaultWindowSeconds };
  }
  return { segmentSeconds: hls?.SegmentDurationSeconds ?? defaultSegmentSeconds.HLS, windowSeconds: hls?.PlaylistWindowSeconds ?? defaultWindowSeconds };
};

/** The format that an endpoint packages. */
export const formatOf = ({ dash, mss, cmaf }: EndpointRecord): 'HLS' | 'DASH' | 'MSS' | 'CMAF' => {
  if (dash !== undefined) return 'DASH';
  if (mss !== undefined) return 'MSS';
  return cmaf === undefined ? 'HLS' : 'CMAF';
};
