import * as z from 'zod';
import type { Ladder } from './ladders.ts';
import { seconds } from './quantities.ts';

/** What MediaPackage can make of a channel: one endpoint each. */
export const formatNames = ['HLS', 'DASH', 'MSS', 'CMAF'] as const;

export type FormatName = (typeof formatNames)[number];

/** MediaPackage's longest manifest. https://docs.aws.amazon.com/mediapackage/latest/ug/limits.html */
const longestWindowSeconds = 300;

/** MediaPackage keeps 14 days. https://docs.aws.amazon.com/mediapackage/latest/ug/time-shifted.html */
const longestStartOverSeconds = 14 * 24 * 3600;

/** A player that starts three segments behind the edge needs so many. */
export const leastSegmentsOfWindow = 3;

const formatSchema = z.strictObject({
  /** A whole number of the ladder's groups of pictures. Absent = as the ladder says: 6, or 2 on the low-latency one. */
  segmentSeconds: seconds(1, 30).optional(),
  /** What a manifest lists: how far a viewer can fall behind. */
  windowSeconds: seconds(3, longestWindowSeconds).default(60),
  /** How far back viewers may start; 0 = they join live. */
  startOverSeconds: seconds(0, longestStartOverSeconds).default(0),
});

/** Every format, or those that are named. `{}` names one with its defaults. */
export const formatsSchema = z.strictObject({
  HLS: formatSchema.optional(),
  DASH: formatSchema.optional(),
  MSS: formatSchema.optional(),
  CMAF: formatSchema.optional(),
});

/** A format of a pipeline with every default filled in. */
export interface Format {
  readonly name: FormatName;
  readonly segmentSeconds: number;
  readonly windowSeconds: number;
  readonly startOverSeconds: number;
}

const everyFormat = formatsSchema.parse({ HLS: {}, DASH: {}, MSS: {}, CMAF: {} });

/** The formats of a pipeline on a ladder, in the order of {@link formatNames}: all four unless the configuration names some. */
export const formatsOf = ({ segmentSeconds }: Ladder, configured: z.output<typeof formatsSchema> = everyFormat): readonly Format[] =>
  formatNames.flatMap((name) => {
    const format = configured[name];
    return format === undefined ? [] : [{ ...format, name, segmentSeconds: format.segmentSeconds ?? segmentSeconds }];
  });
