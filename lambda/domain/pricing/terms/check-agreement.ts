import type { FieldProblem } from '../../shared/errors.ts';
import { compare, fraction, parseDecimal } from '../fraction.ts';
import { usageCategories } from '../../usage/measures.ts';
import type { Agreement } from './price-terms.ts';

const amount = /^\d{1,9}(\.\d{1,10})?$/;
const percentage = /^-?\d{1,5}(\.\d{1,6})?$/;

const amountProblem = (field: string, value: string | undefined): readonly FieldProblem[] =>
  value === undefined || amount.test(value) ? [] : [{ field, message: `is "${value}", expected USD as a decimal of 0 or more such as "0.05": at most 9 digits and 10 decimals` }];

const percentProblem = (field: string, value: string | undefined): readonly FieldProblem[] => {
  if (value === undefined) return [];
  if (percentage.test(value) && compare(parseDecimal(value), fraction(-100n)) >= 0n) return [];
  return [{ field, message: `is "${value}", expected percent as a decimal from -100 to 99999 such as "15" or "-2.5"` }];
};

/** What of an agreement cannot be, by field. A category has a mark-up or a flat rate, not both. */
export const agreementProblems = ({ markUpPercent, flatUsd, viewerHourUsd, monthlyMinimumUsd, pipelineHourUsd }: Agreement): readonly FieldProblem[] => [
  ...usageCategories.flatMap((category) => [
    ...percentProblem(`/markUpPercent/${category}`, markUpPercent[category]),
    ...amountProblem(`/flatUsd/${category}`, flatUsd[category]),
    ...(markUpPercent[category] === undefined || flatUsd[category] === undefined
      ? []
      : [{ field: `/flatUsd/${category}`, message: `${category} has a mark-up too, expected one of both: a flat rate is paid instead of what it costs` }]),
  ]),
  ...amountProblem('/viewerHourUsd', viewerHourUsd),
  ...amountProblem('/monthlyMinimumUsd', monthlyMinimumUsd),
  ...amountProblem('/pipelineHourUsd', pipelineHourUsd),
];
