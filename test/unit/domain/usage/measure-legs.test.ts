import { aChannelRun, aStoppedBreakout } from '../../../support/usage/a-show.ts';
import { measuredShow } from '../../../support/usage/measured-show.ts';

/** The same hour, of which the last 20 minutes ran on a spare pipeline. */
const changed = () => {
  const given = measuredShow();
  const { world } = given;
  const left = { attempt: 1, pipelineId: 'pl_main', startRequestedAt: '2026-11-23T09:59:50.000Z', leftAt: '2026-11-23T10:40:00.000Z', stoppedAt: '2026-11-23T10:40:30.000Z', tailEndsAt: '2026-11-23T10:42:06.000Z' };
  world.breakout = aStoppedBreakout({ attempt: 2, pipelineId: 'pl_spare', startRequestedAt: '2026-11-23T10:40:00.000Z', earlierLegs: [left] });
  world.runs = [
    aChannelRun({ ended: { at: '2026-11-23T10:40:30.000Z', source: 'EVENT' } }),
    aChannelRun({ attempt: 2, pipelineId: 'pl_spare', requestedAt: '2026-11-23T10:40:00.000Z', started: { at: '2026-11-23T10:41:00.000Z', source: 'EVENT' } }),
  ];
  return given;
};

describe('measuring a show that changed its pipeline', () => {
  it('sums its runs, each on its own pipeline and in its own window', async () => {
    const { final, lines, breakoutUsage, usage, world } = changed();
    world.now = '2026-11-23T12:30:00.000Z';
    world.isComplete = true;
    world.rows = [];
    await final(2);
    world.now = '2026-11-23T14:30:00.000Z';

    await final(2);

    expect((await breakoutUsage()).categories).toMatchObject({ streaming: { runMilliseconds: String((40 * 60 + 19 * 60 + 30) * 1000) }, packaging: { ingressBytes: String(6n << 30n), gigabytes: '16' }, delivery: { bytes: String(4n << 30n), requests: '200' } });
    expect((await lines()).map(({ key }) => key).filter((key) => /time|ingress|edge/.test(key)).sort()).toEqual([
      'delivery/edge', 'delivery/run-2/edge', 'packaging/ingress', 'packaging/run-2/ingress', 'streaming/run-1/time', 'streaming/run-2/time',
    ]);
    expect(usage.moves[0]?.series.filter(({ name, periodSeconds }) => name.endsWith('/bytes') && periodSeconds === 60).map(({ name, from, values }) => [name, from.slice(11, 16), values.length])).toEqual([
      ['delivery/bytes', '09:59', 44],
      ['delivery/run-2/bytes', '10:40', 23],
    ]);
  });

  it('leaves it to the last attempt, and to a time when all tails have ended', async () => {
    const { final, lines, world } = changed();
    world.now = '2026-11-23T14:30:00.000Z';

    expect(await final(1)).toBe('DONE');
    expect(await lines()).toEqual([]);
    world.now = '2026-11-23T10:42:00.000Z';
    expect(await final(2)).toBe('PENDING');
  });
});
