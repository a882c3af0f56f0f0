import type { ChannelLook, ListedAlert } from '../../../../../lambda/domain/monitoring/channel-watch.ts';
import { readHealth } from '../../../../../lambda/domain/monitoring/health/read-health.ts';
import type { StatisticWanted } from '../../../../../lambda/domain/monitoring/health/metric-statistics.ts';
import { UnavailableError } from '../../../../../lambda/domain/shared/errors.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { memoryIvs } from '../../../../support/shows/memory-ivs.ts';
import { memoryRunsOfAllKinds } from '../../../../support/shows/memory-runs.ts';
import { aWatchedShow } from '../../../../support/shows/a-watched-show.ts';

type Metrics = Readonly<Record<string, number | null>>;

const healthy: Metrics = { InputVideoFrameRate: 25, DroppedFrames: 0, NetworkIn: 5, NetworkOut: 8, ActiveAlerts: 0 };

const noCams = () => ({ camRuns: memoryRunsOfAllKinds().camRuns, streams: memoryIvs(() => 0).streams });

const aLoss = (input: string): ListedAlert => ({ alertId: input, alertType: 'RTMP Has No Audio/Video', pipeline: '0', message: `input ${input}: the source has gone`, setAt: '2026-11-23T10:10:00.000Z' });

const setUp = async (
  { metrics = healthy, alerts = [], look = {}, show }: { metrics?: Metrics; alerts?: readonly ListedAlert[]; look?: Partial<ChannelLook>; show?: Parameters<typeof aWatchedShow>[0] } = {},
) => {
  const world = await aWatchedShow(show);
  const asked: { from: number; to: number }[] = [];
  const channels = {
    look: async (): Promise<ChannelLook> => ({ state: 'RUNNING', active: [{ pipeline: '0', input: 'primary' }], ...look }),
    alerts: async () => alerts,
    thumbnail: async () => ({ contentType: 'image/jpeg', base64: 'AAAA', takenAt: '2026-11-23T10:19:58.000Z' }),
  };
  const statistics = {
    async read(_region: string, wanted: readonly StatisticWanted[], window: { from: number; to: number }) {
      asked.push(window);
      return wanted.map(({ metric }) => ({ values: Array.from({ length: (window.to - window.from) / 60_000 }, () => metrics[metric.name] ?? null), isComplete: true }));
    },
  };
  const deps = { ...world.deps, ...noCams(), channels, statistics, now: () => Date.parse('2026-11-23T10:20:00.000Z') };
  return { ...world, deps, asked, health: () => readHealth(deps)(aCaller(), world.breakout.breakoutId) };
};

describe('the health of a show that goes well', () => {
  it('tells both inputs, the figures, the still and a verdict', async () => {
    const { health } = await setUp();

    expect(await health()).toMatchObject({
      channelState: 'RUNNING',
      verdict: { level: 'GOOD', summary: 'all is well', reasons: ['primary: 25 frames a second arrive'], nextStep: 'nothing' },
      inputs: [{ name: 'primary', arriving: 'YES', activeOnPipelines: ['0'] }, { name: 'backup', arriving: 'YES', activeOnPipelines: [] }],
      pipelines: [{ pipeline: '0', activeInput: 'primary', inputFramesPerSecond: 25, droppedFrames: 0, inputMegabitsPerSecond: 5, outputMegabitsPerSecond: 8, thumbnail: { base64: 'AAAA' } }],
      alerts: [],
    });
  });

  it('has series of its own run alone', async () => {
    const { health, asked } = await setUp();

    const { window } = await health();

    expect(asked).toEqual([{ from: Date.parse('2026-11-23T10:00:00.000Z'), to: Date.parse('2026-11-23T10:21:00.000Z') }]);
    expect(window).toMatchObject({ periodSeconds: 60, isComplete: true });
    expect(window!.series.map(({ figure, values }) => [figure, values.length])).toContainEqual(['inputFramesPerSecond', 21]);
  });

  it('goes without a still when there is none to be had', async () => {
    const { deps, breakout } = await setUp();
    deps.channels.thumbnail = async () => {
      throw new UnavailableError({ code: 'medialive-unavailable', message: 'throttled' });
    };

    expect((await readHealth(deps)(aCaller(), breakout.breakoutId)).pipelines).toMatchObject([{ thumbnail: null }]);
  });

  it('is told to nobody else', async () => {
    const { deps, breakout } = await setUp();

    await expect(readHealth(deps)(aCaller({ accountId: 'acc_other' }), breakout.breakoutId)).rejects.toMatchObject({ code: 'breakout-not-found' });
  });
});

describe('the verdict on a running show', () => {
  const verdictOf = async (options: Parameters<typeof setUp>[0]) => (await (await setUp(options)).health()).verdict;

  it.each([
    [19, 'WARNING'],
    [20, 'GOOD'],
    [30, 'GOOD'],
    [33, 'GOOD'],
    [50, 'WARNING'],
  ])('takes %d frames a second on a ladder of 30 for %s', async (InputVideoFrameRate, level) => {
    expect((await verdictOf({ metrics: { ...healthy, InputVideoFrameRate } })).level).toBe(level);
  });

  it('calls dropped frames lag', async () => {
    const verdict = await verdictOf({ metrics: { ...healthy, DroppedFrames: 2 } });

    expect(verdict).toMatchObject({ level: 'WARNING', reasons: ['pipeline 0 dropped 10 frames in five minutes: it lags'] });
  });

  it('says what to do when no encoder has come yet', async () => {
    const verdict = await verdictOf({ metrics: { ...healthy, InputVideoFrameRate: null } });

    expect(verdict.level).toBe('BAD');
    expect(verdict.reasons[0]).toContain('nothing has arrived since the channel started');
    expect(verdict.nextStep).toContain('GET …/ingest');
  });

  it('tells an input that was lost from one that never came', async () => {
    expect((await verdictOf({ metrics: { ...healthy, InputVideoFrameRate: 0 } })).reasons[0]).toContain('sends no frames now');
  });

  it('waits for figures rather than guess', async () => {
    expect(await verdictOf({ metrics: {} })).toMatchObject({ level: 'WAITING', nextStep: 'ask again in a minute' });
  });

  it('warns of a failover, and of the input that is missing', async () => {
    const verdict = await verdictOf({ look: { active: [{ pipeline: '0', input: 'backup' }] }, alerts: [aLoss('primary')] });

    expect(verdict).toMatchObject({ level: 'WARNING', summary: 'the show goes on, but not all is well' });
    expect(verdict.reasons).toEqual([
      'input primary does not arrive (RTMP Has No Audio/Video since 2026-11-23T10:10:00.000Z: input primary: the source has gone): there is nothing to fail over to',
      'pipeline 0 failed over to backup: the show goes on without primary',
    ]);
  });

  it('passes on alerts of another kind', async () => {
    const alert = { ...aLoss('primary'), alertType: 'Failed to Write to Output', message: 'HTTP 503' };

    expect((await verdictOf({ alerts: [alert] })).reasons).toEqual(['pipeline 0: Failed to Write to Output (HTTP 503)']);
  });
});

describe('an input of which nothing is told', () => {
  it('is unknown when a missing one is not named', async () => {
    const { health } = await setUp({ alerts: [{ ...aLoss('primary'), message: 'a stream has gone' }] });

    expect((await health()).inputs[1]).toMatchObject({ name: 'backup', arriving: 'UNKNOWN' });
  });

  it('is unknown where the channel listens to one input at a time', async () => {
    const { health, pipeline } = await setUp();
    Object.assign(pipeline.channel, { failover: undefined });

    expect((await health()).inputs[1]).toMatchObject({ arriving: 'UNKNOWN', reason: 'the channel listens to it only when it is switched to it' });
  });
});

describe('the health of a show that does not run', () => {
  it.each([
    ['SCHEDULED', 'NOT_RUNNING'],
    ['STARTING', 'WAITING'],
    ['RUNNING', 'BAD'],
    ['COMPLETED', 'NOT_RUNNING'],
    ['FAILED', 'NOT_RUNNING'],
  ] as const)('is told of %s as %s', async (status, level) => {
    const { health } = await setUp({ show: { breakout: { status } }, look: { state: 'IDLE', active: [] } });

    expect(await health()).toMatchObject({ channelState: 'IDLE', verdict: { level }, pipelines: [], alerts: [], inputs: [{ arriving: 'UNKNOWN' }, { arriving: 'UNKNOWN' }] });
  });

  it('says nothing of a channel that another show has', async () => {
    const world = await setUp({ show: { breakout: { status: 'COMPLETED' } } });
    world.holds.clear();

    expect(await world.health()).not.toHaveProperty('channelState');
  });

  it('has no series once it is three hours past', async () => {
    const world = await setUp({ show: { breakout: { status: 'COMPLETED' }, run: { ended: { at: '2026-11-23T11:00:00.000Z', source: 'EVENT' } } } });
    world.deps.now = () => Date.parse('2026-11-23T14:05:00.000Z');

    expect(await world.health()).not.toHaveProperty('window');
    expect(world.asked).toEqual([]);
  });
});
