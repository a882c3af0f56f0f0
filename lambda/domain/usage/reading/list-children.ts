import type { Account } from '../../accounts/account.ts';
import type { Breakout } from '../../breakouts/breakout.ts';
import type { PlannedEvent } from '../../events/event.ts';
import { InvalidInputError } from '../../shared/errors.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { Now } from '../../shared/time.ts';
import { accruedNanoUsd } from '../accruing-money.ts';
import { chargeOf, usageView, type UsageView } from '../usage-view.ts';
import type { UsagePeriod } from '../usage-store.ts';
import { askedPeriod } from './asked-period.ts';
import { readPeriod } from './period-usage.ts';
import { bookedUsage, type UsageLevels, type UsageSubject } from './usage-subject.ts';

/** What listing children needs. */
export interface ListChildrenDeps {
  readonly usage: UsageLevels;
  readonly breakouts: { listByEvent(eventId: string, page: PageRequest): Promise<Page<Breakout>> };
  readonly events: { listByAccount(accountId: string, page: PageRequest): Promise<Page<PlannedEvent>> };
  readonly accounts: { list(page: PageRequest): Promise<Page<Account>> };
  readonly now: Now;
}

/** How children are listed: who is charged most first, or as they were created. */
export type ChildOrder = 'charge' | 'created';

/** A child of a level with its booked usage. */
export interface ChildUsage {
  readonly id: string;
  readonly name: string;
  /** From 1; null where children are not ranked. */
  readonly rank: number | null;
  readonly usage: UsageView;
}

/** What has children: an event its breakouts, an account its events, the platform its accounts. */
export type ParentSubject = Exclude<UsageSubject, { kind: 'BREAKOUT' | 'OVERHEADS' }>;

interface Child {
  readonly id: string;
  readonly name: string;
  readonly subject: UsageSubject;
}

/** A rank needs all children's usage, an item each: so many are read within a second. */
const mostRanked = 1000;

/** Pages of lists. */
const pageSize = 100;

/** Reads at once. */
const readersAtOnce = 25;

const mapped = <From, To>({ items, next }: Page<From>, view: (item: From) => To): Page<To> => (next === undefined ? { items: items.map(view) } : { items: items.map(view), next });

const childrenOf = async ({ breakouts, events, accounts }: ListChildrenDeps, parent: ParentSubject, page: PageRequest): Promise<Page<Child>> => {
  switch (parent.kind) {
    case 'EVENT':
      return mapped(await breakouts.listByEvent(parent.eventId, page), ({ breakoutId, accountId, title }) => ({ id: breakoutId, name: title, subject: { kind: 'BREAKOUT', breakoutId, accountId } }));
    case 'ACCOUNT':
      return mapped(await events.listByAccount(parent.accountId, page), ({ eventId, accountId, name }) => ({ id: eventId, name, subject: { kind: 'EVENT', eventId, accountId } }));
    case 'PLATFORM':
      return mapped(await accounts.list(page), ({ accountId, name }) => ({ id: accountId, name, subject: { kind: 'ACCOUNT', accountId } }));
  }
};

const tooMany = ({ kind }: ParentSubject): InvalidInputError => {
  const message = `ranks up to ${mostRanked} children, and this ${kind.toLowerCase()} has more: ask with order=created, page by page, or for the children of one of them`;
  return new InvalidInputError({ code: 'too-many-to-rank', message: `order=charge ${message}`, fields: [{ field: 'order', message }] });
};

const allChildren = async (deps: ListChildrenDeps, parent: ParentSubject): Promise<readonly Child[]> => {
  const children: Child[] = [];
  let after: string | undefined;
  do {
    const page = await childrenOf(deps, parent, { limit: pageSize, ...(after === undefined ? {} : { after }) });
    children.push(...page.items);
    if (children.length > mostRanked) throw tooMany(parent);
    after = page.next;
  } while (after !== undefined);
  return children;
};

interface ReadChild extends Child {
  /** What is charged for it, 10^-9 USD: booked, and accrued by the instant that children are ranked at. */
  readonly charge: bigint;
}

const readAll = async (usage: UsageLevels, children: readonly Child[], period: UsagePeriod, at: number): Promise<readonly ReadChild[]> => {
  const readChild = async (child: Child): Promise<ReadChild> => {
    const { level, accrued } = await readPeriod((one) => bookedUsage(usage, child.subject, one), period, at);
    return { ...child, charge: chargeOf(level.measures) + (accruedNanoUsd(accrued?.charge) ?? 0n) };
  };
  const read: ReadChild[] = [];
  for (let from = 0; from < children.length; from += readersAtOnce) read.push(...(await Promise.all(children.slice(from, from + readersAtOnce).map(readChild))));
  return read;
};

/** Most charged first; among equals the elder. */
const byCharge = (one: Pick<ReadChild, 'charge' | 'id'>, other: Pick<ReadChild, 'charge' | 'id'>): number => {
  if (one.charge !== other.charge) return one.charge > other.charge ? -1 : 1;
  return one.id < other.id ? -1 : 1;
};

/** The last child of a page, and when children were ranked: what accrues meanwhile moves nobody to another page. */
interface Place extends Pick<ReadChild, 'charge' | 'id'> {
  readonly at: number;
}

const placeText = ({ at, charge, id }: Place): string => `${at}:${charge.toString()}:${id}`;

const placeOf = (after: string): Place => {
  const [, at = '', charge = '', id = ''] = /^(\d+):(-?\d+):(.+)$/.exec(after) ?? [];
  if (id === '') {
    const message = 'is of another order: begin again without it';
    throw new InvalidInputError({ code: 'invalid-cursor', message: `cursor ${message}`, fields: [{ field: 'cursor', message }] });
  }
  return { at: Number(at), charge: BigInt(charge), id };
};

const ranked = async (deps: ListChildrenDeps, parent: ParentSubject, period: UsagePeriod, { limit, after }: PageRequest): Promise<Page<ChildUsage>> => {
  const place = after === undefined ? undefined : placeOf(after);
  const at = place?.at ?? deps.now();
  const sorted = [...(await readAll(deps.usage, await allChildren(deps, parent), period, at))].sort(byCharge).map((child, index) => ({ child, rank: index + 1 }));
  const rest = sorted.filter(({ child }) => place === undefined || byCharge(place, child) < 0);
  const page = rest.slice(0, limit);
  const items = await Promise.all(page.map(async ({ child, rank }) => childUsage(deps, child, rank, period)));
  const last = page.at(-1);
  return rest.length > limit && last ? { items, next: placeText({ at, ...last.child }) } : { items };
};

const childUsage = async ({ usage, now }: ListChildrenDeps, { id, name, subject }: Child, rank: number | null, period: UsagePeriod): Promise<ChildUsage> => {
  const { level, accrued } = await readPeriod((one) => bookedUsage(usage, subject, one), period, now());
  return { id, name, rank, usage: usageView(level, accrued ? { accrued } : {}) };
};

/**
 * The children of an event, an account or the platform with their booked usage in a period, a page at a time. By
 * charge, all of them are read for each page. @throws InvalidInputError when there are more than can be ranked
 */
export const listChildren =
  (deps: ListChildrenDeps) =>
  async (parent: ParentSubject, asked: UsagePeriod, order: ChildOrder, page: PageRequest): Promise<Page<ChildUsage>> => {
    const period = askedPeriod(asked, deps.now());
    if (order === 'charge') return ranked(deps, parent, period, page);
    const { items, next } = await childrenOf(deps, parent, page);
    const children = await Promise.all(items.map((child) => childUsage(deps, child, null, period)));
    return next === undefined ? { items: children } : { items: children, next };
  };
