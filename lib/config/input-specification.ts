import * as z from 'zod';
import type { Ladder } from './ladders.ts';
import { oneOf } from './quantities.ts';

/** Classes of pictures and of bit rates, the least first. */
const resolutions = ['SD', 'HD', 'UHD'] as const;
const bitrates = ['MAX_10_MBPS', 'MAX_20_MBPS', 'MAX_50_MBPS'] as const;

/** What a channel's inputs declare: MediaLive bills this, whatever arrives. */
export const inputSpecificationSchema = z.strictObject({
  /** What RTMP carries. */
  codec: z.literal('AVC', { error: '"AVC"' }).default('AVC'),
  /** Absent = the class of the ladder's best rung. */
  resolution: oneOf(...resolutions).optional(),
  /** Absent = what carries the ladder's best rung. */
  maximumBitrate: oneOf(...bitrates).optional(),
});

/** What a channel's inputs declare, in full. */
export interface InputSpecification {
  readonly codec: 'AVC';
  readonly resolution: (typeof resolutions)[number];
  readonly maximumBitrate: (typeof bitrates)[number];
}

/** Below 1280×720 is SD, up to 1920×1080 HD, above UHD. */
const resolutionOf = ({ rungs: [{ widthPixels, heightPixels }] }: Ladder): InputSpecification['resolution'] => {
  const [long, short] = [Math.max(widthPixels, heightPixels), Math.min(widthPixels, heightPixels)];
  if (long < 1280 && short < 720) return 'SD';
  return long <= 1920 && short <= 1080 ? 'HD' : 'UHD';
};

const maximumBitrateOf = ({ rungs: [{ videoBitsPerSecond }] }: Ladder): InputSpecification['maximumBitrate'] => {
  if (videoBitsPerSecond <= 10_000_000) return 'MAX_10_MBPS';
  return videoBitsPerSecond <= 20_000_000 ? 'MAX_20_MBPS' : 'MAX_50_MBPS';
};

/** What the inputs of a ladder must declare at least: the class and the rate of its best rung. */
export const leastInputSpecification = (ladder: Ladder): InputSpecification => ({ codec: 'AVC', resolution: resolutionOf(ladder), maximumBitrate: maximumBitrateOf(ladder) });

/** What the inputs declare: what the configuration says, else what the ladder needs. */
export const inputSpecificationOf = (ladder: Ladder, declared: z.output<typeof inputSpecificationSchema> | undefined): InputSpecification => {
  const least = leastInputSpecification(ladder);
  return { codec: 'AVC', resolution: declared?.resolution ?? least.resolution, maximumBitrate: declared?.maximumBitrate ?? least.maximumBitrate };
};

/** Whether the first declares at least what the second does. */
export const declaresAtLeast = (declared: InputSpecification, least: InputSpecification): boolean =>
  resolutions.indexOf(declared.resolution) >= resolutions.indexOf(least.resolution) && bitrates.indexOf(declared.maximumBitrate) >= bitrates.indexOf(least.maximumBitrate);
