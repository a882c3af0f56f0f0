import { formatDecimal, fraction } from '../pricing/fraction.ts';
import { formatUsd } from '../pricing/usd.ts';
import { categoryMeasures, costMeasure, unpricedMeasure, usageCategories, type Measure, type Measures, type UsageCategory } from './measures.ts';
import { bytesPerGigabyte } from './meters/packaging-meter.ts';
import type { UsageLevel } from './usage-store.ts';

/** Amounts as exact strings; null where nothing has been measured, which is not 0. */
type Amounts<Name extends string> = { readonly [Key in Name]: string | null };

/** Usage of one level and period as people read it. A category is null when nothing of it has been measured or it does not apply. */
export interface UsageView {
  readonly status: 'NONE' | 'PROVISIONAL' | 'FINAL' | 'CORRECTED';
  readonly asOf: string | null;
  readonly categories: {
    readonly streaming: Amounts<'hours' | 'runMilliseconds' | 'billableMinutes' | 'usd'> | null;
    readonly packaging: Amounts<'ingressBytes' | 'egressBytes' | 'gigabytes' | 'usd'> | null;
    readonly delivery: Amounts<
      | 'bytes' | 'gigabytes' | 'requests' | 'attributedBytes' | 'monitoringBytes' | 'unloggedBytes' | 'unattributedBytes'
      | 'edgeBytes' | 'edgeRequests' | 'completeness' | 'usd'
    > | null;
    readonly conversion: Amounts<'minutes' | 'milliseconds' | 'billableSeconds' | 'usd'> | null;
    readonly storage: Amounts<'bytesHeld' | 'gigabytes' | 'gigabyteMonths' | 'usd'> | null;
  };
  readonly totalUsd: string;
  /** Lines whose charge is missing in `usd`, because the price list had not exactly one rate for them. */
  readonly unpriced: readonly { readonly category: UsageCategory; readonly lines: string }[];
}

const places = 9;

const whole = (amount: bigint | undefined): string | null => (amount === undefined ? null : amount.toString());

const per = (amount: bigint | undefined, unit: bigint): string | null => (amount === undefined ? null : formatDecimal(fraction(amount, unit), places));

/** The sum of what there is; undefined when there is none. */
const sumOf = (...amounts: readonly (bigint | undefined)[]): bigint | undefined =>
  amounts.reduce((sum, amount) => (amount === undefined ? sum : (sum ?? 0n) + amount), undefined);

const usd = (amount: bigint | undefined): string | null => (amount === undefined ? null : formatUsd(amount));

/** Logged over total; null without traffic. */
const completeness = (logged: bigint | undefined, total: bigint | undefined): string | null =>
  logged === undefined || total === undefined || total === 0n ? null : formatDecimal(fraction(logged, total), places);

const isMeasured = (measures: Measures, category: UsageCategory): boolean => {
  const names: readonly Measure[] = [...categoryMeasures[category], unpricedMeasure[category]];
  return names.some((name) => measures[name] !== undefined);
};

const statusOf = ({ provisionalProfiles = 0n, correctedProfiles = 0n, finalProfiles = 0n }: Measures): UsageView['status'] => {
  if (provisionalProfiles > 0n) return 'PROVISIONAL';
  if (correctedProfiles > 0n) return 'CORRECTED';
  return finalProfiles > 0n ? 'FINAL' : 'NONE';
};

const deliveryOf = (measures: Measures): UsageView['categories']['delivery'] => {
  const { deliveryAttributedBytes, deliveryUnloggedBytes, deliveryLoggedBytes, deliveryTotalBytes } = measures;
  // Once the edge's total is known, what nobody asked for is 0 and not unknown.
  const known = deliveryTotalBytes === undefined ? undefined : 0n;
  const bytes = sumOf(deliveryAttributedBytes, deliveryUnloggedBytes, known);
  return {
    bytes: whole(bytes),
    gigabytes: per(bytes, bytesPerGigabyte),
    requests: whole(sumOf(measures.deliveryRequests, known)),
    attributedBytes: whole(sumOf(deliveryAttributedBytes, known)),
    monitoringBytes: whole(sumOf(measures.deliveryMonitoringBytes, known)),
    unloggedBytes: whole(sumOf(deliveryUnloggedBytes, known)),
    unattributedBytes: whole(measures.deliveryUnattributedBytes),
    edgeBytes: whole(deliveryTotalBytes),
    edgeRequests: whole(measures.deliveryTotalRequests),
    completeness: completeness(deliveryLoggedBytes, deliveryTotalBytes),
    usd: usd(measures.deliveryNanoUsd),
  };
};

const categoriesOf = (measures: Measures): UsageView['categories'] => {
  const packagingBytes = sumOf(measures.packagingIngressBytes, measures.packagingEgressBytes);
  const ifMeasured = <View>(category: UsageCategory, view: View): View | null => (isMeasured(measures, category) ? view : null);
  return {
    streaming: ifMeasured('streaming', {
      hours: per(measures.streamingRunMilliseconds, 3_600_000n),
      runMilliseconds: whole(measures.streamingRunMilliseconds),
      billableMinutes: whole(measures.streamingBillableMinutes),
      usd: usd(measures.streamingNanoUsd),
    }),
    packaging: ifMeasured('packaging', {
      ingressBytes: whole(measures.packagingIngressBytes),
      egressBytes: whole(measures.packagingEgressBytes),
      gigabytes: per(packagingBytes, bytesPerGigabyte),
      usd: usd(measures.packagingNanoUsd),
    }),
    delivery: ifMeasured('delivery', deliveryOf(measures)),
    conversion: ifMeasured('conversion', {
      minutes: per(measures.conversionMilliseconds, 60_000n),
      milliseconds: whole(measures.conversionMilliseconds),
      billableSeconds: whole(measures.conversionBillableSeconds),
      usd: usd(measures.conversionNanoUsd),
    }),
    storage: ifMeasured('storage', {
      bytesHeld: whole(measures.storageBytesHeld),
      gigabytes: per(measures.storageBytesHeld, bytesPerGigabyte),
      gigabyteMonths: per(measures.storageNanoGigabyteMonths, 1_000_000_000n),
      usd: usd(measures.storageNanoUsd),
    }),
  };
};

/** How a level reads: integers and decimals as exact strings, GB of 2^30 bytes, ratios rounded half-even to 9 decimals. */
export const usageView = ({ measures, asOf }: UsageLevel): UsageView => ({
  status: statusOf(measures),
  asOf: asOf ?? null,
  categories: categoriesOf(measures),
  totalUsd: formatUsd(usageCategories.reduce((sum, category) => sum + (measures[costMeasure[category]] ?? 0n), 0n)),
  unpriced: usageCategories.flatMap((category) => {
    const lines = measures[unpricedMeasure[category]] ?? 0n;
    return lines > 0n ? [{ category, lines: lines.toString() }] : [];
  }),
});
