import { per, ratio, sumOf, usd, whole, type Amounts, type Quantity } from './amounts.ts';
import { categoryMeasures, chargeMeasure, costMeasure, noDataMeasure, unpricedMeasure, usageCategories, type Measure, type Measures, type UsageCategory } from './measures.ts';
import { bytesPerGigabyte } from './meters/packaging-meter.ts';

/** What a category was measured as, what of it is billable, and what that costs and is charged. */
interface Rated extends Amounts<'usd' | 'chargeUsd'> {
  readonly measured: Quantity;
  readonly billable: Quantity;
}

type DeliveryAmounts =
  | 'bytes' | 'gigabytes' | 'requests' | 'attributedBytes' | 'monitoringBytes' | 'unloggedBytes' | 'unattributedBytes'
  | 'edgeBytes' | 'edgeRequests' | 'completeness';

/** Usage by category; null where nothing of it has been measured, for the reason that its state says. */
export interface CategoryViews {
  readonly streaming: (Amounts<'hours' | 'runMilliseconds' | 'billableMinutes' | 'inputMilliseconds' | 'deliveredMilliseconds' | 'deliveredHours'> & Rated) | null;
  readonly packaging: (Amounts<'ingressBytes' | 'egressBytes' | 'gigabytes'> & Rated) | null;
  readonly delivery: (Amounts<DeliveryAmounts> & Rated) | null;
  readonly conversion: (Amounts<'minutes' | 'milliseconds' | 'billableSeconds'> & Rated) | null;
  readonly storage: (Amounts<'bytesHeld' | 'gigabytes' | 'gigabyteMonths'> & Rated & { readonly held: Quantity }) | null;
}

/**
 * Why a category has amounts or none: MEASURED; NO_DATA = there should be some, and the source has none, or there may
 * be some once all is measured; NOT_APPLICABLE = all is measured, and there is no such thing. A 0 is always measured.
 */
export type CategoryState = 'MEASURED' | 'NO_DATA' | 'NOT_APPLICABLE';

/** The states of all categories. */
export type CategoryStates = { readonly [Category in UsageCategory]: CategoryState };

const isMeasured = (measures: Measures, category: UsageCategory): boolean => {
  const names: readonly Measure[] = [...categoryMeasures[category], unpricedMeasure[category], costMeasure[category]];
  return names.some((name) => measures[name] !== undefined);
};

/** Whether any was streamed through Cam pipelines. */
export const hasCam = ({ streamingInputMilliseconds }: Measures): boolean => streamingInputMilliseconds !== undefined;

/** Whether all that was streamed went through Cam pipelines, which package and deliver by themselves. */
export const isCamAlone = ({ streamingInputMilliseconds, streamingBillableMinutes }: Measures): boolean => streamingInputMilliseconds !== undefined && streamingBillableMinutes === undefined;

const isBuiltIn = (category: UsageCategory): boolean => category === 'packaging' || category === 'delivery';

const stateOf = (measures: Measures, category: UsageCategory, isSettled: boolean): CategoryState => {
  if (isMeasured(measures, category)) return 'MEASURED';
  if (isCamAlone(measures) && isBuiltIn(category) && (measures[noDataMeasure[category]] ?? 0n) === 0n) return 'NOT_APPLICABLE';
  return isSettled && (measures[noDataMeasure[category]] ?? 0n) === 0n ? 'NOT_APPLICABLE' : 'NO_DATA';
};

/** The state of each category at a level where all is measured, or some may still come. */
export const categoryStates = (measures: Measures, isSettled: boolean): CategoryStates => {
  const state = (category: UsageCategory): CategoryState => stateOf(measures, category, isSettled);
  return { streaming: state('streaming'), packaging: state('packaging'), delivery: state('delivery'), conversion: state('conversion'), storage: state('storage') };
};

const rated = (measures: Measures, category: UsageCategory, measured: Quantity, billable: Quantity): Rated => ({
  measured,
  billable,
  usd: usd(measures[costMeasure[category]]),
  chargeUsd: usd(measures[chargeMeasure[category]]),
});

const gigabytes = (bytes: bigint | undefined): Quantity => ({ amount: per(bytes, bytesPerGigabyte), unit: 'GB' });

const millisecondsAnHour = 3_600_000n;

const streamingView = (measures: Measures): CategoryViews['streaming'] => {
  const { streamingRunMilliseconds, streamingBillableMinutes, streamingInputMilliseconds, streamingDeliveredMilliseconds } = measures;
  const hours = per(streamingRunMilliseconds, millisecondsAnHour);
  const billable = sumOf(streamingBillableMinutes === undefined ? undefined : streamingBillableMinutes * 60_000n, streamingInputMilliseconds);
  return {
    hours,
    runMilliseconds: whole(streamingRunMilliseconds),
    billableMinutes: whole(streamingBillableMinutes),
    inputMilliseconds: whole(streamingInputMilliseconds),
    deliveredMilliseconds: whole(streamingDeliveredMilliseconds),
    deliveredHours: per(streamingDeliveredMilliseconds, millisecondsAnHour),
    ...rated(measures, 'streaming', { amount: hours, unit: 'hours' }, { amount: per(billable, millisecondsAnHour), unit: 'hours' }),
  };
};

const packagingView = (measures: Measures): CategoryViews['packaging'] => {
  const { packagingIngressBytes, packagingEgressBytes } = measures;
  const total = gigabytes(sumOf(packagingIngressBytes, packagingEgressBytes));
  return { ingressBytes: whole(packagingIngressBytes), egressBytes: whole(packagingEgressBytes), gigabytes: total.amount, ...rated(measures, 'packaging', total, total) };
};

/** What a level bears of delivery: of its breakouts, and at the platform what is of none. Undefined when nothing of it is known. */
export const deliveredBytes = ({ deliveryAttributedBytes, deliveryUnloggedBytes, deliveryUnattributedBytes, deliveryTotalBytes }: Measures): bigint | undefined =>
  // Once the edge's total is known, what nobody asked for is 0 and not unknown.
  sumOf(deliveryAttributedBytes, deliveryUnloggedBytes, deliveryUnattributedBytes, deliveryTotalBytes === undefined ? undefined : 0n);

const deliveryView = (measures: Measures): CategoryViews['delivery'] => {
  const { deliveryAttributedBytes, deliveryUnloggedBytes, deliveryUnattributedBytes, deliveryLoggedBytes, deliveryTotalBytes } = measures;
  const known = deliveryTotalBytes === undefined ? undefined : 0n;
  const bytes = deliveredBytes(measures);
  return {
    bytes: whole(bytes),
    gigabytes: per(bytes, bytesPerGigabyte),
    requests: whole(sumOf(measures.deliveryRequests, known)),
    attributedBytes: whole(sumOf(deliveryAttributedBytes, known)),
    monitoringBytes: whole(sumOf(measures.deliveryMonitoringBytes, known)),
    unloggedBytes: whole(sumOf(deliveryUnloggedBytes, known)),
    unattributedBytes: whole(sumOf(deliveryUnattributedBytes, known)),
    edgeBytes: whole(deliveryTotalBytes),
    edgeRequests: whole(measures.deliveryTotalRequests),
    completeness: ratio(deliveryLoggedBytes, deliveryTotalBytes),
    ...rated(measures, 'delivery', gigabytes(bytes), gigabytes(bytes)),
  };
};

const conversionView = (measures: Measures): CategoryViews['conversion'] => {
  const { conversionMilliseconds, conversionBillableSeconds } = measures;
  const minutes = per(conversionMilliseconds, 60_000n);
  const counted = { minutes, milliseconds: whole(conversionMilliseconds), billableSeconds: whole(conversionBillableSeconds) };
  return { ...counted, ...rated(measures, 'conversion', { amount: minutes, unit: 'minutes' }, { amount: per(conversionBillableSeconds, 60n), unit: 'minutes' }) };
};

const storageView = (measures: Measures): CategoryViews['storage'] => {
  const held = gigabytes(measures.storageBytesHeld);
  const gigabyteMonths = per(measures.storageNanoGigabyteMonths, 1_000_000_000n);
  const months: Quantity = { amount: gigabyteMonths, unit: 'GB-months' };
  return { bytesHeld: whole(measures.storageBytesHeld), gigabytes: held.amount, gigabyteMonths, held, ...rated(measures, 'storage', months, months) };
};

const viewOf = { streaming: streamingView, packaging: packagingView, delivery: deliveryView, conversion: conversionView, storage: storageView } as const;

/** Usage by category, in the units of the product: GB are 2^30 bytes. */
export const categoryViews = (measures: Measures): CategoryViews => {
  const ifMeasured = <View>(category: UsageCategory, view: (measures: Measures) => View): View | null => (isMeasured(measures, category) ? view(measures) : null);
  return {
    streaming: ifMeasured('streaming', viewOf.streaming),
    packaging: ifMeasured('packaging', viewOf.packaging),
    delivery: ifMeasured('delivery', viewOf.delivery),
    conversion: ifMeasured('conversion', viewOf.conversion),
    storage: ifMeasured('storage', viewOf.storage),
  };
};

/** Lines of each category whose charge is missing, where there are some. */
export const unpricedLines = (measures: Measures): readonly { readonly category: UsageCategory; readonly lines: string }[] =>
  usageCategories.flatMap((category) => {
    const lines = measures[unpricedMeasure[category]] ?? 0n;
    return lines > 0n ? [{ category, lines: lines.toString() }] : [];
  });
