import { itemIds } from '../../../../support/usage/ids.ts';
import { lateWorld } from '../../../../support/usage/late-world.ts';

/** A show that is final with half of its traffic logged, and the file that the other half is in. */
const finalShow = async () => {
  const world = lateWorld();
  const [early, late] = [{ source: 'early.gz', rows: [world.logged(1n << 30n, 60n)] }, { source: 'late.gz', rows: [{ ...world.logged(1n << 30n, 40n), geography: 'EU' as const }] }];
  await world.provisional();
  await world.keep(early);
  world.after(3);
  expect(await world.final()).toBe('DONE');
  return { ...world, late };
};

describe('a log that comes when its show is final', () => {
  it('corrects the show: what was unlogged has its geography, and nothing is lost or twice', async () => {
    const { keep, late, hour, after, lines, breakoutUsage, usage, log } = await finalShow();
    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { delivery: { unloggedBytes: String(1n << 30n) } } });
    after(70);

    await keep(late);
    expect(await hour()).toEqual({ booked: 1, failed: [], isComplete: true });

    expect(await breakoutUsage()).toMatchObject({ status: 'CORRECTED', categories: { delivery: { bytes: String(2n << 30n), unloggedBytes: '0', completeness: '1' } } });
    expect((await lines()).filter(({ key }) => key.endsWith('/transfer')).map(({ key, quantity }) => [key, quantity?.amount])).toEqual([
      ['delivery/attributed/EU/transfer', 1n << 30n], ['delivery/attributed/US/transfer', 1n << 30n],
    ]);
    const moves = usage.moves.length;
    after(1);
    await hour();
    expect(usage.moves).toHaveLength(moves);
    expect(await log.lateLogs.list()).toEqual([]);
  });

  it('costs no call of CloudWatch: metrics had settled', async () => {
    const { keep, late, hour, after, world } = await finalShow();
    const { calls } = world;
    after(70);

    await keep(late);
    await hour();

    expect(world.calls).toBe(calls);
  });

  it('is a correction in the month that is open when its own is closed', async () => {
    const { keep, late, hour, world, accrue, close, usage, head } = await finalShow();
    world.now = '2026-12-03T00:00:00.000Z';
    await accrue();
    await close('2026-11');

    await keep(late);
    await hour();

    expect((await usage.corrections(itemIds.account, '2026-12', { limit: 10 })).items.map(({ month }) => month)).toEqual(['2026-11']);
    expect(await head()).toMatchObject({ status: 'CORRECTED', accrual: 'CLOSED' });
  });

  it('is told of again until whoever measured meanwhile has ended', async () => {
    const { keep, late, hour, after, log } = await finalShow();
    await keep(late);

    await hour();
    expect(await log.lateLogs.list()).toHaveLength(1);
    after(1);
    await hour();
    expect(await log.lateLogs.list()).toEqual([]);
  });

  it('corrects also a show whose minutes CloudWatch has forgotten', async () => {
    const { keep, late, hour, after, head, world } = await finalShow();
    const { calls } = world;
    after(60 * 24);

    await keep(late);
    await hour();

    expect(await head()).toMatchObject({ status: 'CORRECTED' });
    expect(world.calls).toBe(calls);
  });

  it('waits for the next hour when the show cannot be measured', async () => {
    const { keep, late, hour, after, log, deps, head } = await finalShow();
    after(70);
    await keep(late);
    const list = jest.spyOn(deps.objects, 'list').mockRejectedValue(new Error('S3 is away'));

    expect(await hour()).toMatchObject({ failed: [{ what: itemIds.breakout }] });
    list.mockRestore();
    after(1);
    expect((await log.lateLogs.list()).map(({ source }) => source)).toContain('late.gz');
    await hour();

    expect(await head()).toMatchObject({ status: 'CORRECTED' });
    expect(await log.lateLogs.list()).toEqual([]);
  });
});

describe('a log that comes before its show is final', () => {
  it('is left to the final measurement', async () => {
    const { provisional, keep, hour, after, log, usage, logged } = lateWorld();
    await provisional();
    after(1);
    await keep({ source: 'late.gz', rows: [logged(1n << 30n, 40n)] });
    expect(await log.lateLogs.list()).toHaveLength(1);
    const moves = usage.moves.length;

    after(1);
    await hour();

    expect(usage.moves).toHaveLength(moves);
    expect(await log.lateLogs.list()).toEqual([]);
  });
});

describe('points of metrics that come when their show is final', () => {
  it('are corrections: they are read once more, days later, and never again', async () => {
    const { recheck, after, world, head, usage, metricSums } = await finalShow();
    const { calls } = world;
    metricSums['EgressBytes'] = 6n << 30n;

    after(1);
    await recheck();
    expect([world.calls, (await head())?.status]).toEqual([calls, 'FINAL']);
    after(12);
    expect(await recheck()).toEqual({ booked: 1, failed: [], isComplete: true });

    expect(await head()).toMatchObject({ status: 'CORRECTED', totals: { packagingEgressBytes: 6n << 30n } });
    const moves = usage.moves.length;
    after(24);
    await recheck();
    expect([usage.moves.length, world.calls]).toEqual([moves, calls + 1]);
  });
});
