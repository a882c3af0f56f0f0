import type { RanChannel, RanInput, RanOutput } from '../breakouts/channel-run.ts';
import type { RateCriteria } from './rate-selection.ts';
import { classUpTo, resolutionClass } from './resolution-class.ts';

type ChannelClass = RanChannel['channelClass'];

const service = 'AWSElementalMediaLive';
const units = ['hrs', 'hours', 'hour'];
/** A usage type is `EML<1 single pipeline|2 standard>-<Region's code>-…`; `EMLA` is MediaLive Anywhere. */
const family = (channelClass: ChannelClass): string => `^EML${channelClass === 'STANDARD' ? '2' : '1'}-[A-Z0-9]+`;
const className = (channelClass: ChannelClass): string => (channelClass === 'STANDARD' ? 'standard' : 'single pipeline');

const maximumMegabits = { MAX_10_MBPS: 10, MAX_20_MBPS: 20, MAX_50_MBPS: 50 } as const;

/** How an input is rated: by what it declares, which is what MediaLive bills, not by what the encoder sends. */
export const inputCriteria = (region: string, channelClass: ChannelClass, input: Omit<RanInput, 'name'>): RateCriteria => {
  const megabits = maximumMegabits[input.maximumBitrate];
  return {
    service,
    region,
    units,
    what: `input ${input.codec} ${input.resolution} up to ${megabits} Mbit/s, ${className(channelClass)}`,
    usageType: new RegExp(`${family(channelClass)}-IN-${input.codec}-${input.resolution}-L${megabits}$`),
    attributes: { codec: input.codec, resolution: input.resolution },
  };
};

/** How an output is rated: codec, resolution, bitrate and frame rate of its own. Above the highest class no SKU is found. */
export const outputCriteria = (region: string, channelClass: ChannelClass, output: Omit<RanOutput, 'name' | 'outputGroup'>): RateCriteria => {
  const resolution = resolutionClass(output.widthPixels, output.heightPixels);
  const megabits = classUpTo(output.bitsPerSecond / 1_000_000, [10, 20, 50]) ?? 'MORE';
  const frames = classUpTo(output.framesPerSecond, [30, 60]) ?? 'MORE';
  return {
    service,
    region,
    units,
    what: `output ${output.codec} ${resolution} up to ${megabits} Mbit/s, up to ${frames} fps, ${className(channelClass)}`,
    usageType: new RegExp(`${family(channelClass)}-OUT-${output.codec}-${resolution}-L${megabits}-${frames}-S$`),
    attributes: { codec: output.codec, resolution },
  };
};

/** What a channel that does not run costs; found by the operation, because its usage type is not documented. */
export const idleChannelCriteria = (region: string): RateCriteria => idle(region, 'idle channel', 'INACTIVE_CHANNEL');

/** What a push input costs while its channel does not run. */
export const idleInputCriteria = (region: string): RateCriteria => idle(region, 'idle push input', 'INACTIVE_INPUT');

const idle = (region: string, what: string, operation: string): RateCriteria => ({
  service,
  region,
  units,
  what,
  usageType: /./,
  requiredAttributes: { operation },
});
