import type { RateCriteria } from './rate-criteria.ts';
import type { RateMatcher } from './rate-matcher.ts';

/** The types of IVS channels, which decide what an hour of input costs. */
export const camChannelTypes = ['BASIC', 'STANDARD', 'ADVANCED_SD', 'ADVANCED_HD'] as const;

export type CamChannelType = (typeof camChannelTypes)[number];

/** What an hour that a viewer watches is billed as, the cheapest first. */
export const camOutputClasses = ['SD', 'HD', 'FULL_HD'] as const;

export type CamOutputClass = (typeof camOutputClasses)[number];

/** IVS's billing regions: where viewers are. */
export const camGeographies = ['AP', 'AU', 'EU', 'IN', 'JP', 'KR', 'MEA', 'NA', 'SA'] as const;

export type CamGeography = (typeof camGeographies)[number];

const service = 'AmazonIVS';
const units = ['hrs', 'hours', 'hour'];

/** As the list is taken to spell them; another spelling leaves lines unpriced, and says so. */
const inputTypes: Readonly<Record<CamChannelType, string>> = { BASIC: 'Basic', STANDARD: 'Standard', ADVANCED_SD: 'Advanced SD', ADVANCED_HD: 'Advanced HD' };

const outputTypes: Readonly<Record<CamOutputClass, string>> = { SD: 'SD', HD: 'HD', FULL_HD: 'Full HD' };

const locations: Readonly<Record<CamGeography, string>> = {
  AP: 'Asia Pacific', AU: 'Australia', EU: 'Europe', IN: 'India', JP: 'Japan', KR: 'South Korea', MEA: 'Middle East and Africa', NA: 'North America', SA: 'South America',
};

/** The class of a picture by its lines: up to 480, up to 720, above. Source: https://aws.amazon.com/ivs/pricing/ */
export const camOutputClass = (heightPixels: number): CamOutputClass => {
  if (heightPixels <= 480) return 'SD';
  return heightPixels <= 720 ? 'HD' : 'FULL_HD';
};

const largestLines: Readonly<Record<CamChannelType, number>> = { BASIC: 1080, STANDARD: 1080, ADVANCED_SD: 480, ADVANCED_HD: 720 };

/** The most lines that viewers of a channel's type are given. Source: https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/channel-types.html */
export const largestCamLines = (type: CamChannelType): number => largestLines[type];

/** The highest class that viewers of a channel's type can be given. */
export const largestCamClass = (type: CamChannelType): CamOutputClass => camOutputClass(largestLines[type]);

/** An hour that an encoder streams into a channel of a type. */
export const camInputCriteria = (region: string, channelType: CamChannelType): RateCriteria => ({
  kind: 'cam-input',
  what: `live input, ${inputTypes[channelType]} channel`,
  region,
  channelType,
});

/** An hour that a viewer in a geography watches a rendition of a class. */
export const camOutputCriteria = (region: string, geography: CamGeography, outputClass: CamOutputClass): RateCriteria => ({
  kind: 'cam-output',
  what: `live video to viewers in ${locations[geography]}, ${outputTypes[outputClass]}`,
  region,
  geography,
  outputClass,
});

/** Finds an input's SKU. */
export const camInputMatcher = ({ channelType }: Extract<RateCriteria, { kind: 'cam-input' }>): RateMatcher => ({
  service,
  units,
  usageType: /Input/,
  requiredAttributes: { inputType: inputTypes[channelType] },
});

/** Finds the SKU of delivered hours. */
export const camOutputMatcher = ({ geography, outputClass }: Extract<RateCriteria, { kind: 'cam-output' }>): RateMatcher => ({
  service,
  units,
  usageType: /Output/,
  requiredAttributes: { outputType: outputTypes[outputClass], toLocation: locations[geography] },
});

const byRegionPrefix: readonly (readonly [RegExp, CamGeography])[] = [
  [/^us-/, 'NA'],
  [/^eu-/, 'EU'],
  [/^ap-northeast-1$/, 'JP'],
  [/^ap-northeast-2$/, 'KR'],
  [/^ap-south-1$/, 'IN'],
];

/** The geography that a Region with IVS lies in: what is assumed of viewers whose country nobody tells. */
export const homeCamGeography = (region: string): CamGeography | undefined => byRegionPrefix.find(([prefix]) => prefix.test(region))?.[1];
