import { ratio } from '../amounts.ts';
import { sumMeasures, type LineCategory } from '../measures.ts';
import type { UsageLine } from '../usage-line.ts';

/** Where numbers of a category come from. */
export interface NumberSource {
  readonly category: LineCategory;
  readonly source: string;
  /** What of the source's time was read: the charge periods of its lines. */
  readonly from: string;
  readonly to: string;
  /** Up to when the source had been read: the oldest of its lines. */
  readonly watermark: string;
  /** Logged over total bytes for delivery; null for sources that are whole or not. */
  readonly completeness: string | null;
  readonly hasData: boolean;
  readonly notes: readonly string[];
}

const earliest = (times: readonly string[]): string => times.reduce((one, other) => (other < one ? other : one));
const latest = (times: readonly string[]): string => times.reduce((one, other) => (other > one ? other : one));

const completenessOf = (lines: readonly UsageLine[]): string | null => {
  const { deliveryLoggedBytes, deliveryTotalBytes } = sumMeasures(lines.map(({ adds }) => adds));
  return ratio(deliveryLoggedBytes, deliveryTotalBytes);
};

/** The sources of lines with their windows, watermarks and completeness, in order of the lines. */
export const numberSources = (lines: readonly UsageLine[]): readonly NumberSource[] => {
  const bySource = Map.groupBy(lines, ({ category, source }) => `${category} ${source}`);
  return [...bySource.values()].flatMap((group): readonly NumberSource[] => {
    const [first] = group;
    if (!first) return [];
    return [
      {
        category: first.category,
        source: first.source,
        from: earliest(group.map(({ periodStart }) => periodStart)),
        to: latest(group.map(({ periodEnd }) => periodEnd)),
        watermark: earliest(group.map(({ watermark }) => watermark)),
        completeness: completenessOf(group),
        hasData: group.some(({ quantity }) => quantity !== undefined),
        notes: [...new Set(group.flatMap(({ notes }) => notes))],
      },
    ];
  });
};
