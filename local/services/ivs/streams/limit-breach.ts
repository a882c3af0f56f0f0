import type { ChannelType } from '@aws-sdk/client-ivs';
import { mostBitsPerSecond, pictureLimits } from '../limits.ts';

/** A limit that a stream is beyond, as its event tells it. */
export interface LimitBreach {
  readonly limit_name: 'Ingest Bitrate' | 'Ingest Resolution';
  readonly limit_value: number;
  readonly exceeded_by: number;
  readonly limit_unit: 'bits per second' | 'pixels per edge' | 'total pixels';
}

interface PictureSize {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** The limit that pictures of this size are beyond; `undefined` where there is none. */
export const resolutionBreach = ({ widthPixels, heightPixels }: PictureSize): LimitBreach | undefined => {
  const edge = Math.max(widthPixels, heightPixels);
  if (edge > pictureLimits.edgePixels) return { limit_name: 'Ingest Resolution', limit_value: pictureLimits.edgePixels, exceeded_by: edge - pictureLimits.edgePixels, limit_unit: 'pixels per edge' };
  const total = widthPixels * heightPixels;
  if (total > pictureLimits.totalPixels) return { limit_name: 'Ingest Resolution', limit_value: pictureLimits.totalPixels, exceeded_by: total - pictureLimits.totalPixels, limit_unit: 'total pixels' };
  return undefined;
};

/** The limit that this bit rate is beyond on a channel of this type; `undefined` where there is none. */
export const bitrateBreach = (type: ChannelType, size: PictureSize, bitsPerSecond: number): LimitBreach | undefined => {
  const most = mostBitsPerSecond(type, size);
  return bitsPerSecond > most ? { limit_name: 'Ingest Bitrate', limit_value: most, exceeded_by: Math.round(bitsPerSecond - most), limit_unit: 'bits per second' } : undefined;
};
