/** What is measured of a breakout, in the order of a show. */
export const usageCategories = ['streaming', 'packaging', 'delivery', 'conversion', 'storage'] as const;

export type UsageCategory = (typeof usageCategories)[number];

/**
 * The integer amounts that lines contribute and that roll-ups add, by category; the unit ends the name. An amount that
 * nothing contributed to is absent, which is not 0.
 */
export const categoryMeasures = {
  streaming: ['streamingRunMilliseconds', 'streamingBillableMinutes'],
  packaging: ['packagingIngressBytes', 'packagingEgressBytes'],
  delivery: [
    'deliveryTotalBytes', 'deliveryLoggedBytes', 'deliveryAttributedBytes', 'deliveryMonitoringBytes', 'deliveryUnattributedBytes', 'deliveryUnloggedBytes',
    'deliveryTotalRequests', 'deliveryRequests',
  ],
  conversion: ['conversionMilliseconds', 'conversionBillableSeconds'],
  storage: ['storageBytesHeld', 'storageNanoGigabyteMonths'],
} as const satisfies Record<UsageCategory, readonly string[]>;

/** Each category's charge, and how many of its lines have none although they should. */
export const chargeMeasure = {
  streaming: 'streamingNanoUsd', packaging: 'packagingNanoUsd', delivery: 'deliveryNanoUsd', conversion: 'conversionNanoUsd', storage: 'storageNanoUsd',
} as const satisfies Record<UsageCategory, string>;

export const unpricedMeasure = {
  streaming: 'streamingUnpricedLines', packaging: 'packagingUnpricedLines', delivery: 'deliveryUnpricedLines', conversion: 'conversionUnpricedLines', storage: 'storageUnpricedLines',
} as const satisfies Record<UsageCategory, string>;

/** How many profiles of each status lie under a level. */
export const statusMeasure = { PROVISIONAL: 'provisionalProfiles', FINAL: 'finalProfiles', CORRECTED: 'correctedProfiles' } as const;

/** Every measure by name. */
export const measureNames = [
  ...Object.values(categoryMeasures).flat(),
  ...Object.values(chargeMeasure),
  ...Object.values(unpricedMeasure),
  ...Object.values(statusMeasure),
] as const;

export type Measure = (typeof measureNames)[number];

/** Amounts by measure: of a line, a profile, or any level above it. */
export type Measures = Readonly<Partial<Record<Measure, bigint>>>;

/** The sum, measure by measure; what is absent everywhere stays absent. */
export const sumMeasures = (parts: readonly Measures[]): Measures => {
  const sum: Partial<Record<Measure, bigint>> = {};
  for (const part of parts) {
    for (const name of measureNames) {
      const amount = part[name];
      if (amount !== undefined) sum[name] = (sum[name] ?? 0n) + amount;
    }
  }
  return sum;
};

/**
 * What has to be added to `before` to make it `after`. A measure that only `before` has is taken off; one that
 * `after` has newly, also as 0, is in the answer, so that it appears above.
 */
export const differenceOf = (after: Measures, before: Measures): Measures => {
  const difference: Partial<Record<Measure, bigint>> = {};
  for (const name of measureNames) {
    const is = after[name];
    const was = before[name];
    if (is === was) continue;
    difference[name] = (is ?? 0n) - (was ?? 0n);
  }
  return difference;
};
