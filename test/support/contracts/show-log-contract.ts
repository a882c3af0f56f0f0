import type { ShowLog, ShowLogEntry } from '../../../lambda/domain/breakouts/log/show-log.ts';
import { aLogEntry } from '../shows/a-log-entry.ts';
import { newId } from '../shows/a-plan.ts';

const minute = (count: number): string => `2026-11-23T10:${String(count).padStart(2, '0')}:00.000Z`;

const started = aLogEntry({ id: 'STARTED-1', type: 'SHOW', name: 'STARTED', at: minute(0), message: 'the show is on' });

/** A show of an account of its own, with these entries in its log. */
const aShow = async (log: () => ShowLog, ...entries: readonly Partial<ShowLogEntry>[]): Promise<{ breakoutId: string; accountId: string }> => {
  const ids = { breakoutId: newId('breakout'), accountId: newId('account') };
  for (const entry of entries) await log().note({ ...started, ...entry, ...ids });
  return ids;
};

const idsOf = (entries: readonly ShowLogEntry[]): string[] => entries.map(({ id }) => id);

const describeKeeping = (log: () => ShowLog): void => {
  it('keeps an entry as it was told', async () => {
    const full = { id: 'poll-1', type: 'INPUT', name: 'FAILED_OVER', pipeline: '0', input: 'backup', alertId: 'a1', alertType: 'Input Failed Over', source: 'POLL' } as const;
    const ids = await aShow(log, full);

    expect(await log().entries(ids.breakoutId)).toEqual([{ ...started, ...full, ...ids }]);
  });

  it('keeps the first of what is told twice', async () => {
    const ids = await aShow(log, {});

    expect(await log().note({ ...started, ...ids, at: minute(9), message: 'told again' })).toBe(false);
    expect(await log().entries(ids.breakoutId)).toEqual([{ ...started, ...ids }]);
  });

  it('tells one of many doers that it was new', async () => {
    const ids = { breakoutId: newId('breakout'), accountId: newId('account') };

    const answers = await Promise.all([1, 2, 3, 4].map((second) => log().note({ ...started, ...ids, at: `2026-11-23T10:00:0${second}.000Z` })));

    expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    expect(await log().entries(ids.breakoutId)).toHaveLength(1);
  });

  it('forgets an entry that is taken back', async () => {
    const ids = await aShow(log, {});

    await log().withdraw({ ...started, ...ids });
    await log().withdraw({ ...started, ...ids });

    expect(await log().entries(ids.breakoutId)).toEqual([]);
    expect(await log().note({ ...started, ...ids })).toBe(true);
  });
};

const describeLists = (log: () => ShowLog): void => {
  it('lists the oldest first, page by page', async () => {
    const { breakoutId } = await aShow(log, { id: 'c', at: minute(3) }, { id: 'a', at: minute(1) }, { id: 'b', at: minute(1) });

    const first = await log().list(breakoutId, {}, { limit: 2 });
    const second = await log().list(breakoutId, {}, { limit: 2, after: first.next! });

    expect([idsOf(first.items), idsOf(second.items), second.next]).toEqual([['a', 'b'], ['c'], undefined]);
  });

  it('lists by type, name and half-open time', async () => {
    const { breakoutId } = await aShow(log,
      { id: 'a', at: minute(1), type: 'INPUT', name: 'LOST' },
      { id: 'b', at: minute(2), type: 'INPUT', name: 'ACQUIRED' },
      { id: 'c', at: minute(3), type: 'ALERT', name: 'SET' },
    );
    const ids = async (filter: Parameters<ShowLog['list']>[1]) => idsOf((await log().list(breakoutId, filter, { limit: 10 })).items);

    expect(await ids({ type: 'INPUT' })).toEqual(['a', 'b']);
    expect(await ids({ name: 'SET' })).toEqual(['c']);
    expect(await ids({ from: minute(2), to: minute(3) })).toEqual(['b']);
    expect(await ids({ from: minute(3), to: minute(3) })).toEqual([]);
  });

  it('finds the one entry among hundreds of others', async () => {
    const noise = Array.from({ length: 230 }, (_, index) => ({ id: `n${index}`, at: `2026-11-23T10:10:00.${String(index).padStart(3, '0')}Z` }));
    const { breakoutId } = await aShow(log, ...noise, { id: 'rare', at: minute(50), type: 'GUARD', name: 'NO_INPUT' });

    const page = await log().list(breakoutId, { type: 'GUARD' }, { limit: 1 });

    expect(idsOf(page.items)).toEqual(['rare']);
  });

  it('lists all shows of an account by time', async () => {
    const { accountId, breakoutId } = await aShow(log, { id: 'b', at: minute(2) });
    const other = newId('breakout');
    await log().note({ ...started, accountId, breakoutId: other, id: 'a', at: minute(1) });
    await aShow(log, { id: 'of another account' });

    const first = await log().listByAccount(accountId, {}, { limit: 1 });
    const second = await log().listByAccount(accountId, {}, { limit: 1, after: first.next! });

    expect([first, second].map(({ items }) => items[0]?.breakoutId)).toEqual([other, breakoutId]);
    expect(second.next).toBeUndefined();
  });
};

/** What every keeper of shows' logs does. */
export const describeShowLogContract = (log: () => ShowLog): void => {
  describeKeeping(log);
  describeLists(log);
};
