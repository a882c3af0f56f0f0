import { parseDecimal } from '../../pricing/fraction.ts';
import { termsInForce, type PriceTerms } from '../../pricing/terms/price-terms.ts';
import { formatUsd, toNanoUsd } from '../../pricing/usd.ts';
import { isoTime, monthInterval } from '../calendar-month.ts';
import { chargeMeasure, type Measures } from '../measures.ts';
import type { UsageLine } from '../usage-line.ts';
import { chargeOf } from '../usage-view.ts';

/** The terms that a month's own lines are charged by: those that held when it began. Terms are not set for the past, so that this never changes. */
export const termsOfMonth = (versions: readonly PriceTerms[], month: string): PriceTerms | undefined => termsInForce(versions, isoTime(monthInterval(month).from));

/** What an account's month is charged without its minimum, in nano-dollars. */
export const chargedBeside = (measures: Measures): bigint => chargeOf(measures) - (measures[chargeMeasure.minimum] ?? 0n);

/** Where the line stands. */
export interface MinimumPlace {
  readonly month: string;
  /** When the charges were read, ISO 8601. */
  readonly asOf: string;
}

const minimumLine = ({ termsId }: PriceTerms, { month, asOf }: MinimumPlace): UsageLine => {
  const { from, to } = monthInterval(month);
  return {
    key: 'minimum',
    owner: 'ACCOUNT',
    category: 'minimum',
    service: 'price terms',
    dimension: 'monthly minimum',
    month,
    periodStart: isoTime(from),
    periodEnd: isoTime(to),
    source: `price terms ${termsId}`,
    watermark: asOf,
    notes: [],
    points: [],
    adds: {},
  };
};

/** A minimum of which it is not known what is missing to it, with the reason. It is in no amount; none where nothing is agreed. */
export const unknownMinimumLines = (terms: PriceTerms | undefined, place: MinimumPlace, unpriced: string): readonly UsageLine[] =>
  terms?.monthlyMinimumUsd === undefined ? [] : [{ ...minimumLine(terms, place), unpriced }];

/**
 * What terms' monthly minimum adds to the charges of an account's month: one line, with a charge and no cost; none when the
 * charges reach it. `charged` is what the account is charged beside it in the charge period, in nano-dollars.
 */
export const minimumLines = (charged: bigint, terms: PriceTerms | undefined, place: MinimumPlace): readonly UsageLine[] => {
  if (terms?.monthlyMinimumUsd === undefined) return [];
  const chargeNanoUsd = toNanoUsd(parseDecimal(terms.monthlyMinimumUsd)) - charged;
  if (chargeNanoUsd <= 0n) return [];
  return [
    {
      ...minimumLine(terms, place),
      chargeNanoUsd,
      chargedBy: `price terms ${terms.termsId}: at least ${terms.monthlyMinimumUsd} USD a month, of which ${formatUsd(charged)} USD are charged otherwise`,
      rounding: 'the minimum half-even to 9 decimals',
      adds: { [chargeMeasure.minimum]: chargeNanoUsd },
    },
  ];
};
