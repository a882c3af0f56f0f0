import type { RenditionConfiguration, RenditionConfigurationRendition } from '@aws-sdk/client-ivs';
import type { StreamRendition } from '../streams/ladder.ts';

const atMostLines = { FULL_HD: 1080, HD: 720, SD: 480 } as const;
const aboveLines = { FULL_HD: 720, HD: 480, SD: 360 } as const;

/**
 * Which renditions of a stream are recorded, by their place in its ladder. What is chosen and not there is the best one instead; a
 * stream with one rendition has that, whatever is chosen.
 */
export const selectRenditions = ({ renditionSelection, renditions = [] }: RenditionConfiguration, ladder: readonly StreamRendition[]): readonly number[] => {
  if (renditionSelection === 'NONE') return [];
  if (renditionSelection !== 'CUSTOM' || ladder.length === 1) return [...ladder.keys()];
  return [...new Set(renditions.map((one) => placeOf(one, ladder)))].sort((left, right) => left - right);
};

const placeOf = (choice: RenditionConfigurationRendition, ladder: readonly StreamRendition[]): number => {
  if (choice === 'LOWEST_RESOLUTION') return ladder.length - 1;
  const found = ladder.findIndex(({ heightPixels }) => heightPixels <= atMostLines[choice] && heightPixels > aboveLines[choice]);
  return Math.max(0, found);
};
