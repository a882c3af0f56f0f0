import { compare, formatDecimal, reduce, type Fraction } from '../../pricing/fraction.ts';
import type { PricedService, Rate } from '../../pricing/rate.ts';
import { formatUsd } from '../../pricing/usd.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { chargeMeasure, costMeasure, type UsageCategory } from '../measures.ts';
import type { UsageLine } from '../usage-line.ts';
import type { TierAdjustment } from './tier-adjustments.ts';

/** What each service's SKUs are metered for, and what its lines call it. */
const metered: Readonly<Record<PricedService, { readonly category: UsageCategory; readonly service: string }>> = {
  AWSElementalMediaLive: { category: 'streaming', service: 'MediaLive' },
  AWSElementalMediaPackage: { category: 'packaging', service: 'MediaPackage' },
  AWSElementalMediaConvert: { category: 'conversion', service: 'MediaConvert' },
  AmazonCloudFront: { category: 'delivery', service: 'CloudFront' },
  AmazonS3: { category: 'storage', service: 'S3' },
  AmazonIVS: { category: 'streaming', service: 'IVS' },
};

const decimals = 9;

const amount = (quantity: Fraction): string => formatDecimal(quantity, decimals);

/** Begins the keys of these lines. */
const prefix = 'tier/';

/** Whether the holder has some of the SKU rated with other tiers. */
const isPart = ({ ownQuantity, ratedQuantity }: TierAdjustment): boolean => compare(ownQuantity, ratedQuantity) !== 0n;

/** One line a SKU; where the holder's is rated with different tiers, one of each. */
const keyOf = (adjustment: TierAdjustment): string => {
  const { rate, priceBookId = 'month' } = adjustment;
  return isPart(adjustment) ? `${prefix}${rate.sku}/${priceBookId}` : `${prefix}${rate.sku}`;
};

const explained = (adjustment: TierAdjustment): readonly string[] => {
  const { rate, priceBookId, tiers, monthQuantity, ownQuantity, ratedQuantity, monthNanoUsd } = adjustment;
  const part = isPart(adjustment) ? `, which ${amount(ratedQuantity)} of these are rated with` : '';
  return [
    `SKU ${rate.sku}: everybody's month has ${amount(monthQuantity)} ${rate.unit}, of which ${amount(ownQuantity)} are here`,
    ...(priceBookId === undefined ? [] : [`tiers of price book ${priceBookId}${part}`]),
    ...tiers.map(({ tier, quantity, usd }) => `${amount(quantity)} ${rate.unit} from ${tier.from} at ${tier.usdPerUnit} USD (${tier.rateCode}): ${amount(usd)} USD`),
    `${formatUsd(monthNanoUsd)} USD for everybody, shared by quantity to the last 10^-9 USD`,
  ];
};

/** Where a line stands. */
export interface OwnLinePlace {
  readonly owner: 'ACCOUNT' | 'PLATFORM';
  readonly month: string;
  /** When the quantities were read, ISO 8601. */
  readonly asOf: string;
}

/** What a line of a SKU's tiers is, without what it comes to. */
const tierLine = ({ service: pricedService, usageType }: Rate, key: string, { owner, month, asOf }: OwnLinePlace): UsageLine => {
  const { from, to } = monthInterval(month);
  const { category, service } = metered[pricedService];
  return {
    key,
    owner,
    category,
    service,
    dimension: `volume tiers of ${usageType}`,
    month,
    periodStart: isoTime(from),
    periodEnd: isoTime(to),
    source: 'billable quantities of all accounts and overheads',
    watermark: asOf,
    notes: [],
    points: [],
    adds: {},
  };
};

/** Whether a line is of a SKU's tiers. */
export const isTierLine = ({ key }: Pick<UsageLine, 'key'>): boolean => key.startsWith(prefix);

/** The SKU that a line of tiers is of. */
export const skuOfTierLine = ({ key }: Pick<UsageLine, 'key'>): string => key.split('/')[1] ?? '';

/** A line of tiers that are not known, with the reason. It is in no amount. */
export const unknownTierLine = (rate: Rate, place: OwnLinePlace, unpriced: string): UsageLine => ({ ...tierLine(rate, `${prefix}${rate.sku}`, place), unpriced });

/** An adjustment as a line: it tells the month's quantity, its tiers and the share. The customer pays it as any cost, until price terms say otherwise. */
export const tierAdjustmentLine = (adjustment: TierAdjustment, place: OwnLinePlace): UsageLine => {
  const { rate, ratedQuantity, differenceUsd, nanoUsd } = adjustment;
  const { category } = metered[rate.service];
  const { numerator, denominator } = reduce(ratedQuantity);
  const isCharged = place.owner === 'ACCOUNT';
  return {
    ...tierLine(rate, keyOf(adjustment), place),
    billable: { numerator, denominator, unit: rate.unit },
    nanoUsd,
    ...(isCharged ? { chargeNanoUsd: nanoUsd } : {}),
    rounding: `half-even to 9 decimals from ${formatDecimal(differenceUsd, 18)}, then shared by largest remainder`,
    notes: explained(adjustment),
    adds: { [costMeasure[category]]: nanoUsd, ...(isCharged ? { [chargeMeasure[category]]: nanoUsd } : {}) },
  };
};
