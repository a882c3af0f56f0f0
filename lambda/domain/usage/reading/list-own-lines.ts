import type { Page, PageRequest } from '../../shared/page.ts';
import type { Now } from '../../shared/time.ts';
import { monthOf } from '../calendar-month.ts';
import { ownerIdOf } from '../profile-owner.ts';
import type { UsageLine } from '../usage-line.ts';
import type { UsageStore } from '../usage-store.ts';
import { allLines } from './all-lines.ts';
import { askedMonth } from './asked-period.ts';

/** What listing own lines needs. */
export interface ListOwnLinesDeps {
  readonly usage: Pick<UsageStore, 'ownHeads' | 'lines'>;
  readonly now: Now;
}

/** A line that no breakout caused, with what it is for: `tier-adjustment`, `pipeline/pl_main`. */
export interface OwnLine {
  readonly ownerId: string;
  readonly line: UsageLine;
}

const placeOf = ({ ownerId, line }: OwnLine): string => `${ownerId}#${line.key}`;

/**
 * The lines that an account bears itself in a month, the platform where no account is given; the present month unless
 * told. With what its children bear they are all that it bears. @throws InvalidInputError
 */
export const listOwnLines =
  ({ usage, now }: ListOwnLinesDeps) =>
  async (accountId: string | undefined, { limit, after = '' }: PageRequest, asked?: string): Promise<Page<OwnLine>> => {
    const month = asked === undefined ? monthOf(now()) : askedMonth(asked, now());
    const heads = await usage.ownHeads(accountId, month);
    const lines = await Promise.all(heads.map(async (head) => (await allLines(usage, head)).map((line): OwnLine => ({ ownerId: ownerIdOf(head.owner), line }))));
    const rest = lines.flat().sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1)).filter((one) => placeOf(one) > after);
    const items = rest.slice(0, limit);
    const last = items.at(-1);
    return rest.length > limit && last ? { items, next: placeOf(last) } : { items };
  };
