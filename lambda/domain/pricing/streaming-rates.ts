import type { RanChannel, RanInput, RanOutput } from '../breakouts/channel-run.ts';
import type { RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';
import { classUpTo, resolutionClass } from './resolution-class.ts';

type ChannelClass = RanChannel['channelClass'];
type InputCriteria = Extract<RateCriteria, { kind: 'live-input' }>;
type OutputCriteria = Extract<RateCriteria, { kind: 'live-output' }>;

const service = 'AWSElementalMediaLive';
const units = ['hrs', 'hours', 'hour'];
/** A usage type is `EML<1 single pipeline|2 standard>-<Region's code>-…`; `EMLA` is MediaLive Anywhere. */
const family = (channelClass: ChannelClass): string => `^EML${channelClass === 'STANDARD' ? '2' : '1'}-[A-Z0-9]+`;
const className = (channelClass: ChannelClass): string => (channelClass === 'STANDARD' ? 'standard' : 'single pipeline');

const maximumMegabits = { MAX_10_MBPS: 10, MAX_20_MBPS: 20, MAX_50_MBPS: 50 } as const;

/** How an input is rated: by what it declares, which is what MediaLive bills, not by what the encoder sends. */
export const inputCriteria = (region: string, channelClass: ChannelClass, { codec, resolution, maximumBitrate }: Omit<RanInput, 'name'>): RateCriteria => {
  const megabits = maximumMegabits[maximumBitrate];
  return { kind: 'live-input', what: `input ${codec} ${resolution} up to ${megabits} Mbit/s, ${className(channelClass)}`, region, channelClass, codec, resolution, megabits };
};

/** How an output is rated: codec, resolution, bitrate and frame rate of its own. Above the highest class no SKU is found. */
export const outputCriteria = (region: string, channelClass: ChannelClass, output: Omit<RanOutput, 'name' | 'outputGroup'>): RateCriteria => {
  const { codec, widthPixels, heightPixels } = output;
  const resolution = resolutionClass(widthPixels, heightPixels);
  const megabits = classUpTo(output.bitsPerSecond / 1_000_000, [10, 20, 50]) ?? 'MORE';
  const framesPerSecond = classUpTo(output.framesPerSecond, [30, 60]) ?? 'MORE';
  const what = `output ${codec} ${resolution} up to ${megabits} Mbit/s, up to ${framesPerSecond} fps, ${className(channelClass)}`;
  return { kind: 'live-output', what, region, channelClass, codec, resolution, megabits, framesPerSecond };
};

/** Finds an input's SKU. */
export const inputMatcher = ({ channelClass, codec, resolution, megabits }: InputCriteria): RateMatcher => ({
  service,
  units,
  usageType: new RegExp(`${family(channelClass)}-IN-${codec}-${resolution}-L${megabits}$`),
  attributes: { codec, resolution },
});

/** Finds an output's SKU. */
export const outputMatcher = ({ channelClass, codec, resolution, megabits, framesPerSecond }: OutputCriteria): RateMatcher => ({
  service,
  units,
  usageType: new RegExp(`${family(channelClass)}-OUT-${codec}-${resolution}-L${megabits}-${framesPerSecond}-S$`),
  attributes: { codec, resolution },
});

/** What a channel that does not run costs. */
export const idleChannelCriteria = (region: string): RateCriteria => ({ kind: 'idle-channel', what: 'idle channel', region });

/** What a push input costs while its channel does not run. */
export const idleInputCriteria = (region: string): RateCriteria => ({ kind: 'idle-input', what: 'idle push input', region });

/** Found by the operation, because the usage type is not documented. */
const idle = (operation: string): RateMatcher => ({ service, units, usageType: /./, requiredAttributes: { operation } });

/** Finds an idle channel's SKU. */
export const idleChannelMatcher = idle('INACTIVE_CHANNEL');

/** Finds an idle push input's SKU. */
export const idleInputMatcher = idle('INACTIVE_INPUT');
