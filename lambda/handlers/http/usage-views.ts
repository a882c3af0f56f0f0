import type * as z from 'zod';
import type { usageVersionsSchema } from '../../contract/api/usage.ts';
import type { usagePointsSchema, usageSeriesSchema } from '../../contract/api/usage-series.ts';
import { categoryViews } from '../../domain/usage/category-views.ts';
import { sumMeasures, usageCategories } from '../../domain/usage/measures.ts';
import type { OwnLine } from '../../domain/usage/reading/list-own-lines.ts';
import type { ExplainedLine } from '../../domain/usage/reading/read-points.ts';
import { stepBounds, type AskedUsageSeries, type SeriesItem, type UsageSeries } from '../../domain/usage/reading/read-series.ts';
import type { VersionDifference } from '../../domain/usage/reading/read-versions.ts';
import { usageLineView } from '../../domain/usage/usage-line-view.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { chargeOf, costOf } from '../../domain/usage/usage-view.ts';
import { formatUsd } from '../../domain/pricing/usd.ts';

/** A version of a profile as the API answers it. */
export const versionBody = ({ month, version, status, asOf, priceBookId, priceTermsId, accrual, totals }: ProfileHead): z.infer<typeof usageVersionsSchema>['items'][number] => ({
  month,
  version,
  status,
  asOf,
  priceBookId: priceBookId ?? null,
  priceTermsId: priceTermsId ?? null,
  accrual: accrual ?? null,
  totalUsd: formatUsd(costOf(totals)),
  totalChargeUsd: formatUsd(chargeOf(totals)),
});

/** The difference of two versions as the API answers it. */
export const differenceBody = ({ from, to, lines, ...difference }: VersionDifference) => ({
  ...difference,
  from: versionBody(from),
  to: versionBody(to),
  lines: lines.map(({ was, is, ...line }) => ({ ...line, was: was && usageLineView(was), is: is && usageLineView(is) })),
});

type SeriesBody = z.infer<typeof usageSeriesSchema>;

const measuredOf = ({ group, measures }: SeriesItem): SeriesBody['items'][number]['measured'] => {
  const category = usageCategories.find((one) => one === group);
  const measured = category === undefined ? undefined : categoryViews(measures)[category]?.measured;
  return measured === undefined || measured.amount === null ? null : { amount: measured.amount, unit: measured.unit };
};

const seriesItemBody = (item: SeriesItem): SeriesBody['items'][number] => ({
  ...stepBounds(item),
  group: item.group,
  measured: measuredOf(item),
  usd: formatUsd(costOf(item.measures)),
  chargeUsd: formatUsd(chargeOf(item.measures)),
});

/** A series as the API answers it. */
export const seriesBody = ({ range, items }: UsageSeries, { by, of }: AskedUsageSeries): SeriesBody => {
  const total = sumMeasures(items.map(({ measures }) => measures));
  const bounds = range === undefined ? { from: null, to: null } : stepBounds(range);
  return { by, of, ...bounds, items: items.map(seriesItemBody), totalUsd: formatUsd(costOf(total)), totalChargeUsd: formatUsd(chargeOf(total)) };
};

/** A line with its raw points as the API answers it. */
export const pointsBody = ({ month, version, line, series }: ExplainedLine): Omit<z.infer<typeof usagePointsSchema>, 'line'> & { readonly line: ReturnType<typeof usageLineView> } => ({
  month,
  version,
  line: usageLineView(line),
  series: series.map(({ values, intervals, sum, ...one }) => ({
    ...one,
    values: values.map((value) => value?.toString() ?? null),
    ...(intervals ? { intervals: [...intervals] } : {}),
    sum: sum.toString(),
  })),
});

/** A line that no breakout caused as the API answers it. */
export const ownLineBody = ({ ownerId, line }: OwnLine): { readonly ownerId: string } & ReturnType<typeof usageLineView> => ({ ownerId, ...usageLineView(line) });
