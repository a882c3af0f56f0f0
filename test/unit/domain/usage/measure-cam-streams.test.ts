import { measureFinal } from '../../../../lambda/domain/usage/measure-breakout.ts';
import { aCamPipeline, aCamRun, aStreamSession } from '../../../support/shows/a-cam-plan.ts';
import { itemIds } from '../../../support/usage/ids.ts';
import { measuredCamShow } from '../../../support/usage/measured-cam-show.ts';
import { aMinuteSeries } from '../../../support/usage/minute-series.ts';

describe("what of a Cam channel's streams a show is charged", () => {
  const refusedTries = Array.from({ length: 3 }, (_, index) =>
    aStreamSession({
      breakoutId: itemIds.breakout, streamId: `st-refused${index}`, startedAt: `2026-11-23T10:0${index}:10.000Z`, endedAt: `2026-11-23T10:0${index}:14.000Z`, isNeverLive: true,
      ...(index === 0 ? {} : { source: { widthPixels: 2560, heightPixels: 1440, framesPerSecond: 30, bitsPerSecond: 1, codec: 'avc1' } }),
    }),
  );

  it('charges nothing of streams that were refused, and takes no picture of theirs for what viewers were given', async () => {
    const { final, known, breakoutUsage, world } = measuredCamShow();
    known.sessions.unshift(...refusedTries);
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    expect(await breakoutUsage()).toMatchObject({ categories: { streaming: { hours: '0.5', runMilliseconds: '1800000', inputMilliseconds: '1800000', deliveredMilliseconds: '10800000', usd: '1.225' } } });
  });

  it.each([
    { points: 'has none of them', first: null, inputMilliseconds: '0', usd: '0' },
    // 2.4 s at 2 USD an hour.
    { points: 'has some', first: 2_400n, inputMilliseconds: '2400', usd: '0.001333333' },
  ])('charges a show whose streams were all refused what the metric has of them: $points', async ({ first, inputMilliseconds, usd }) => {
    const { final, known, deps, breakoutUsage, world } = measuredCamShow();
    known.sessions = [...refusedTries];
    deps.metrics.sumsByMinute = async (_region, names, window) => names.map(({ name }) => aMinuteSeries(window, name === 'LiveInputTime' && first !== null ? { [(Date.parse('2026-11-23T10:01:00Z') - window.from) / 60_000]: first } : {}));
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    expect(await breakoutUsage()).toMatchObject({ categories: { streaming: { runMilliseconds: null, inputMilliseconds, deliveredMilliseconds: '0', usd } } });
  });

  it("goes by the channel's type at the arming, whatever the pipeline has become since", async () => {
    const { final, known, breakoutUsage, lines, world } = measuredCamShow();
    known.runs[0] = { ...known.runs[0]!, channel: { ...known.runs[0]!.channel, type: 'BASIC' } };
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    // Half an hour at 0.20 USD, and three hours of HD, of which BASIC has no other class.
    expect((await breakoutUsage()).categories.streaming?.usd).toBe('0.325');
    expect((await lines()).find(({ key }) => key === 'streaming/output/NA')?.notes.join()).toContain('the only one');
  });

  it('bears the channel from the minute of its first own stream, and nothing of who streamed before', async () => {
    const { final, known, deps, lines, world } = measuredCamShow();
    known.sessions[0] = { ...known.sessions[0]!, startedAt: '2026-11-23T10:05:20.000Z' };
    deps.metrics.sumsByMinute = async (_region, names, window) => names.map(() => aMinuteSeries(window, Object.fromEntries(Array.from({ length: (window.to - window.from) / 60_000 }, (_, index) => [index, 60_000n]))));
    world.now = '2026-11-23T12:00:00.000Z';

    await final();

    const borne = (await lines()).filter(({ key }) => key.startsWith('streaming/input') || key.startsWith('streaming/output'));
    expect(new Set(borne.map(({ periodStart }) => periodStart))).toEqual(new Set(['2026-11-23T10:05:00.000Z']));
    // From 10:05 to 10:38, the tail's last minute with it.
    expect(borne.find(({ key }) => key === 'streaming/input')?.quantity?.amount).toBe(33n * 60_000n);
  });

  it('measures each leg by its own streams, when a show goes on with another pipeline', async () => {
    const { deps, known, lines, world } = measuredCamShow();
    const { breakout } = world;
    const [run, session] = [known.runs[0]!, known.sessions[0]!];
    const leftAt = '2026-11-23T10:20:10.000Z';
    world.breakout = { ...breakout, attempt: 2, pipelineId: 'pl_other', startRequestedAt: leftAt, earlierLegs: [{ attempt: 1, pipelineId: 'pl_cam', startRequestedAt: breakout.startRequestedAt!, leftAt, stoppedAt: leftAt, tailEndsAt: '2026-11-23T10:21:40.000Z' }] };
    const other = { ...aCamPipeline().channel, channelArn: `${aCamPipeline().channel.channelArn}2` };
    const first = await deps.pipelines.get();
    const pipelines = { get: async (pipelineId: string) => (pipelineId === 'pl_other' ? aCamPipeline({ pipelineId, channel: other }) : first) };
    known.runs = [{ ...run, ended: { at: leftAt, source: 'POLL' } }, aCamRun({ breakoutId: itemIds.breakout, attempt: 2, pipelineId: 'pl_other', requestedAt: leftAt, started: { at: leftAt, source: 'POLL' }, ended: run.ended!, channel: other })];
    known.sessions = [{ ...session, endedAt: '2026-11-23T10:20:05.000Z' }, { ...session, attempt: 2, streamId: 'st-2', pipelineId: 'pl_other', channelArn: other.channelArn, startedAt: '2026-11-23T10:23:00.000Z', source: { ...session.source!, widthPixels: 852, heightPixels: 480 } }];
    deps.metrics.sumsByMinute = async (_region, names, window) => names.map(() => aMinuteSeries(window));
    world.now = '2026-11-23T12:00:00.000Z';

    await measureFinal({ ...deps, pipelines })({ breakoutId: itemIds.breakout, attempt: 2 });

    const counted = (await lines()).filter(({ key }) => key.startsWith('streaming/') && !key.includes('output'));
    expect(counted.map(({ key, dimension, quantity }) => [key, dimension, quantity?.amount])).toEqual([
      ['streaming/input', 'live input, Standard channel', 905_000n],
      ['streaming/run-2/input', 'live input, Basic channel', 720_000n],
      ['streaming/run-2/session-st-2/time', 'stream session', 720_000n],
      ['streaming/session-st-1A2b3c4D5e6F7g8H9i/time', 'stream session', 905_000n],
    ]);
  });
});
