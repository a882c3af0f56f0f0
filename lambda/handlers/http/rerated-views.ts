import type * as z from 'zod';
import type { reratedBreakoutSchema, reratedLevelSchema } from '../../contract/api/rerated-usage.ts';
import { formatUsd } from '../../domain/pricing/usd.ts';
import { ownerIdOf } from '../../domain/usage/profile-owner.ts';
import type { ComparedLine } from '../../domain/usage/rerating/compared-line.ts';
import type { ReratedBreakout } from '../../domain/usage/rerating/rerate-breakout.ts';
import type { OwnLinesRerated, ReratedLevel } from '../../domain/usage/rerating/rerate-level.ts';
import type { ReratedProfile } from '../../domain/usage/rerating/rerated-profile.ts';
import { isNotCompared, type Money, type ReratingSum } from '../../domain/usage/rerating/rerating-sum.ts';
import type { UsageLine } from '../../domain/usage/usage-line.ts';
import type { ProfileHead } from '../../domain/usage/usage-profile.ts';
import { pageBody } from '../../platform/http/cursor.ts';

type BreakoutBody = z.infer<typeof reratedBreakoutSchema>;
type LineBody = BreakoutBody['lines']['items'][number];
type LevelBody = z.infer<typeof reratedLevelSchema>;

const moneyBody = ({ nanoUsd, chargeNanoUsd }: Money) => ({ usd: formatUsd(nanoUsd), chargeUsd: formatUsd(chargeNanoUsd) });

const more = (amount: bigint): string => `${amount < 0n ? '' : '+'}${formatUsd(amount)}`;

/** What stands beside the difference, so that nobody takes a part for the whole. */
const reservations = ({ notCompared, unpricedLines, keptLines }: ReratingSum): readonly string[] => [
  ...(notCompared.lines > 0 ? [`${notCompared.lines} lines have a price in one of both alone and are not in the difference (USD ${formatUsd(notCompared.was.nanoUsd)} as booked, ${formatUsd(notCompared.is.nanoUsd)} again)`] : []),
  ...(unpricedLines > 0 ? [`${unpricedLines} lines have no price in this book`] : []),
  ...(keptLines > 0 ? [`${keptLines} lines stay as booked, because no book rates them`] : []),
];

const wordsOf = (sum: ReratingSum): string => {
  const { was, is, difference } = sum;
  const cost = `costs USD ${formatUsd(was.nanoUsd)} as booked and ${formatUsd(is.nanoUsd)} rated again (${more(difference.nanoUsd)})`;
  const charge = `is charged with USD ${formatUsd(was.chargeNanoUsd)} and ${formatUsd(is.chargeNanoUsd)} (${more(difference.chargeNanoUsd)})`;
  return [`${cost}, ${charge}`, ...reservations(sum)].join('; ');
};

/** Sums and their difference, with the whole in words. */
export const sumBody = (sum: ReratingSum) => {
  const { was, is, difference, notCompared, unpricedLines, keptLines } = sum;
  return {
    was: moneyBody(was),
    is: moneyBody(is),
    difference: moneyBody(difference),
    isComplete: notCompared.lines === 0 && keptLines === 0,
    notCompared: { lines: notCompared.lines, was: moneyBody(notCompared.was), is: moneyBody(notCompared.is) },
    unpricedLines,
    keptLines,
    words: wordsOf(sum),
  };
};

const usd = (amount: bigint | undefined): string | null => (amount === undefined ? null : formatUsd(amount));

const rateBody = ({ sku, rateCode, usdPerUnit, unit, effectiveDate, priceBookId }: NonNullable<UsageLine['rate']>) => ({ sku, rateCode, usdPerUnit, unit, effectiveDate, priceBookId });

const priceBody = ({ nanoUsd, chargeNanoUsd, rate, unpriced, chargedBy }: UsageLine): NonNullable<LineBody['was']> => ({
  usd: usd(nanoUsd),
  chargeUsd: usd(chargeNanoUsd),
  rate: rate ? rateBody(rate) : null,
  unpriced: unpriced ?? null,
  chargedBy: chargedBy ?? null,
});

const differenceOf = (was: UsageLine | null, is: UsageLine | null): Money => ({
  nanoUsd: (is?.nanoUsd ?? 0n) - (was?.nanoUsd ?? 0n),
  chargeNanoUsd: (is?.chargeNanoUsd ?? 0n) - (was?.chargeNanoUsd ?? 0n),
});

/** A line beside the other. */
export const lineBody = (compared: ComparedLine): LineBody => {
  const { key, line, outcome, was, is } = compared;
  return {
    key,
    owner: line.owner,
    category: line.category,
    what: `${line.service}, ${line.dimension}`,
    outcome,
    was: was && priceBody(was),
    is: is && priceBody(is),
    difference: isNotCompared(compared) ? null : moneyBody(differenceOf(was, is)),
  };
};

const bookedBody = ({ priceBookId, priceTermsId }: Pick<ProfileHead, 'priceBookId' | 'priceTermsId'>): BreakoutBody['booked'] => ({ priceBookId: priceBookId ?? null, priceTermsId: priceTermsId ?? null });

/** A breakout's month rated with other prices, as the API answers it. */
export const reratedBreakoutBody = (breakoutId: string, { head, priceBookId, priceTermsId, sum, lines }: ReratedBreakout): BreakoutBody => ({
  breakoutId,
  month: head.month,
  version: head.version,
  booked: bookedBody(head),
  priceBookId,
  priceTermsId: priceTermsId ?? null,
  ...sumBody(sum),
  lines: pageBody(lines, lineBody),
});

/** A profile's sums, as the API answers them. */
export const profileBody = ({ owner, head, priceTermsId, sum }: ReratedProfile): LevelBody['profiles'][number] => ({
  ownerId: ownerIdOf(owner),
  breakoutId: owner.kind === 'BREAKOUT' ? owner.breakoutId : null,
  version: head?.version ?? null,
  booked: bookedBody(head ?? {}),
  priceTermsId: priceTermsId ?? null,
  ...sumBody(sum),
});

type OwnLinesBody = NonNullable<LevelBody['ownLines']>;

const explainedBody = (line: UsageLine | null): OwnLinesBody['lines'][number]['was'] => line && { ...priceBody(line), explained: [...line.notes] };

/** What an account or the platform bears itself, as it is booked and as it would be. */
export const ownLinesBody = ({ state, impossible, profiles }: OwnLinesRerated): OwnLinesBody => ({
  state,
  impossible: impossible ?? null,
  lines: profiles.flatMap(({ owner, compared }) => compared.map((one) => ({ ...lineBody(one), ownerId: ownerIdOf(owner), was: explainedBody(one.was), is: explainedBody(one.is) }))),
});

/** An event's or an account's month rated with other prices, as the API answers it. */
export const reratedLevelBody = (ids: { readonly eventId?: string; readonly accountId: string }, { month, priceBookId, sum, profiles, ownLines }: ReratedLevel): LevelBody => ({
  ...ids,
  month,
  priceBookId,
  ...sumBody(sum),
  profiles: profiles.map(profileBody),
  ownLines: ownLines ? ownLinesBody(ownLines) : null,
});
