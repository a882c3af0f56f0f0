import { listAccountLog, listBreakoutLog } from '../../../../../lambda/domain/breakouts/log/read-log.ts';
import { aLogEntry } from '../../../../support/shows/a-log-entry.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { aWatchedShow } from '../../../../support/shows/a-watched-show.ts';

const page = { limit: 10 };
const operator = aCaller({ accountId: 'PLATFORM', role: 'OPERATOR' });

const aLoggedShow = async () => {
  const show = await aWatchedShow();
  const entry = aLogEntry({ breakoutId: show.breakout.breakoutId });
  await show.log.note(entry);
  return { ...show, entry, breakoutId: entry.breakoutId };
};

describe('reading logs', () => {
  it('tells the log of a show and of its account', async () => {
    const { deps, breakoutId, entry } = await aLoggedShow();

    expect(await listBreakoutLog(deps)(aCaller(), breakoutId, { type: 'INPUT', name: 'LOST' }, page)).toEqual({ items: [entry] });
    expect(await listAccountLog(deps)(aCaller(), {}, page)).toEqual({ items: [entry] });
    expect(await listAccountLog(deps)(operator, { accountId: 'acc_mine' }, page)).toEqual({ items: [entry] });
  });

  it('rejects the log of another account', async () => {
    const { deps, breakoutId } = await aLoggedShow();
    const other = aCaller({ accountId: 'acc_other' });

    await expect(listBreakoutLog(deps)(other, breakoutId, {}, page)).rejects.toMatchObject({ code: 'breakout-not-found' });
    await expect(listAccountLog(deps)(other, { accountId: 'acc_mine' }, page)).rejects.toMatchObject({ code: 'account-not-found' });
  });

  it('rejects an operator who names no account', async () => {
    await expect(listAccountLog((await aLoggedShow()).deps)(operator, {}, page)).rejects.toMatchObject({ kind: 'InvalidInput', fields: [{ field: 'accountId' }] });
  });

  it.each([
    ['a name that no entry has', { name: 'lost' }, 'name'],
    ['a name that no entry of the type has', { type: 'ALERT' as const, name: 'LOST' }, 'name'],
    ['times that are the wrong way round', { from: '2026-11-23T11:00:00.000Z', to: '2026-11-23T10:00:00.000Z' }, 'to'],
  ])('rejects %s', async (_, query, field) => {
    const { deps, breakoutId } = await aLoggedShow();

    await expect(listBreakoutLog(deps)(aCaller(), breakoutId, query, page)).rejects.toMatchObject({ code: 'invalid-log-query', fields: [{ field }] });
  });
});
