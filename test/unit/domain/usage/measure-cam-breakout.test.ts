import { breakoutUsageSchema } from '../../../../lambda/contract/api/usage.ts';
import type { ListedSession } from '../../../../lambda/domain/pipelines/cam-control.ts';
import { NotFoundError, UnavailableError } from '../../../../lambda/domain/shared/errors.ts';
import { measureAgain } from '../../../../lambda/domain/usage/late/measure-again.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { measuredCamShow } from '../../../support/usage/measured-cam-show.ts';
import { usageReader } from '../../../support/usage/usage-reader.ts';

/** A session that IVS lists, live as it was. */
const aListedSession = (session: Pick<ListedSession, 'streamId' | 'startedAt' | 'endedAt'>) => ({ hasErrors: false, isLive: false, events: [], ...session });

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

  it('asks once more for streams before it is final, of which some are told late', async () => {
    const { breakoutUsage, final, ivs, known, lines, provisional, world } = measuredCamShow();
    const { endedAt: _endedAt, ...open } = known.sessions[0]!;
    known.sessions[0] = open;
    await provisional();
    // The first one broke off, and an encoder came back, whose stream outlasted the show by its last packets.
    ivs.state.sessions = [
      aListedSession({ streamId: 'st-late', startedAt: '2026-11-23T10:25:00.000Z', endedAt: '2026-11-23T10:36:20.000Z' }),
      aListedSession({ streamId: open.streamId, startedAt: open.startedAt, endedAt: '2026-11-23T10:20:00.000Z' }),
      aListedSession({ streamId: 'st-before', startedAt: '2026-11-23T09:00:00.000Z', endedAt: '2026-11-23T09:30:00.000Z' }),
    ];
    world.now = '2026-11-24T12:40:00.000Z';

    expect(await final()).toBe('DONE');

    expect((await lines()).filter(({ key }) => key.endsWith('/time')).map(({ key, quantity }) => [key, quantity?.amount])).toEqual([
      [`streaming/session-${open.streamId}/time`, 900_000n],
      ['streaming/session-st-late/time', 680_000n],
    ]);
    expect(await breakoutUsage()).toMatchObject({ status: 'FINAL', categories: { streaming: { runMilliseconds: '1580000' } } });
  });

  it.each([
    ['waits for a service that takes no more calls', new UnavailableError({ code: 'ivs-unavailable', message: 'slow down' }), '2026-11-23T11:50:00.000Z', 'PENDING'],
    ['goes by what is known once nothing is waited for any more', new UnavailableError({ code: 'ivs-unavailable', message: 'slow down' }), '2026-11-24T12:40:00.000Z', 'DONE'],
    ['goes by what is known of a channel that is gone', new NotFoundError({ code: 'channel-not-found', message: 'gone' }), '2026-11-23T11:50:00.000Z', 'DONE'],
  ])('%s', async (_what, error, now, answer) => {
    const { final, known, lines, world } = measuredCamShow();
    known.streams.sessions = async () => Promise.reject(error);
    world.now = now;

    expect(await final()).toBe(answer);

    expect((await lines()).filter(({ key }) => key.endsWith('/time')).map(({ quantity }) => quantity?.amount)).toEqual(answer === 'DONE' ? [1_800_000n] : []);
  });

  it('corrects what is final when a stream is told of later still', async () => {
    const { deps, final, ivs, breakoutUsage, world } = measuredCamShow();
    world.now = '2026-11-23T12:00:00.000Z';
    await final();
    ivs.state.sessions = [aListedSession({ streamId: 'st-late', startedAt: '2026-11-23T10:35:00.000Z', endedAt: '2026-11-23T10:35:30.000Z' })];
    world.now = '2026-11-26T12:00:00.000Z';

    await measureAgain(deps)(itemIds.breakout, { rereadsMetrics: true });

    expect(await breakoutUsage()).toMatchObject({ status: 'CORRECTED', categories: { streaming: { runMilliseconds: '1830000' } } });
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
