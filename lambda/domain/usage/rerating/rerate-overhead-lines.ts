import { priceBookOf } from '../../pricing/read-price-books.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import { monthOf } from '../calendar-month.ts';
import { isDerived } from '../own-lines/own-purposes.ts';
import { ownerIdOf } from '../profile-owner.ts';
import { askedMonth } from '../reading/asked-period.ts';
import type { UsageStore } from '../usage-store.ts';
import type { AskedPricesDeps } from './asked-prices.ts';
import type { ComparedLine } from './compared-line.ts';
import { platformLinesAgain } from './own-lines-again.ts';
import type { AskedPlatformPrices } from './rerate-platform.ts';
import { rerateLines, type ReratedOwnProfile } from './rerated-profile.ts';
import { addReratings, type ReratingSum } from './rerating-sum.ts';
import { tiersAgain, type TiersAgainDeps } from './tiers-again.ts';

/** What rating overheads again needs. */
export interface RerateOverheadLinesDeps extends TiersAgainDeps {
  readonly usage: TiersAgainDeps['usage'] & Pick<UsageStore, 'ownHeads' | 'lines'>;
  readonly books: TiersAgainDeps['books'] & Pick<AskedPricesDeps['books'], 'get'>;
}

/** A line of the platform's own, with what it is for. */
export interface ReratedOverheadLine {
  readonly ownerId: string;
  readonly compared: ComparedLine;
}

/** What the platform bears itself in a month, rated with other prices, line by line. */
export interface ReratedOverheadLines {
  readonly month: string;
  readonly priceBookId: string;
  /** Of all lines, whatever page is asked for. */
  readonly sum: ReratingSum;
  readonly lines: Page<ReratedOverheadLine>;
}

const placeOf = ({ ownerId, compared }: ReratedOverheadLine): string => `${ownerId}#${compared.key}`;

const pageOf = (profiles: readonly ReratedOwnProfile[], { limit, after = '' }: PageRequest): Page<ReratedOverheadLine> => {
  const lines = profiles.flatMap(({ owner, compared }) => compared.map((one): ReratedOverheadLine => ({ ownerId: ownerIdOf(owner), compared: one })));
  const rest = lines.sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)).filter((line) => placeOf(line) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last ? { items, next: placeOf(last) } : { items };
};

/**
 * The lines that the platform bears itself in a month (the present one unless told), each beside what another price book
 * makes of the same quantity; its share of volume tiers is of everybody's month. A read: what is booked stays.
 * @throws NotFoundError, InvalidInputError, UnavailableError
 */
export const rerateOverheadLines =
  (deps: RerateOverheadLinesDeps) =>
  async ({ month: asked, priceBook }: AskedPlatformPrices, page: PageRequest): Promise<ReratedOverheadLines> => {
    const month = asked === undefined ? monthOf(deps.now()) : askedMonth(asked, deps.now());
    const book = await priceBookOf(deps)(priceBook);
    const heads = await deps.usage.ownHeads(undefined, month);
    const profiles: ReratedOwnProfile[] = [];
    for (const head of heads.filter(({ owner }) => !isDerived(owner))) profiles.push(await rerateLines(deps.usage, head, { book, termsFor: () => undefined }));
    profiles.push(...(await platformLinesAgain(deps.usage, heads.filter(({ owner }) => isDerived(owner)), await tiersAgain(deps)(month, book))));
    return { month, priceBookId: book.bookId, sum: addReratings(profiles.map(({ sum }) => sum)), lines: pageOf(profiles, page) };
  };
