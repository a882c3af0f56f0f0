import type { Account } from '../../accounts/account.ts';
import type { PlannedEvent } from '../../events/event.ts';
import type { Page, PageRequest } from '../../shared/page.ts';
import type { PipelineRegistry } from '../../pipelines/pipeline.ts';
import { differenceOf } from '../measures.ts';
import { readLevelUsage, type AskedUsage, type ReadUsageDeps, type RunningUsage, type UsageReading } from '../read-usage.ts';
import { usageView, type UsageView } from '../usage-view.ts';
import type { UsageLevel } from '../usage-store.ts';
import { bookedUsage, type UsageSubject } from './usage-subject.ts';

/** What reading the platform's usage needs. */
export interface ReadPlatformDeps extends ReadUsageDeps {
  readonly accounts: { list(page: PageRequest): Promise<Page<Account>> };
  readonly events: { listByAccount(accountId: string, page: PageRequest): Promise<Page<PlannedEvent>> };
  readonly breakouts: { countByEvent(eventId: string): Promise<number> };
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
}

/** How many there are of what; null where there are more events than are counted by. */
export interface PlatformCounts {
  readonly accounts: number;
  readonly events: number | null;
  readonly breakouts: number | null;
  readonly pipelines: number;
}

/** The platform's usage: what all accounts bear and what none does, which sum to it. */
export interface PlatformUsage extends UsageReading {
  readonly accounts: UsageView;
  readonly overheads: UsageView;
  readonly counts: PlatformCounts;
  readonly running: RunningUsage | null;
}

/** Breakouts are counted event by event: so many in a few seconds. */
const mostEventsCounted = 5000;
const pageSize = 100;
const countersAtOnce = 25;

const every = async <Item>(list: (page: PageRequest) => Promise<Page<Item>>, most: number): Promise<readonly Item[] | undefined> => {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await list({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    items.push(...page.items);
    if (items.length > most) return undefined;
    after = page.next;
  } while (after !== undefined);
  return items;
};

const eventsOf = async ({ events }: ReadPlatformDeps, accounts: readonly Account[]): Promise<readonly PlannedEvent[] | undefined> => {
  const found: PlannedEvent[] = [];
  for (const { accountId } of accounts) {
    const own = await every((page) => events.listByAccount(accountId, page), mostEventsCounted - found.length);
    if (!own) return undefined;
    found.push(...own);
  }
  return found;
};

const countBreakouts = async ({ breakouts }: ReadPlatformDeps, events: readonly PlannedEvent[]): Promise<number> => {
  let count = 0;
  for (let from = 0; from < events.length; from += countersAtOnce) {
    const counts = await Promise.all(events.slice(from, from + countersAtOnce).map(({ eventId }) => breakouts.countByEvent(eventId)));
    count += counts.reduce((sum, one) => sum + one, 0);
  }
  return count;
};

const countAll = async (deps: ReadPlatformDeps): Promise<PlatformCounts> => {
  const accounts = (await every((page) => deps.accounts.list(page), Infinity)) ?? [];
  const [events, pipelines] = await Promise.all([eventsOf(deps, accounts), deps.pipelines.list()]);
  return {
    accounts: accounts.length,
    events: events?.length ?? null,
    breakouts: events ? await countBreakouts(deps, events) : null,
    pipelines: pipelines.length,
  };
};

/** The platform's usage in a period, with its two parts and its running shows. @throws InvalidInputError, UnavailableError */
export const readPlatformUsage =
  (deps: ReadPlatformDeps) =>
  async (asked: AskedUsage = {}): Promise<PlatformUsage> => {
    const { running, ...reading } = await readLevelUsage(deps)({ kind: 'PLATFORM' }, asked);
    const { period, at } = reading;
    const read = (subject: UsageSubject): Promise<UsageLevel> => (at === null ? bookedUsage(deps.usage, subject, period) : deps.known(subject, period, at));
    const [whole, overheads, counts] = await Promise.all([read({ kind: 'PLATFORM' }), read({ kind: 'OVERHEADS' }), countAll(deps)]);
    const accounts = { measures: differenceOf(whole.measures, overheads.measures), ...(whole.asOf === undefined ? {} : { asOf: whole.asOf }) };
    return { ...reading, ...usageView(whole), accruing: reading.accruing, accounts: usageView(accounts), overheads: usageView(overheads), counts, running };
  };
