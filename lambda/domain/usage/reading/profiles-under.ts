import type { Breakout } from '../../breakouts/breakout.ts';
import type { PlannedEvent } from '../../events/event.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { ProfileHead } from '../usage-profile.ts';
import type { UsageStore } from '../usage-store.ts';
import type { UsageSubject } from './usage-subject.ts';

/** What finding profiles needs. */
export interface ProfilesUnderDeps {
  readonly usage: Pick<UsageStore, 'head' | 'ownHeads'>;
  readonly breakouts: { listByEvent(eventId: string, page: PageRequest): Promise<Page<Breakout>> };
  readonly events: { listByAccount(accountId: string, page: PageRequest): Promise<Page<PlannedEvent>> };
}

/** So many breakouts are looked at for what they used, and so many that used something are read in full: some seconds. */
const mostLookedAt = 2000;
export const mostRead = 200;

const pageSize = 100;
const readersAtOnce = 25;

/** What is asked for needs more shows than one call reads. */
export const tooWide = (found: string): InvalidInputError => {
  const message = `is made of the lines of every show, and there are more than ${found}: ask by=month and of=category, or for one event or breakout`;
  return new InvalidInputError({ code: 'range-too-wide', message: `this series ${message}`, fields: [{ field: 'by', message }] });
};

async function* pages<Item>(list: (page: PageRequest) => Promise<Page<Item>>): AsyncGenerator<readonly Item[]> {
  let after: string | undefined;
  do {
    const { items, next } = await list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    yield items;
    after = next;
  } while (after !== undefined);
}

async function* eventsOf({ events }: ProfilesUnderDeps, subject: Extract<UsageSubject, { kind: 'EVENT' | 'ACCOUNT' }>): AsyncGenerator<string> {
  if (subject.kind === 'EVENT') yield subject.eventId;
  else for await (const page of pages((request) => events.listByAccount(subject.accountId, request))) for (const { eventId } of page) yield eventId;
}

const headsAmong = async ({ usage }: ProfilesUnderDeps, breakouts: readonly Breakout[], month: string): Promise<readonly ProfileHead[]> => {
  const heads: ProfileHead[] = [];
  for (let from = 0; from < breakouts.length; from += readersAtOnce) {
    const batch = breakouts.slice(from, from + readersAtOnce);
    const found = await Promise.all(batch.map(({ breakoutId }) => usage.head({ kind: 'BREAKOUT', breakoutId }, month)));
    heads.push(...found.filter((head) => head !== undefined));
  }
  return heads;
};

/**
 * The profiles whose lines make up an event's or an account's month: its breakouts', and an account's own.
 * @throws InvalidInputError of `refusal` when there are more than one call reads
 */
export const profilesUnder = async (
  deps: ProfilesUnderDeps,
  subject: Extract<UsageSubject, { kind: 'EVENT' | 'ACCOUNT' }>,
  month: string,
  refusal: (found: string) => InvalidInputError = tooWide,
): Promise<readonly ProfileHead[]> => {
  const heads: ProfileHead[] = subject.kind === 'ACCOUNT' ? [...(await deps.usage.ownHeads(subject.accountId, month))] : [];
  let lookedAt = 0;
  for await (const eventId of eventsOf(deps, subject)) {
    for await (const breakouts of pages((request) => deps.breakouts.listByEvent(eventId, request))) {
      lookedAt += breakouts.length;
      if (lookedAt > mostLookedAt) throw refusal(`${mostLookedAt} shows`);
      heads.push(...(await headsAmong(deps, breakouts, month)));
      if (heads.length > mostRead) throw refusal(`${mostRead} shows with usage in ${month}`);
    }
  }
  return heads;
};
