import type { StreamSelection } from '@aws-sdk/client-mediapackage';
import type { PackagedRendition } from './ingest-session.ts';

/** The renditions that an endpoint offers, in its order. Bounds are of the video's bandwidth. */
export const selectRenditions = (renditions: readonly PackagedRendition[], selection: StreamSelection | undefined): readonly PackagedRendition[] => {
  const { MinVideoBitsPerSecond: least = 0, MaxVideoBitsPerSecond: most = Infinity, StreamOrder: order = 'ORIGINAL' } = selection ?? {};
  const chosen = renditions.filter(({ variant }) => variant.bandwidth >= least && variant.bandwidth <= most);
  if (order === 'ORIGINAL') return chosen;
  const sign = order === 'VIDEO_BITRATE_ASCENDING' ? 1 : -1;
  return chosen.toSorted((one, other) => sign * (one.variant.bandwidth - other.variant.bandwidth));
};
