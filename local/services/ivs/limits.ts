import type { ChannelType } from '@aws-sdk/client-ivs';

/** Quotas of an account in a Region. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html */
export const quotas = { channels: 5000, recordingConfigurations: 20, playbackKeyPairs: 3, streamKeysOfChannel: 1 } as const;

const sdPixels = 852 * 480;

/** What a picture may measure, on every type of channel: Full HD either way round. */
export const pictureLimits = { edgePixels: 1920, totalPixels: 1920 * 1080 } as const;

/**
 * The bits per second that a channel takes: of BASIC by the picture's size, as there is nothing to be made smaller.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/channel-types.html
 */
export const mostBitsPerSecond = (type: ChannelType, { widthPixels, heightPixels }: { readonly widthPixels: number; readonly heightPixels: number }): number => {
  if (type !== 'BASIC') return 8_500_000;
  return widthPixels * heightPixels <= sdPixels ? 1_500_000 : 3_500_000;
};
