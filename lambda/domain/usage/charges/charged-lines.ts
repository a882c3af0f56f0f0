import { add, formatDecimal, fraction, multiply, parseDecimal, type Fraction } from '../../pricing/fraction.ts';
import type { PriceTerms } from '../../pricing/terms/price-terms.ts';
import { toNanoUsd } from '../../pricing/usd.ts';
import { accruingCharge, accruingChargeMeasures } from '../accruing-money.ts';
import { isTierLine } from '../own-lines/tier-adjustment-line.ts';
import { chargeMeasure, sumMeasures, usageCategories, type LineCategory, type Measures, type UsageCategory } from '../measures.ts';
import type { UsageLine } from '../usage-line.ts';
import { productUnits, viewerHours, type ProductUnit } from './product-units.ts';

/** Begins the keys of lines that terms add. */
const prefix = 'charge/';

const chargeNames = (category: LineCategory): readonly string[] => [chargeMeasure[category], ...(category === 'storage' ? accruingChargeMeasures : [])];

const withoutCharge = ({ chargeNanoUsd: _charge, chargedBy: _by, ...line }: UsageLine): UsageLine => ({
  ...line,
  adds: Object.fromEntries(Object.entries(line.adds).filter(([name]) => !chargeNames(line.category).includes(name))),
});

/** A charge, how it came to be, and what goes on being charged of what is still held. */
interface Charge {
  readonly chargeNanoUsd: bigint;
  readonly chargedBy?: string;
  readonly accruing: Measures;
}

const withCharge = (line: UsageLine, { chargeNanoUsd, chargedBy, accruing }: Charge): UsageLine => ({
  ...withoutCharge(line),
  chargeNanoUsd,
  ...(chargedBy === undefined ? {} : { chargedBy }),
  adds: { ...withoutCharge(line).adds, [chargeMeasure[line.category]]: chargeNanoUsd, ...accruing },
});

const listPrice = ({ rate }: UsageLine): Fraction => parseDecimal(rate?.usdPerUnit ?? '0');

/** What a line costs before it was rounded. */
const exactCost = ({ billable, rate, nanoUsd = 0n }: UsageLine): Fraction =>
  billable && rate ? multiply(fraction(billable.numerator, billable.denominator), parseDecimal(rate.usdPerUnit)) : fraction(nanoUsd, 1_000_000_000n);

const rounded = (exact: Fraction): string => `half-even to 9 decimals from ${formatDecimal(exact, 18)}`;

/** Whether a line is of what viewers of a Cam pipeline were delivered: hours, or their volume tiers. What IVS takes in has none. */
const isViewed = ({ category, service, key, adds }: UsageLine): boolean =>
  category === 'streaming' && service === 'IVS' && (adds.streamingDeliveredMilliseconds !== undefined || isTierLine({ key }));

/** The rate at which what a line is of is sold, instead of what it costs. */
const flatRateOf = (line: UsageLine, { flatUsd, viewerHourUsd }: PriceTerms): string | undefined => {
  if (line.category === 'minimum') return undefined;
  return isViewed(line) ? viewerHourUsd : flatUsd[line.category];
};

/** A line's own charge: what it costs, with the mark-up of its category; none where what it is of has a flat rate, or nobody pays. */
const chargedLine = (line: UsageLine, terms: PriceTerms | undefined): UsageLine => {
  const { category, nanoUsd, owner } = line;
  if (nanoUsd === undefined || category === 'minimum' || owner === 'PLATFORM') return withoutCharge(line);
  if (terms && flatRateOf(line, terms) !== undefined) return withoutCharge(line);
  const percent = terms?.markUpPercent[category];
  if (terms === undefined || percent === undefined) return withCharge(line, { chargeNanoUsd: nanoUsd, accruing: accruingCharge(line.adds, line.month, listPrice(line)) });
  const factor = add(fraction(1n), multiply(parseDecimal(percent), fraction(1n, 100n)));
  const exact = multiply(exactCost(line), factor);
  const chargedBy = `price terms ${terms.termsId}: cost and ${percent} %, ${rounded(exact)}`;
  return withCharge(line, { chargeNanoUsd: toNanoUsd(exact), chargedBy, accruing: accruingCharge(line.adds, line.month, multiply(listPrice(line), factor)) });
};

/** The quantity that is sold, of some lines; undefined when nothing of it was measured. */
const soldOf = (lines: readonly UsageLine[], { measures }: ProductUnit): bigint | undefined =>
  lines.flatMap(({ adds }) => measures.flatMap((name) => adds[name] ?? [])).reduce<bigint | undefined>((sum, one) => (sum ?? 0n) + one, undefined);

interface Sale {
  readonly key: string;
  readonly dimension: string;
  readonly category: UsageCategory;
  readonly product: ProductUnit;
  readonly usdPerUnit: string;
}

/** One line that carries a charge and no cost, for what some lines measured. */
const saleLine = (lines: readonly UsageLine[], { key, dimension, category, product, usdPerUnit }: Sale, { termsId }: PriceTerms): readonly UsageLine[] => {
  const [first] = lines;
  const sold = soldOf(lines, product);
  if (first === undefined || sold === undefined) return [];
  const exact = multiply(fraction(sold, product.perUnit), parseDecimal(usdPerUnit));
  const sale: UsageLine = {
    key: `${prefix}${key}`,
    owner: first.owner,
    category,
    service: 'price terms',
    dimension,
    month: first.month,
    periodStart: lines.map(({ periodStart }) => periodStart).reduce((one, other) => (other < one ? other : one)),
    periodEnd: lines.map(({ periodEnd }) => periodEnd).reduce((one, other) => (other > one ? other : one)),
    source: `price terms ${termsId}`,
    watermark: lines.map(({ watermark }) => watermark).reduce((one, other) => (other > one ? other : one)),
    quantity: { amount: sold, unit: product.measuredIn },
    billable: { numerator: sold, denominator: product.perUnit, unit: product.unit },
    ...(first.accrues ? { accrues: true } : {}),
    notes: [],
    points: [],
    adds: {},
  };
  const accruing = category === 'storage' ? accruingCharge(sumMeasures(lines.map(({ adds }) => adds)), first.month, parseDecimal(usdPerUnit)) : {};
  return [withCharge(sale, { chargeNanoUsd: toNanoUsd(exact), chargedBy: `price terms ${termsId}: ${usdPerUnit} USD a ${product.unit}, ${rounded(exact)}`, accruing })];
};

/** What goes on by itself is sold apart from what is settled, so that the latter does not change with it. */
const parts = [
  { suffix: '', isPart: ({ accrues }: UsageLine): boolean => accrues !== true },
  { suffix: '/accruing', isPart: ({ accrues }: UsageLine): boolean => accrues === true },
] as const;

const flatLines = (lines: readonly UsageLine[], category: UsageCategory, terms: PriceTerms): readonly UsageLine[] => {
  const usdPerUnit = terms.flatUsd[category];
  if (usdPerUnit === undefined) return [];
  const product = productUnits[category];
  const own = lines.filter((line) => line.category === category && line.owner !== 'PLATFORM');
  return parts.flatMap(({ suffix, isPart }) =>
    saleLine(own.filter(isPart).filter((line) => soldOf([line], product) !== undefined), { key: `flat/${category}${suffix}`, dimension: `${category} at a flat rate`, category, product, usdPerUnit }, terms),
  );
};

/** Hours that are sold in one line, of whatever lines measured them. */
const hourLines = (lines: readonly UsageLine[], terms: PriceTerms, { usdPerUnit, ...sale }: Pick<Sale, 'key' | 'dimension' | 'product'> & { readonly usdPerUnit: string | undefined }): readonly UsageLine[] => {
  if (usdPerUnit === undefined) return [];
  const measured = lines.filter((line) => line.owner !== 'PLATFORM' && soldOf([line], sale.product) !== undefined);
  return saleLine(measured, { ...sale, category: 'streaming', usdPerUnit }, terms);
};

/**
 * The lines of one month as price terms charge them; without terms the customer pays what each costs. Each charge is
 * rounded once, half-even, to 10^-9 USD. A flat rate takes the charges off the lines of what it sells and has a line of its
 * own, as has the fee for pipelines: what viewers of Cam pipelines were delivered goes by the rate for it, or by what it costs. A function of lines and terms alone, whatever the lines were charged before.
 */
export const chargedLines = (lines: readonly UsageLine[], terms: PriceTerms | undefined): readonly UsageLine[] => {
  const measured = lines.filter(({ key }) => !key.startsWith(prefix)).map((line) => chargedLine(line, terms));
  if (!terms) return measured;
  return [
    ...measured,
    ...usageCategories.flatMap((category) => flatLines(measured, category, terms)),
    ...hourLines(measured, terms, { key: 'flat/viewer-hours', dimension: "viewers' hours at a flat rate", product: viewerHours, usdPerUnit: terms.viewerHourUsd }),
    ...hourLines(measured, terms, { key: 'pipeline-hours', dimension: 'pipeline running', product: productUnits.streaming, usdPerUnit: terms.pipelineHourUsd }),
  ];
};
