import { prepareChannel } from '../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, ensureStopped, stopChannel } from '../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { endFailedShow } from '../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { applySources, restoreSources } from '../../../../lambda/domain/breakouts/show/sources.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import type { Pipeline } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { readIngest } from '../../../../lambda/domain/breakouts/read-ingest.ts';
import { bookedShow, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline } from '../../../support/shows/a-plan.ts';
import { showWorld } from '../../../support/shows/show-world.ts';

const started = async () => {
  const world = showWorld();
  const { breakoutId } = await startedShow(world);
  return { world, show: { breakoutId, attempt: 1 } };
};

describe('the channel of a show', () => {
  it('gets the stream names that the encoder was told', async () => {
    const world = showWorld();
    const audited: object[] = [];
    const { breakoutId } = await startedShow(world);
    const audit = { record: async (entry: object) => void audited.push(entry) };

    const ingest = await readIngest({ ...world.deps, audit })(aCaller(), breakoutId);
    await prepareChannel(world.deps)({ breakoutId, attempt: 1 });

    expect(ingest.endpoints).toEqual([
      { input: 'a', pipeline: '0', protocol: 'RTMP', server: 'rtmp://203.0.113.7:1935/live', streamKey: 'secret1', url: 'rtmp://203.0.113.7:1935/live/secret1' },
    ]);
    expect(world.renamed.get('11')).toEqual(['live/secret1']);
    expect(audited).toEqual([{ accountId: 'acc_mine', at: '2026-11-23T09:55:00.000Z', action: 'read-ingest', subject: 'producer', breakoutId }]);
    expect(JSON.stringify(audited)).not.toContain('secret');
  });

  it('has other stream names for another show', async () => {
    const world = showWorld();
    const [one, two] = [await bookedShow(world), await bookedShow(world, { startsAt: '2026-11-23T15:00:00.000Z', endsAt: '2026-11-23T16:00:00.000Z' })];
    const read = readIngest({ ...world.deps, audit: { record: async () => undefined } });

    const keys = [await read(aCaller(), one.breakoutId), await read(aCaller(), two.breakoutId), await read(aCaller(), one.breakoutId)].map(({ endpoints }) => endpoints[0]?.streamKey);

    expect(keys[0]).toBe(keys[2]);
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('is frozen into the run before it is started, once', async () => {
    const { world, show } = await started();

    await startChannel(world.deps)(show);
    world.setTime('2026-11-23T09:56:00.000Z');
    await startChannel(world.deps)(show);

    const run = await world.deps.runs.get(show.breakoutId, 1);
    expect(run).toMatchObject({ requestedAt: '2026-11-23T09:55:00.000Z', channel: { outputs: [{ name: '1080p' }] } });
    expect(world.channel.calls).toEqual(['start', 'start']);
  });

  it('is waited for until it runs', async () => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);

    expect(await checkRunning(world.deps)(show)).toEqual({ status: 'PENDING' });
    world.channel.current = 'RUNNING';
    expect(await checkRunning(world.deps)(show)).toEqual({ status: 'DONE' });

    expect(await world.deps.runs.get(show.breakoutId, 1)).toMatchObject({ started: { at: '2026-11-23T09:55:00.000Z', source: 'POLL' } });
  });

  it('fails when it takes too long or falls back', async () => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);

    world.setTime('2026-11-23T10:00:00.000Z');
    expect(await checkRunning(world.deps)(show)).toEqual({ status: 'FAILED', reason: 'the channel is STARTING 300 s after it was told to start' });
    world.channel.current = 'IDLE';
    expect(await checkRunning(world.deps)(show)).toEqual({ status: 'FAILED', reason: 'the channel is IDLE instead of starting' });
  });

  it('is stopped and waited for until it is idle', async () => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);
    world.channel.current = 'RUNNING';
    world.setTime('2026-11-23T10:30:00.000Z');

    await stopChannel(world.deps)(show);
    expect(await checkIdle(world.deps)(show)).toEqual({ status: 'PENDING' });
    world.channel.current = 'IDLE';
    world.setTime('2026-11-23T10:30:20.000Z');
    expect(await checkIdle(world.deps)(show)).toEqual({ status: 'DONE' });
    world.setTime('2026-11-23T10:31:00.000Z');
    expect(await checkIdle(world.deps)(show)).toEqual({ status: 'DONE' });

    expect(await world.deps.runs.get(show.breakoutId, 1)).toMatchObject({ ended: { at: '2026-11-23T10:30:20.000Z', source: 'POLL' } });
  });

  it('is told again when it stops too slowly', async () => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);
    world.channel.current = 'RUNNING';
    await stopChannel(world.deps)(show);
    world.setTime('2026-11-23T09:57:00.000Z');

    expect(await checkIdle(world.deps)(show)).toMatchObject({ status: 'FAILED' });
    expect(await ensureStopped(world.deps)(show)).toEqual({ status: 'PENDING' });
    expect(await checkIdle(world.deps)(show)).toEqual({ status: 'PENDING' });
  });

  it('is not touched by a show that does not hold the pipeline', async () => {
    const { world, show } = await started();
    await releasePipeline(world.deps)(show);
    world.channel.current = 'RUNNING';

    await expect(prepareChannel(world.deps)(show)).rejects.toMatchObject({ code: 'pipeline-not-held' });
    await expect(startChannel(world.deps)(show)).rejects.toMatchObject({ name: 'Conflict' });
    await stopChannel(world.deps)(show);
    expect(await ensureStopped(world.deps)(show)).toEqual({ status: 'DONE' });
    expect(await checkIdle(world.deps)(show)).toEqual({ status: 'DONE' });
    expect(world.channel.calls).toEqual([]);
  });

  it('leaves a failed show with its reason and its end', async () => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);
    world.channel.current = 'IDLE';
    await ensureStopped(world.deps)(show);

    await endFailedShow(world.deps)(show, { code: 'channel-failed', message: 'it fell back' });
    await endFailedShow(world.deps)(show, { code: 'other', message: 'again' });
    await endFailedShow(world.deps)({ ...show, attempt: 2 }, { code: 'other', message: 'not this attempt' });

    expect(await world.breakout(show.breakoutId)).toMatchObject({ status: 'FAILED', failure: { code: 'channel-failed' }, stoppedAt: '2026-11-23T09:55:00.000Z' });
  });
});

describe('how a failed start ends', () => {
  it.each([
    ['conflict', {}, 'RETURNED', 'SCHEDULED'],
    ['unavailable', {}, 'FAILED', 'FAILED'],
    ['channel-failed', {}, 'FAILED', 'FAILED'],
    ['execution-lost', {}, 'FAILED', 'FAILED'],
    ['type-error', {}, 'FAILED', 'FAILED'],
    ['conflict', { stopReason: 'REQUESTED' as const, stopRequestedAt: '2026-11-23T09:55:00.000Z' }, 'FAILED', 'FAILED'],
    ['conflict', { stopReason: 'ABORTED' as const, stopRequestedAt: '2026-11-23T09:55:00.000Z' }, 'ABORTED', 'ABORTED'],
  ])('by %s %j is %s', async (code, marks, outcome, status) => {
    const { world, show } = await started();
    const claimed = await world.breakout(show.breakoutId);
    await world.deps.breakouts.save({ ...claimed, ...marks, revision: claimed.revision + 1 });

    expect(await endFailedShow(world.deps)(show, { code, message: 'why' })).toMatchObject({ outcome });
    expect(await endFailedShow(world.deps)(show, { code: 'other', message: 'again' })).toMatchObject({ outcome });

    const ended = await world.breakout(show.breakoutId);
    expect(ended.status).toBe(status);
    if (status !== 'ABORTED') expect(ended.failure).toEqual({ code, message: 'why' });
    expect(await world.deps.holds.get('pl_main')).toEqual(status === 'SCHEDULED' ? undefined : expect.objectContaining({ attempt: 1 }));
  });

  it('is FAILED for a channel that ran, and can be started again where nothing was touched', async () => {
    const { world, show } = await started();
    await endFailedShow(world.deps)(show, { code: 'conflict', message: 'busy' });
    expect((await world.deps.calendar.read('pl_main')).bookings).toHaveLength(1);
    const again = await startBreakout(world.deps)({ caller: aCaller(), breakoutId: show.breakoutId });
    expect(again).toMatchObject({ status: 'STARTING', attempt: 2 });
    expect(again).not.toHaveProperty('failure');

    const second = { ...show, attempt: 2 };
    await startChannel(world.deps)(second);
    world.channel.current = 'RUNNING';
    await ensureStopped(world.deps)(second);

    expect(await endFailedShow(world.deps)(second, { code: 'conflict', message: 'edge' })).toMatchObject({ outcome: 'FAILED', tailEndsAt: '2026-11-23T09:56:36.000Z' });
  });
});

describe('who may push to a show', () => {
  const declared = async (...sources: string[]) => {
    const world = showWorld();
    const { breakoutId } = await bookedShow(world, { sources });
    await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
    return { world, show: { breakoutId, attempt: 1 } };
  };

  it("is its declared sources in place of the pipeline's own, until it ends", async () => {
    const { world, show } = await declared('203.0.113.7/32', '192.0.2.0/24');

    await prepareChannel(world.deps)(show);
    expect(world.groups.get('77')).toEqual(['203.0.113.7/32', '192.0.2.0/24']);
    expect(await applySources(world.deps)(show)).toBe(false);
    await restoreSources(world.deps)(show);
    await restoreSources(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['198.51.100.0/24']);
    expect(world.log.kept.map(({ type, name }) => `${type} ${name}`)).toEqual(['SHOW START_REQUESTED', 'SOURCES APPLIED', 'SOURCES REMOVED']);
  });

  it('is put right again after a deploy in between', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    await prepareChannel(world.deps)(show);
    world.groups.set('77', ['198.51.100.0/24']);

    expect(await applySources(world.deps)(show)).toBe(true);
    expect(world.groups.get('77')).toEqual(['203.0.113.7/32']);
  });

  it("is the pipeline's own where it declares none, whatever was left behind", async () => {
    const { world, show } = await started();
    world.groups.set('77', ['203.0.113.7/32']);

    await prepareChannel(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['198.51.100.0/24']);
  });

  it('is left alone by a show that has the pipeline no more, or has ended', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    await endFailedShow(world.deps)(show, { code: 'channel-failed', message: 'x' });
    expect(await applySources(world.deps)(show)).toBe(false);
    await releasePipeline(world.deps)(show);
    world.groups.set('77', ['192.0.2.1/32']);

    await restoreSources(world.deps)(show);

    expect(world.groups.get('77')).toEqual(['192.0.2.1/32']);
  });

  it('fails while the group does not read back as it was set', async () => {
    const { world, show } = await declared('203.0.113.7/32');
    const sources = { allowed: async () => ['198.51.100.0/24'], allow: async () => undefined };

    await expect(prepareChannel({ ...world.deps, sources })(show)).rejects.toMatchObject({ name: 'Unavailable', code: 'sources-not-applied' });
  });
});

describe('the ingest of a show', () => {
  const ingestOf = async (channel: Partial<Pipeline['channel']>) => {
    const world = showWorld([aPipeline({ channel: { ...aPipeline().channel, ...channel } })]);
    const { breakoutId } = await bookedShow(world);
    const inputs = { endpoints: async (inputId: string) => ['1', '2'].map((end) => ({ base: `${channel.inputs![0]!.type === 'RTP_PUSH' ? 'rtp' : 'rtmp'}://203.0.113.${inputId}${end}:5000` })) };
    return (await readIngest({ ...world.deps, inputs, audit: { record: async () => undefined } })(aCaller(), breakoutId)).endpoints;
  };
  const two = (type: 'RTMP_PUSH' | 'RTP_PUSH') => [{ inputId: '1', name: 'primary', type }, { inputId: '2', name: 'backup', type }] as const;

  it('has four endpoints with names of their own on a standard channel with two inputs', async () => {
    const endpoints = await ingestOf({ channelClass: 'STANDARD', inputs: two('RTMP_PUSH') });

    expect(endpoints.map(({ input, pipeline }) => `${input} ${pipeline}`)).toEqual(['primary 0', 'primary 1', 'backup 0', 'backup 1']);
    expect(new Set(endpoints.map(({ streamKey }) => streamKey)).size).toBe(4);
  });

  it('is by source alone with RTP, at the endpoint that the channel takes from', async () => {
    const endpoints = await ingestOf({ inputs: two('RTP_PUSH') });

    expect(endpoints).toEqual([
      { input: 'primary', pipeline: '0', protocol: 'RTP', url: 'rtp://203.0.113.11:5000', note: expect.stringContaining('no stream name') as string },
      { input: 'backup', pipeline: '0', protocol: 'RTP', url: 'rtp://203.0.113.21:5000', note: expect.stringContaining('no stream name') as string },
    ]);
  });
});
