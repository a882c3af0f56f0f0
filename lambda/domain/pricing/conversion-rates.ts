import type { RateCriteria } from './rate-selection.ts';
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
 * How a converted output is rated: `<airport>-<B|P>-<codec>-<SD|HD|4K>-<quality>-<fps>`, each part from the job that
 * ran. A part that is not known matches no SKU, so that the line stays unpriced.
 */
export const conversionCriteria = (region: string, output: ConversionOutputClass): RateCriteria => {
  const { videoCodec, widthPixels, heightPixels, framesPerSecond, qualityTuning } = output;
  const codec = codecs[videoCodec ?? ''] ?? 'UNKNOWN';
  const resolution = widthPixels && heightPixels ? resolutions[resolutionClass(widthPixels, heightPixels)] : 'UNKNOWN';
  const frames = framesPerSecond === undefined ? 'UNKNOWN' : (classUpTo(framesPerSecond, [30, 60, 120]) ?? 'MORE');
  const parts = [tierOf(output), codec, resolution, qualities[qualityTuning ?? ''] ?? 'UNKNOWN', frames];
  return {
    service: 'AWSElementalMediaConvert',
    region,
    what: videoCodec ? `conversion to ${parts.join('-')}` : 'conversion without video',
    usageType: new RegExp(`^[A-Z0-9]+-${parts.join('-')}$`),
    units: ['minutes', 'minute', 'min'],
  };
};
