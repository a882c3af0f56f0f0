import type { Breakout } from '../../../../lambda/domain/breakouts/breakout.ts';
import { unsettledShow } from '../../../../lambda/domain/breakouts/unsettled-show.ts';
import { overdueShows } from '../../../../lambda/domain/usage/overdue-shows.ts';
import { aStoppedBreakout } from '../../../support/usage/a-show.ts';

const stoppedAt = '2026-11-23T11:00:00.000Z';

/** What is overdue of shows of two accounts, each on a page of its own. */
const overdue = (now: string, shows: readonly Breakout[]) =>
  overdueShows({
    accounts: { list: async ({ after }) => ({ items: [{ accountId: after ?? 'acc_1', name: '', members: [], createdAt: '', updatedAt: '', revision: 1 }], ...(after === undefined ? { next: 'acc_2' } : {}) }) },
    breakouts: {
      listUnsettled: async (accountId) => shows.filter((show) => show.accountId === accountId).flatMap((show) => unsettledShow(show) ?? []),
      get: async (breakoutId) => shows.find((show) => show.breakoutId === breakoutId)!,
    },
    now: () => Date.parse(now),
  })();

const aShow = (change: Partial<Breakout> = {}): Breakout => aStoppedBreakout({ breakoutId: 'bko_1', accountId: 'acc_1', status: 'COMPLETED', startRequestedAt: '2026-11-23T10:00:00.000Z', stoppedAt, ...change });

describe('overdueShows', () => {
  it('finds those of every account that have been over for more than 28 hours', async () => {
    const shows = [aShow(), aShow({ breakoutId: 'bko_2', accountId: 'acc_2', status: 'FAILED' })];

    expect(await overdue('2026-11-24T15:00:00.000Z', shows)).toEqual([]);
    expect(await overdue('2026-11-24T15:00:00.001Z', shows)).toEqual(['bko_1', 'bko_2']);
  });

  it.each<[string, Partial<Breakout>]>([
    ['has been closed for good', { finalisedAt: '2026-11-24T02:00:00.000Z' }],
    ['goes on', { status: 'RUNNING' }],
  ])('leaves out a show that %s', async (_, change) => {
    expect(await overdue('2026-12-24T00:00:00.000Z', [aShow(change)])).toEqual([]);
  });
});
