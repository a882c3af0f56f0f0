import { breakoutUsageSchema } from '../../../../lambda/contract/api/usage.ts';
import { measuredCamShow } from '../../../support/usage/measured-cam-show.ts';
import { usageReader } from '../../../support/usage/usage-reader.ts';

describe('measuring a breakout on a Cam pipeline', () => {
  it('books what was streamed and delivered as streaming, and says that packaging and delivery do not apply', async () => {
    const { provisional, usage, breakoutUsage } = measuredCamShow();

    await provisional();

    const read = await breakoutUsage();
    expect(breakoutUsageSchema.parse(read)).toEqual(read);
    expect(read).toMatchObject({
      status: 'PROVISIONAL',
      states: { streaming: 'MEASURED', packaging: 'NOT_APPLICABLE', delivery: 'NOT_APPLICABLE', storage: 'MEASURED' },
      categories: {
        streaming: {
          hours: '0.5', runMilliseconds: '1800000', billableMinutes: null, inputMilliseconds: '1800000', deliveredMilliseconds: '10800000', deliveredHours: '3',
          billable: { amount: '0.5', unit: 'hours' },
          // Half an hour at 2 USD, and three hours of HD at 0.075 USD.
          usd: '1.225',
        },
        packaging: null,
        delivery: null,
      },
      unpriced: [],
    });
    expect((await usageReader(usage).event()).states.packaging).toBe('NOT_APPLICABLE');
  });

  it('keeps lines that sum to the profile, and the points that they come from', async () => {
    const { final, lines, usage, world } = measuredCamShow();
    world.now = '2026-11-23T12:00:00.000Z';

    expect(await final()).toBe('DONE');

    expect((await lines()).filter(({ category }) => category === 'streaming').map(({ key, quantity, nanoUsd }) => [key, quantity?.amount, nanoUsd])).toEqual([
      ['streaming/input', 1_800_000n, 1_000_000_000n],
      ['streaming/output/EU', 1_800_000n, 37_500_000n],
      ['streaming/output/NA', 7_200_000n, 150_000_000n],
      ['streaming/output/UNKNOWN', 1_800_000n, 37_500_000n],
      ['streaming/session-st-1A2b3c4D5e6F7g8H9i/time', 1_800_000n, undefined],
    ]);
    expect(usage.moves[0]?.series.map(({ name }) => name)).toEqual(['streaming/input', 'streaming/delivered', 'streaming/delivered/DE', 'streaming/delivered/US']);
  });

  it('asks CloudWatch once a reading, and measures the same again', async () => {
    const { final, provisional, calls, usage, world } = measuredCamShow();
    await provisional();
    world.now = '2026-11-23T12:00:00.000Z';
    await final();
    const moves = usage.moves.length;

    await final();

    expect(usage.moves).toHaveLength(moves);
    expect(calls.map((names) => names.length)).toEqual([4, 4]);
  });

  it('counts a stream whose end is never told up to the end of the run', async () => {
    const { final, known, lines, world } = measuredCamShow();
    const { endedAt: _endedAt, ...session } = known.sessions[0]!;
    known.sessions[0] = session;
    world.now = '2026-11-24T12:40:00.000Z';
    await final();

    // From 10:05 to 10:36.
    expect((await lines()).find(({ key }) => key.endsWith('/time'))?.quantity?.amount).toBe(1_860_000n);
  });

  it('waits while the pipeline is still armed', async () => {
    const { final, known, world } = measuredCamShow();
    const { ended: _ended, ...run } = known.runs[0]!;
    known.runs[0] = run;
    world.now = '2026-11-23T12:00:00.000Z';

    expect(await final()).toBe('PENDING');
  });

  it('charges what a stranger streamed before the show, and who watched it, to nobody', async () => {
    const { final, known, deps, breakoutUsage, world } = measuredCamShow();
    known.sessions.length = 0;
    const firstMinute = (length: number) => Array.from({ length }, (_, index) => (index === 0 ? 33_000n : null));
    deps.metrics.sumsByMinute = async (_region, names, window) => names.map(() => ({ from: window.from, values: firstMinute((window.to - window.from) / 60_000), isComplete: true }));
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { streaming: { inputMilliseconds: '0', deliveredMilliseconds: '0', usd: '0' } } });
  });

  it('charges a show that nobody streamed into nothing, and knows it', async () => {
    const { final, known, deps, breakoutUsage, world } = measuredCamShow();
    known.sessions.length = 0;
    deps.metrics.sumsByMinute = async (_region, names, window) => names.map(() => ({ from: window.from, values: Array.from({ length: (window.to - window.from) / 60_000 }, () => null), isComplete: true }));
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { streaming: { inputMilliseconds: '0', deliveredMilliseconds: '0', usd: '0' } } });
  });
});
