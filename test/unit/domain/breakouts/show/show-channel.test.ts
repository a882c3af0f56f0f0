import { prepareChannel } from '../../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, ensureStopped, stopChannel } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { endFailedShow } from '../../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { releasePipeline } from '../../../../../lambda/domain/breakouts/show/mark-show.ts';
import { readIngest } from '../../../../../lambda/domain/breakouts/read-ingest.ts';
import { bookedShow, startedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { showWorld } from '../../../../support/shows/show-world.ts';

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
