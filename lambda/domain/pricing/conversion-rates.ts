import type { RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';
import { classUpTo, resolutionClass } from './resolution-class.ts';

/** What decides the class of a converted output on the bill. */
export interface ConversionOutputClass {
  /** MediaConvert's own codec name: `H_264`, `H_265`; absent for an output without video. */
  readonly videoCodec?: string;
  readonly widthPixels?: number;
  readonly heightPixels?: number;
  readonly framesPerSecond?: number;
  /** MediaConvert's quality tuning level: `SINGLE_PASS`, `SINGLE_PASS_HQ`, `MULTI_PASS_HQ`. */
  readonly qualityTuning?: string;
  readonly isAccelerated: boolean;
}

const codecs: Readonly<Record<string, string>> = { H_264: 'AVC', H_265: 'HEVC', AV1: 'AV1', VP8: 'VP8', VP9: 'VP9' };
const qualities: Readonly<Record<string, string>> = { SINGLE_PASS: 'S', SINGLE_PASS_HQ: 'SHQ', MULTI_PASS: 'M', MULTI_PASS_HQ: 'MHQ' };
const resolutions = { SD: 'SD', HD: 'HD', UHD: '4K' } as const;

/** Basic is AVC in a single, not quality-tuned pass without acceleration; everything else is Professional. */
const tierOf = ({ videoCodec, qualityTuning, isAccelerated }: ConversionOutputClass): 'B' | 'P' =>
  videoCodec === 'H_264' && qualityTuning === 'SINGLE_PASS' && !isAccelerated ? 'B' : 'P';

/**
 * How a converted output is rated, each part from the job that ran. A part that is not known matches no SKU, so that
 * the line stays unpriced: such as frame captures, which the list has no price of.
 */
export const conversionCriteria = (region: string, output: ConversionOutputClass): RateCriteria => {
  const { videoCodec, widthPixels, heightPixels, framesPerSecond: frames, qualityTuning } = output;
  if (videoCodec === undefined) return { kind: 'conversion-audio', what: 'conversion without video', region };
  const tier = tierOf(output);
  const codec = codecs[videoCodec] ?? 'UNKNOWN';
  const resolution = widthPixels && heightPixels ? resolutions[resolutionClass(widthPixels, heightPixels)] : 'UNKNOWN';
  const framesPerSecond = frames === undefined ? 'UNKNOWN' : (classUpTo(frames, [30, 60, 120]) ?? 'MORE');
  const quality = qualities[qualityTuning ?? ''] ?? 'UNKNOWN';
  const what = `conversion to ${[tier, codec === 'UNKNOWN' ? videoCodec : codec, resolution, quality, framesPerSecond].join('-')}`;
  return { kind: 'conversion', what, region, tier, codec, resolution, quality, framesPerSecond };
};

const service = 'AWSElementalMediaConvert';
const units = ['minutes', 'minute', 'min'];

/** Finds the SKU of an output with video: `<airport>-<B|P>-<codec>-<SD|HD|4K>-<quality>-<fps>`. */
export const conversionMatcher = ({ tier, codec, resolution, quality, framesPerSecond }: Extract<RateCriteria, { kind: 'conversion' }>): RateMatcher => ({
  service,
  units,
  usageType: new RegExp(`^[A-Z0-9]+-${tier}-${codec}-${resolution}-${quality}-${framesPerSecond}$`),
});

/**
 * Finds the SKU of an output with sound alone. How the list names it is not documented: under another name it is not
 * found, and the line stays unpriced.
 */
export const conversionAudioMatcher: RateMatcher = { service, units, usageType: /^[A-Z0-9]+-[BP]-Audio(?:Only)?$/i };
