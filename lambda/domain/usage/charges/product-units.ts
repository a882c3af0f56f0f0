import type { Measure, UsageCategory } from '../measures.ts';
import { bytesPerGigabyte } from '../meters/packaging-meter.ts';

/** The unit in which a category is sold at a flat rate. */
export interface ProductUnit {
  readonly unit: 'hour' | 'viewer hour' | 'GB' | 'minute' | 'GB-month';
  /** What is sold: the sum of these measures. */
  readonly measures: readonly Measure[];
  /** What the measures are in. */
  readonly measuredIn: string;
  readonly perUnit: bigint;
}

/** What flat rates are paid for: what was measured, as the usage of a level shows it. */
export const productUnits: Readonly<Record<UsageCategory, ProductUnit>> = {
  streaming: { unit: 'hour', measures: ['streamingRunMilliseconds'], measuredIn: 'milliseconds', perUnit: 3_600_000n },
  packaging: { unit: 'GB', measures: ['packagingIngressBytes', 'packagingEgressBytes'], measuredIn: 'bytes', perUnit: bytesPerGigabyte },
  delivery: { unit: 'GB', measures: ['deliveryAttributedBytes', 'deliveryUnloggedBytes'], measuredIn: 'bytes', perUnit: bytesPerGigabyte },
  conversion: { unit: 'minute', measures: ['conversionMilliseconds'], measuredIn: 'milliseconds', perUnit: 60_000n },
  storage: { unit: 'GB-month', measures: ['storageNanoGigabyteMonths'], measuredIn: 'nano-GB-months', perUnit: 1_000_000_000n },
};

/** What viewers of Cam pipelines are delivered, which is streaming, and no hour of it. */
export const viewerHours: ProductUnit = { unit: 'viewer hour', measures: ['streamingDeliveredMilliseconds'], measuredIn: 'milliseconds', perUnit: 3_600_000n };
