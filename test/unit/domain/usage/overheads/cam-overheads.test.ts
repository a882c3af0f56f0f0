import { aCamPipeline, aCamRun, aStreamSession } from '../../../../support/shows/a-cam-plan.ts';
import { hourlyWorld } from '../../../../support/usage/hourly-world.ts';
import { itemIds } from '../../../../support/usage/ids.ts';

const at = (time: string): number => Date.parse(time);
const minute = 60_000;
const hour = 3_600_000n;

const standard = aCamPipeline({ channel: { ...aCamPipeline().channel, type: 'STANDARD' } });

/** Points of so many milliseconds in every minute from a time on. */
const points = (from: string, minutes: number, milliseconds: bigint): readonly (readonly [number, bigint])[] => Array.from({ length: minutes }, (_, index) => [at(from) + index * minute, milliseconds] as const);

/** A Cam pipeline into which somebody streams on the 25th: an hour in the morning for nobody, and half an hour for a show. */
const streamedWorld = async () => {
  const hourly = await hourlyWorld();
  const { cam } = hourly.world;
  hourly.world.pipelines = [standard];
  cam.runs = [aCamRun({ breakoutId: itemIds.otherBreakout, requestedAt: '2026-11-25T12:00:00.000Z', started: { at: '2026-11-25T12:00:05.000Z', source: 'POLL' }, ended: { at: '2026-11-25T12:31:00.000Z', source: 'POLL' }, channel: standard.channel })];
  cam.kept = [aStreamSession({ breakoutId: itemIds.otherBreakout, streamId: 'st-show', startedAt: '2026-11-25T12:01:00.000Z', endedAt: '2026-11-25T12:31:00.000Z' })];
  cam.listed = [
    { streamId: 'st-show', startedAt: '2026-11-25T12:01:00.000Z', endedAt: '2026-11-25T12:31:00.000Z', hasErrors: false, heightPixels: 1080 },
    { streamId: 'st-nobody', startedAt: '2026-11-25T08:00:00.000Z', endedAt: '2026-11-25T09:00:00.000Z', hasErrors: false, heightPixels: 720 },
  ];
  cam.input = new Map([...points('2026-11-25T08:00:00Z', 60, 60_000n), ...points('2026-11-25T12:01:00Z', 30, 60_000n)]);
  cam.delivered = new Map([[at('2026-11-25T08:30:00Z'), 3n * hour], [at('2026-11-25T12:10:00Z'), 7n * hour]]);
  cam.byCountry = new Map([['DE', new Map([[at('2026-11-25T08:30:00Z'), 2n * hour], [at('2026-11-25T12:10:00Z'), 7n * hour]])]]);
  await hourly.hourAt('2026-11-25T00:00:00Z');
  const lines = async () => (await hourly.overheadLines('cam-pipeline/pl_cam', '2026-11')).map(({ key, quantity, nanoUsd, unpriced }) => [key, quantity?.amount, nanoUsd, unpriced]);
  return { ...hourly, cam, lines };
};

/** What {@link streamedWorld} streams and watches while no show has the pipeline. */
const unheldLines = [
  ['streaming/unheld-input/STANDARD', hour, 2_000_000_000n, undefined],
  ['streaming/unheld-output/STANDARD/HD/EU', 2n * hour, 150_000_000n, undefined],
  ['streaming/unheld-output/STANDARD/HD/UNKNOWN', hour, 75_000_000n, undefined],
  ['streaming/unheld-sessions/STANDARD', hour, undefined, undefined],
];

describe('overheads of a Cam pipeline', () => {
  it('are what was streamed and watched while no show had it', async () => {
    const { hourAt, lines, usage } = await streamedWorld();

    await hourAt('2026-11-26T02:00:00Z');

    expect(await lines()).toEqual(unheldLines);
    expect((await usage.overheads('2026-11')).measures).toMatchObject({ streamingRunMilliseconds: hour, streamingInputMilliseconds: hour, streamingDeliveredMilliseconds: 3n * hour, streamingNanoUsd: 2_225_000_000n });
  });

  it('say that no show had the pipeline, and between what the delivered hours lie', async () => {
    const { hourAt, overheadLines } = await streamedWorld();

    await hourAt('2026-11-26T02:00:00Z');

    const notes = (await overheadLines('cam-pipeline/pl_cam', '2026-11')).find(({ key }) => key.endsWith('/EU'))?.notes.join();
    expect(notes).toContain('while no show had the pipeline');
    expect(notes).toContain('as SD it would cost 0.075 USD');
  });

  it('charge nobody', async () => {
    const { hourAt, usage } = await streamedWorld();
    const before = await usage.accountUsage(itemIds.account, '2026-11');

    await hourAt('2026-11-26T02:00:00Z');

    expect((await usage.accountUsage(itemIds.account, '2026-11')).measures).toEqual(before.measures);
    expect((await usage.overheads('2026-11')).measures.streamingChargeNanoUsd).toBeUndefined();
  });

  it('measure 0 where nobody streamed, and book the same again', async () => {
    const { hourAt, cam, lines, usage } = await streamedWorld();
    cam.listed = [];
    cam.input = new Map();
    cam.delivered = new Map();
    cam.byCountry = new Map();
    await hourAt('2026-11-26T02:00:00Z');
    const moves = usage.moves.length;

    await hourAt('2026-11-26T03:00:00Z');

    expect(await lines()).toEqual([
      ['streaming/unheld-input/STANDARD', 0n, 0n, undefined],
      ['streaming/unheld-output/STANDARD/FULL_HD/UNKNOWN', 0n, undefined, undefined],
      ['streaming/unheld-sessions/STANDARD', 0n, undefined, undefined],
    ]);
    expect(usage.moves).toHaveLength(moves);
  });

  it('count by the sessions where the metric has no point, and know that delivery is not known', async () => {
    const { hourAt, cam, lines, overheadLines } = await streamedWorld();
    cam.input = new Map();
    cam.delivered = new Map();
    cam.byCountry = new Map();

    await hourAt('2026-11-26T02:00:00Z');

    expect(await lines()).toEqual([
      ['streaming/unheld-input/STANDARD', hour, 2_000_000_000n, undefined],
      ['streaming/unheld-output/STANDARD/HD/UNKNOWN/2026-11-25', undefined, undefined, undefined],
      ['streaming/unheld-sessions/STANDARD', hour, undefined, undefined],
    ]);
    expect((await overheadLines('cam-pipeline/pl_cam', '2026-11'))[0]?.notes).toContain('60 minutes without a point count by the stream sessions');
  });

  it('go by the metrics alone when the channel has gone', async () => {
    const { hourAt, cam, lines } = await streamedWorld();
    cam.isGone = true;

    expect((await hourAt('2026-11-26T02:00:00Z')).failed).toEqual([]);

    expect((await lines())[0]).toEqual(['streaming/unheld-input/STANDARD', hour, 2_000_000_000n, undefined]);
  });

  it('are counted again when more has come a day later', async () => {
    const { hourAt, cam, lines } = await streamedWorld();
    await hourAt('2026-11-26T02:00:00Z');
    cam.delivered.set(at('2026-11-25T08:31:00Z'), hour);

    await hourAt('2026-11-27T01:00:00Z');

    expect((await lines()).find(([key]) => key === 'streaming/unheld-output/STANDARD/HD/UNKNOWN')).toEqual(['streaming/unheld-output/STANDARD/HD/UNKNOWN', 2n * hour, 150_000_000n, undefined]);
  });

  it('have nothing of streams that were refused, of nobody and of shows', async () => {
    const { hourAt, cam, lines } = await streamedWorld();
    const refused = (streamId: string, time: string) => ({ streamId, startedAt: `2026-11-25T${time}:00.000Z`, endedAt: `2026-11-25T${time}:40.000Z`, hasErrors: true, heightPixels: 1440, isRefused: true as const });
    // The show's own was told late: it began before the channel was the show's.
    cam.kept = [...cam.kept, aStreamSession({ breakoutId: itemIds.otherBreakout, streamId: 'st-late', startedAt: '2026-11-25T11:58:00.000Z', endedAt: '2026-11-25T11:58:40.000Z', isNeverLive: true })];
    cam.listed = [...cam.listed, refused('st-refused', '07:50'), refused('st-late', '11:58')];

    await hourAt('2026-11-26T02:00:00Z');

    expect(await lines()).toEqual(unheldLines);
  });

  it('cut a stream over midnight at the days', async () => {
    const { hourAt, cam, overheadLines } = await streamedWorld();
    cam.listed = [{ streamId: 'st-long', startedAt: '2026-11-25T23:00:00.000Z', endedAt: '2026-11-26T02:00:00.000Z', hasErrors: false }];
    cam.input = new Map();

    await hourAt('2026-11-26T04:00:00Z');
    await hourAt('2026-11-27T04:00:00Z');

    const streamed = (await overheadLines('cam-pipeline/pl_cam', '2026-11')).find(({ key }) => key.startsWith('streaming/unheld-sessions'));
    expect(streamed?.quantity?.amount).toBe(3n * hour);
  });
});
