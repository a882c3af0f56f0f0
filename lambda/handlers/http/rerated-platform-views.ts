import type * as z from 'zod';
import type { reratedOverheadLinesSchema, reratedPlatformSchema } from '../../contract/api/rerated-usage.ts';
import type { ReratedOverheadLines } from '../../domain/usage/rerating/rerate-overhead-lines.ts';
import type { ReratedPlatform } from '../../domain/usage/rerating/rerate-platform.ts';
import { pageBody } from '../../platform/http/cursor.ts';
import { lineBody, ownLinesBody, profileBody, sumBody } from './rerated-views.ts';

/** The platform's month rated with other prices, as the API answers it. */
export const reratedPlatformBody = ({ month, priceBookId, sum, accounts, overheads }: ReratedPlatform): z.infer<typeof reratedPlatformSchema> => ({
  month,
  priceBookId,
  ...sumBody(sum),
  accounts: accounts.map(({ accountId, sum: ofAccount, shows, ownLines }) => ({ accountId, shows, ...sumBody(ofAccount), ownLines: ownLinesBody(ownLines) })),
  overheads: { ...sumBody(overheads.sum), profiles: overheads.profiles.map(profileBody), ofAccounts: sumBody(overheads.ofAccounts), ownLines: ownLinesBody(overheads.ownLines) },
});

/** What the platform bears itself rated with other prices, as the API answers it. */
export const reratedOverheadLinesBody = ({ month, priceBookId, sum, lines }: ReratedOverheadLines): z.infer<typeof reratedOverheadLinesSchema> => ({
  month,
  priceBookId,
  ...sumBody(sum),
  lines: pageBody(lines, ({ ownerId, compared }) => ({ ...lineBody(compared), ownerId })),
});
