import type * as z from 'zod';
import type { usageVersionsSchema } from '../../contract/api/usage.ts';
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
