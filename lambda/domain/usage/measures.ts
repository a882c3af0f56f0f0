/** What is measured of a breakout, in the order of a show. */
export const usageCategories = ['streaming', 'packaging', 'delivery', 'conversion', 'storage'] as const;

export type UsageCategory = (typeof usageCategories)[number];

/** What a line is of: a category, or an account's monthly minimum, which is of all of them. */
export const lineCategories = [...usageCategories, 'minimum'] as const;

export type LineCategory = (typeof lineCategories)[number];

/**
 * The integer amounts that lines contribute and that roll-ups add, by category; the unit ends the name. What IVS is fed and
 * what it delivers (`streamingInput…`, `streamingDelivered…`) is streaming: it has no packaging and delivery apart. An amount that
 * nothing contributed to is absent, which is not 0. `storageOpenBytes` are of objects that are still there when a
 * profile was measured, and `storageOpenByteMilliseconds` their sum of bytes × the instant from which they are not
 * counted yet (milliseconds since the epoch): at t, openBytes × t − openByteMilliseconds have been held beside what is booked.
 * `storageOpenDaily…` say the same of the money that open bytes cost and are charged with, in 10^-12 USD a day.
 */
export const categoryMeasures = {
  streaming: ['streamingRunMilliseconds', 'streamingBillableMinutes', 'streamingIdleChannelMilliseconds', 'streamingIdleInputMilliseconds', 'streamingInputMilliseconds', 'streamingDeliveredMilliseconds'],
  packaging: ['packagingIngressBytes', 'packagingEgressBytes'],
  delivery: [
    'deliveryTotalBytes', 'deliveryLoggedBytes', 'deliveryAttributedBytes', 'deliveryMonitoringBytes', 'deliveryUnattributedBytes', 'deliveryUnloggedBytes',
    'deliveryTotalRequests', 'deliveryRequests',
  ],
  conversion: ['conversionMilliseconds', 'conversionBillableSeconds'],
  storage: [
    'storageBytesHeld', 'storageNanoGigabyteMonths', 'storageOpenBytes', 'storageOpenByteMilliseconds',
    'storageOpenDailyPicoUsd', 'storageOpenDailyPicoUsdMilliseconds', 'storageOpenDailyChargePicoUsd', 'storageOpenDailyChargePicoUsdMilliseconds',
  ],
} as const satisfies Record<UsageCategory, readonly string[]>;

/** What each category costs at AWS's list prices, in 10^-9 USD. A minimum costs nothing. */
export const costMeasure = {
  streaming: 'streamingNanoUsd', packaging: 'packagingNanoUsd', delivery: 'deliveryNanoUsd', conversion: 'conversionNanoUsd', storage: 'storageNanoUsd',
} as const satisfies Record<UsageCategory, string>;

/** What the customer pays for each category by the account's price terms, in 10^-9 USD. */
export const chargeMeasure = {
  streaming: 'streamingChargeNanoUsd', packaging: 'packagingChargeNanoUsd', delivery: 'deliveryChargeNanoUsd', conversion: 'conversionChargeNanoUsd', storage: 'storageChargeNanoUsd',
  minimum: 'minimumChargeNanoUsd',
} as const satisfies Record<LineCategory, string>;

/** How many lines of each category have no price although they should. */
export const unpricedMeasure = {
  streaming: 'streamingUnpricedLines', packaging: 'packagingUnpricedLines', delivery: 'deliveryUnpricedLines', conversion: 'conversionUnpricedLines', storage: 'storageUnpricedLines',
} as const satisfies Record<UsageCategory, string>;

/** How many lines of each category have no data although there should be some, which is not 0. */
export const noDataMeasure = {
  streaming: 'streamingNoDataLines', packaging: 'packagingNoDataLines', delivery: 'deliveryNoDataLines', conversion: 'conversionNoDataLines', storage: 'storageNoDataLines',
} as const satisfies Record<UsageCategory, string>;

/** How many profiles of each status lie under a level. */
export const statusMeasure = { PROVISIONAL: 'provisionalProfiles', FINAL: 'finalProfiles', CORRECTED: 'correctedProfiles' } as const;

/** How many profiles under a level still accrue: what is held goes on after they were measured. */
export const accruingMeasure = 'accruingProfiles';

/** Every measure by name. */
export const measureNames = [
  ...Object.values(categoryMeasures).flat(),
  ...Object.values(costMeasure),
  ...Object.values(chargeMeasure),
  ...Object.values(unpricedMeasure),
  ...Object.values(noDataMeasure),
  ...Object.values(statusMeasure),
  accruingMeasure,
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
