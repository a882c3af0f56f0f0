import { NotFoundError } from '../../shared/errors.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { Now } from '../../shared/time.ts';
import { allLines } from '../reading/all-lines.ts';
import { askedMonth } from '../reading/asked-period.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import { findPrices, type AskedPrices, type AskedPricesDeps } from './asked-prices.ts';
import { comparedLines, type ComparedLine } from './compared-line.ts';
import { reratingSum, type ReratingSum } from './rerating-sum.ts';

/** What rating a breakout again needs. */
export interface RerateBreakoutDeps extends AskedPricesDeps {
  readonly usage: Pick<UsageStore, 'heads' | 'lines'>;
  readonly now: Now;
}

/** A breakout's month rated with other prices. Nothing of it is kept. */
export interface ReratedBreakout {
  /** The version whose lines are rated again. */
  readonly head: ProfileHead;
  readonly priceBookId: string;
  readonly priceTermsId: string | undefined;
  /** Of all lines, whatever page is asked for. */
  readonly sum: ReratingSum;
  readonly lines: Page<ComparedLine>;
}

const nothingBooked = (breakoutId: string, month: string | undefined): NotFoundError => {
  const message = `nothing is booked of ${breakoutId} in ${month ?? 'any month'}: there is nothing to rate again`;
  return new NotFoundError({ code: 'usage-not-booked', message, details: { breakoutId, ...(month === undefined ? {} : { month }) } });
};

const pageOf = (compared: readonly ComparedLine[], { limit, after = '' }: PageRequest): Page<ComparedLine> => {
  const rest = compared.filter(({ key }) => key > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return rest.length > limit && last ? { items, next: last.key } : { items };
};

/**
 * The usage of a breakout in a month (the newest with usage unless told) as another price book rates the same quantities,
 * line beside line. A read: what is booked stays. @throws NotFoundError, InvalidInputError
 */
export const rerateBreakout =
  (deps: RerateBreakoutDeps) =>
  async (
    { breakoutId, accountId }: { readonly breakoutId: string; readonly accountId: string },
    { month: asked, ...prices }: AskedPrices & { readonly month?: string },
    page: PageRequest,
  ): Promise<ReratedBreakout> => {
    const month = asked === undefined ? undefined : askedMonth(asked, deps.now());
    const [{ book, termsFor }, heads] = await Promise.all([findPrices(deps)(accountId, prices), deps.usage.heads(breakoutId)]);
    const head = month === undefined ? heads.at(-1) : heads.find((one) => one.month === month);
    if (!head) throw nothingBooked(breakoutId, month);
    const terms = termsFor(head);
    const compared = comparedLines(await allLines(deps.usage, head), { book, terms });
    return { head, priceBookId: book.bookId, priceTermsId: terms?.termsId, sum: reratingSum(compared, head.owner.kind), lines: pageOf(compared, page) };
  };
