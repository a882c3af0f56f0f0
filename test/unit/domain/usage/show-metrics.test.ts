import { covers, legMetrics, readShowMetrics, type MeasuredLeg, type MeasuredPro } from '../../../../lambda/domain/usage/show-metrics.ts';
import type { MetricName } from '../../../../lambda/domain/usage/metric-series.ts';
import type { Interval } from '../../../../lambda/domain/usage/calendar-month.ts';
import { aMeteredPipeline } from '../../../support/usage/a-show.ts';
import { memoryCamSources } from '../../../support/usage/memory-cam-sources.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';
import { measuredShow } from '../../../support/usage/measured-show.ts';

const at = (time: string): number => Date.parse(`2026-11-23T${time}:00Z`);

const leg = (from: string, to: string, id = 'main', region = 'eu-west-1'): MeasuredLeg<MeasuredPro> => ({
  pipeline: { ...aMeteredPipeline(), region, packaging: { ...aMeteredPipeline().packaging, channelId: id }, delivery: { distributionId: `E-${id}`, baseUrl: 'https://d.cloudfront.net' } },
  windows: { packaging: { from: at(from), to: at(to) }, delivery: { from: at(from) - 60_000, to: at(to) } },
});

const reader = () => {
  const calls: { region: string; names: number; window: Interval }[] = [];
  const sumsByMinute = async (region: string, names: readonly MetricName[], window: Interval) => {
    calls.push({ region, names: names.length, window });
    return names.map((_, index) => aMinuteSeries(window, { 0: BigInt(index), 1: 10n, 6: 60n }));
  };
  return { calls, sources: { metrics: { sumsByMinute }, cam: memoryCamSources() } };
};

describe('the metrics of a show', () => {
  it('are read by one call a Region for all legs, over the time that they span', async () => {
    const { calls, sources } = reader();
    const legs = [leg('10:00', '10:05'), leg('10:05', '10:10', 'spare')];

    const reading = await readShowMetrics(sources, legs, at('10:11'));

    expect(calls).toEqual([
      { region: 'eu-west-1', names: 4, window: { from: at('10:00'), to: at('10:10') } },
      { region: 'us-east-1', names: 4, window: { from: at('09:59'), to: at('10:10') } },
    ]);
    expect(legMetrics(reading, legs[1]!).ingress).toEqual({ from: at('10:05'), values: [null, 60n, null, null, null], isComplete: true });
    expect(legMetrics(reading, legs[0]!).bytes).toEqual({ from: at('09:59'), values: [0n, 10n, null, null, null, null], isComplete: true });
  });

  it('are one call in all where the pipelines are in the edge\'s own Region', async () => {
    const { calls, sources } = reader();

    await readShowMetrics(sources, [leg('10:00', '10:05', 'main', 'us-east-1')], at('10:06'));

    expect(calls.map(({ names }) => names)).toEqual([4]);
  });

  it('cover no minute that was not asked for', async () => {
    const reading = await readShowMetrics(reader().sources, [leg('10:00', '10:05')], at('10:06'));

    expect(covers(reading, [leg('10:01', '10:05')])).toBe(true);
    expect(covers(reading, [leg('10:00', '10:06')])).toBe(false);
    expect(covers(reading, [leg('10:00', '10:05', 'spare')])).toBe(false);
    expect(() => legMetrics(reading, leg('10:00', '10:05', 'spare'))).toThrow(/read the metrics of all legs/);
  });
});

describe('a show past the days for which minutes are kept', () => {
  const started = Date.parse('2026-11-03T10:00:00Z');
  const day = 86_400_000;
  const running = (now: number): MeasuredLeg<MeasuredPro> => ({ ...leg('10:00', '10:05', 'main', 'us-east-1'), windows: { packaging: { from: started, to: now }, delivery: { from: started, to: now } } });
  /** Every minute counts itself. */
  const counting = (isComplete = true) => {
    const asked: Interval[] = [];
    const sumsByMinute = async (_region: string, names: readonly MetricName[], window: Interval) => {
      asked.push(window);
      const values = Array.from({ length: (window.to - window.from) / 60_000 }, (_, index) => BigInt((window.from - started) / 60_000 + index));
      return names.map(() => ({ from: window.from, values, isComplete }));
    };
    return { asked, sources: { metrics: { sumsByMinute }, cam: memoryCamSources() } };
  };
  const all = (now: number) => Array.from({ length: (now - started) / 60_000 }, (_, index) => BigInt(index));

  it('goes on from what was read before', async () => {
    const { asked, sources } = counting();
    const [first, second] = [started + 14 * day, started + 16 * day];

    const before = await readShowMetrics(sources, [running(first)], first);
    const reading = await readShowMetrics(sources, [running(second)], second, before);

    expect(asked.map(({ from }) => from)).toEqual([started, started + day + 600_000]);
    expect(legMetrics(reading, running(second)).ingress).toEqual({ from: started, values: all(second), isComplete: true });
  });

  it('has no value of minutes that nobody read in time, and is not complete', async () => {
    const now = started + 16 * day;

    const { ingress } = legMetrics(await readShowMetrics(counting().sources, [running(now)], now), running(now));

    expect([ingress.isComplete, ingress.values.findIndex((value) => value !== null)]).toEqual([false, 1_450]);
  });

  it('is as incomplete as what was read before', async () => {
    const [first, second] = [started + 14 * day, started + 16 * day];
    const before = await readShowMetrics(counting(false).sources, [running(first)], first);

    expect((await readShowMetrics(counting().sources, [running(second)], second, before)).series.map(({ isComplete }) => isComplete)).toEqual([false, false, false, false]);
  });
});

describe('calls of CloudWatch in the life of a profile', () => {
  it('are two a reading at most, and eight in all, however long logs are waited for', async () => {
    const { provisional, final, world } = measuredShow();
    await provisional();
    await provisional();
    for (let minute = 1; minute < 59; minute += 1) {
      world.now = new Date(Date.parse('2026-11-23T12:00:41.000Z') + minute * 60_000).toISOString();
      expect(await final()).toBe('PENDING');
    }
    world.now = '2026-11-23T13:00:40.000Z';

    expect(await final()).toBe('DONE');

    // All of this show is in us-east-1: one call a reading. With its pipeline elsewhere each is two.
    expect(world.calls).toBe(3);
  });

  it('are a few more while the service calls its answers partial, each wait as long as all before it', async () => {
    const { final, world, logged } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];
    world.isComplete = false;
    const settled = Date.parse('2026-11-23T12:00:40.000Z');
    const readAfter: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      const before = world.calls;
      world.now = new Date(settled + minute * 60_000).toISOString();
      expect(await final()).toBe('PENDING');
      if (world.calls > before) readAfter.push(minute);
    }
    world.now = '2026-11-23T13:00:40.000Z';

    expect(await final()).toBe('DONE');

    expect(readAfter).toEqual([0, 5, 10, 20, 40]);
    expect(world.calls).toBe(6);
  });

  it('end when the answer is complete', async () => {
    const { final, world, logged } = measuredShow();
    world.rows = [logged(2n << 30n, 100n)];
    world.isComplete = false;
    world.now = '2026-11-23T12:01:00.000Z';
    expect(await final()).toBe('PENDING');
    world.isComplete = true;
    world.now = '2026-11-23T12:06:00.000Z';

    expect(await final()).toBe('DONE');

    expect(world.calls).toBe(2);
  });

  it('are none while a recording is made or a tail runs', async () => {
    const { final, world } = measuredShow();
    world.recording = { ...world.recording!, status: 'PROCESSING' };
    world.now = '2026-11-23T12:01:00.000Z';

    expect(await final()).toBe('PENDING');

    expect(world.calls).toBe(0);
  });

  it('are none past the 15 days for which minutes are kept: the kept reading counts', async () => {
    const { provisional, final, world, logged } = measuredShow();
    world.now = '2026-11-23T11:30:00.000Z';
    await provisional();
    world.rows = [logged(2n << 30n, 100n)];
    world.now = '2026-12-20T00:00:00.000Z';

    expect(await final()).toBe('DONE');

    expect(world.calls).toBe(1);
  });
});
