import { changePipeline } from '../../../../../lambda/domain/breakouts/change-pipeline.ts';
import { extendBreakout } from '../../../../../lambda/domain/breakouts/extend-breakout.ts';
import { readIngest } from '../../../../../lambda/domain/breakouts/read-ingest.ts';
import { resetBreakout } from '../../../../../lambda/domain/breakouts/reset-breakout.ts';
import { endFailedShow } from '../../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { prepareChannel } from '../../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, stopChannel } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { switchInput } from '../../../../../lambda/domain/breakouts/switch-input.ts';
import { UnavailableError } from '../../../../../lambda/domain/shared/errors.ts';
import { bookedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline } from '../../../../support/shows/a-plan.ts';
import { armedShow, camWorld } from '../../../../support/shows/cam-world.ts';
import { memoryRegistry } from '../../../../support/shows/show-world.ts';
import { aCamPipeline } from '../../../../support/shows/a-cam-plan.ts';

const server = 'rtmps://a1b2c3d4e5f6.global-contribute.live-video.net:443/app';

/** A show that is claimed at 10:00 on a channel that has a key of somebody's, who connected with it a second before. */
const strangersShow = async (connect: (ivs: ReturnType<typeof camWorld>['ivs']) => unknown) => {
  const world = camWorld();
  const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam' });
  world.setTime('2026-11-23T09:59:59.000Z');
  await world.ivs.cams.createKey(world.channelArn);
  connect(world.ivs);
  world.setTime('2026-11-23T10:00:00.000Z');
  await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
  return { world, show: { breakoutId, attempt: 1 } };
};

describe('a Cam show', () => {
  it('tells the server from the booking on, and the stream key from its start on', async () => {
    const world = camWorld();
    const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam' });
    const before = await readIngest(world.deps)(aCaller(), breakoutId);
    const { deps, breakoutId: armed } = await armedShow();

    expect(before.endpoints).toEqual([{ input: 'camera', pipeline: '0', protocol: 'RTMPS', server, url: server, note: expect.stringContaining('made anew') }]);
    expect((await readIngest(deps)(aCaller(), armed)).endpoints).toEqual([{ input: 'camera', pipeline: '0', protocol: 'RTMPS', server, url: `${server}/sk_1`, streamKey: 'sk_1' }]);
  });

  it('is armed with a key of its own, once, and its channel is frozen into the run', async () => {
    const { deps, show, ivs, setTime } = await armedShow();
    setTime('2026-11-23T10:01:00.000Z');
    await startChannel(deps)(show);

    expect(ivs.state.key?.value).toBe('sk_1');
    expect(await deps.camRuns.get(show.breakoutId, 1)).toEqual({
      kind: 'CAM', ...show, pipelineId: 'pl_cam', requestedAt: '2026-11-23T10:00:00.000Z', started: { at: '2026-11-23T10:00:05.000Z', source: 'POLL' },
      channel: { channelArn: aCamPipeline().channel.channelArn, type: 'BASIC', latencyMode: 'LOW', containerFormat: 'TS' },
    });
  });

  it('makes a key anew that was made and not kept', async () => {
    const world = camWorld();
    const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam' });
    await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
    await world.ivs.cams.createKey(world.channelArn);

    await startChannel(world.deps)({ breakoutId, attempt: 1 });

    expect(world.ivs.state.key?.value).toBe('sk_2');
    expect((await readIngest(world.deps)(aCaller(), breakoutId)).endpoints[0]?.streamKey).toBe('sk_2');
  });

  it('disconnects who streamed before it, and is armed when his recording has ended', async () => {
    const { world, show } = await strangersShow((ivs) => ivs.connect());
    await prepareChannel(world.deps)(show);
    await startChannel(world.deps)(show);
    const early = { key: world.ivs.state.key, isLetIn: world.ivs.connect('sk_1') };
    world.setTime('2026-11-23T10:01:29.000Z');
    const waiting = await checkRunning(world.deps)(show);
    world.setTime('2026-11-23T10:01:30.000Z');
    const armed = [await checkRunning(world.deps)(show), await checkRunning(world.deps)(show)];
    await world.hear('st-1', 'Stream End', '2026-11-23T10:00:00.000Z');
    await world.reconcile();

    expect(early).toEqual({ key: undefined, isLetIn: false });
    expect([waiting, ...armed].map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'DONE']);
    expect(await world.deps.camRuns.get(show.breakoutId, 1)).toMatchObject({ requestedAt: '2026-11-23T10:01:30.000Z' });
    expect(world.ivs.connect('sk_2')).toBe(true);
    expect(await world.deps.sessions.list(show.breakoutId)).toEqual([]);
    expect(world.logged()).toEqual(['SHOW START_REQUESTED', 'INPUT REFUSED']);
  });

  it('is not armed while an encoder still connects with the key before, however often it has to be put out', async () => {
    const { world, show } = await strangersShow((ivs) => ivs.dial());
    await prepareChannel(world.deps)(show);
    await startChannel(world.deps)(show);
    world.setTime('2026-11-23T10:00:04.000Z');
    world.ivs.goLive();
    const statuses = [await checkRunning(world.deps)(show)];
    world.setTime('2026-11-23T10:01:34.000Z');
    statuses.push(await checkRunning(world.deps)(show), await checkRunning(world.deps)(show));

    expect(statuses.map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'DONE']);
    expect(world.ivs.state.sessions).toMatchObject([{ endedAt: '2026-11-23T10:00:04.000Z' }]);
    expect(world.logged()).toEqual(['SHOW START_REQUESTED', 'INPUT REFUSED']);
  });

  it('starts behind a stream whose end is never told, once its recording must have ended', async () => {
    const { world, show } = await strangersShow((ivs) => ivs.connect());
    await prepareChannel(world.deps)(show);
    world.ivs.state.sessions = world.ivs.state.sessions.map(({ endedAt: _endedAt, ...session }) => session);
    const at = async (time: string) => {
      world.setTime(time);
      return (await checkRunning(world.deps)(show)).status;
    };

    expect([await at('2026-11-23T10:02:29.000Z'), await at('2026-11-23T10:02:30.000Z'), await at('2026-11-23T10:02:31.000Z')]).toEqual(['PENDING', 'PENDING', 'DONE']);
  });

  it('fails when an encoder that is not its own cannot be put out', async () => {
    const { world, show } = await strangersShow((ivs) => ivs.connect());
    const stubborn = { ...world.deps, cams: { ...world.deps.cams, stopStream: async () => undefined } };
    await prepareChannel(stubborn)(show);
    world.setTime('2026-11-23T10:05:00.000Z');

    expect(await checkRunning(stubborn)(show)).toEqual({ status: 'FAILED', reason: expect.stringContaining('disconnect it by hand') });
  });

  it('makes the key that could not be made when it was armed', async () => {
    const { world, show } = await strangersShow(() => undefined);
    const failing = { ...world.deps, cams: { ...world.deps.cams, createKey: () => Promise.reject(new UnavailableError({ code: 'ivs-unavailable', message: 'IVS cannot answer now' })) } };
    await prepareChannel(world.deps)(show);
    await expect(startChannel(failing)(show)).rejects.toThrow('cannot answer');
    const before = await checkRunning(world.deps)(show);
    world.setTime('2026-11-23T10:00:31.000Z');

    expect([before, await checkRunning(world.deps)(show), await checkRunning(world.deps)(show)].map(({ status }) => status)).toEqual(['PENDING', 'PENDING', 'DONE']);
  });

  it('stops by taking the key away first, then the stream, and knows the stream\'s end', async () => {
    const { ivs, setTime, stop, sessions, deps, show } = await armedShow();
    setTime('2026-11-23T10:01:00.000Z');
    ivs.connect();
    setTime('2026-11-23T10:30:00.000Z');
    ivs.state.calls = [];

    const { progress, ended } = await stop();

    expect(ivs.state.calls).toEqual(['delete-key', 'stop-stream']);
    expect(progress).toEqual({ status: 'DONE' });
    expect(ended).toMatchObject({ outcome: 'COMPLETED', stoppedAt: '2026-11-23T10:30:00.000Z', tailEndsAt: '2026-11-23T10:31:30.000Z', releasesAt: '2026-11-23T10:32:00.000Z' });
    expect(await sessions()).toMatchObject([{ streamId: 'st-1', startedAt: '2026-11-23T10:01:00.000Z', endedAt: '2026-11-23T10:30:00.000Z', source: { heightPixels: 720 } }]);
    expect(await deps.camRuns.get(show.breakoutId, 1)).toMatchObject({ ended: { at: '2026-11-23T10:30:00.000Z' } });
    expect(ivs.connect('sk_1')).toBe(false);
  });

  it('is not over while an encoder is still connected, which is disconnected again', async () => {
    const { ivs, deps, show } = await armedShow();
    ivs.connect();
    const stubborn = { ...deps, cams: { ...deps.cams, stopStream: async () => void ivs.state.calls.push('ignored') } };

    await stopChannel(stubborn)(show);

    expect(await checkIdle(stubborn)(show)).toEqual({ status: 'PENDING' });
    expect(await checkIdle(deps)(show)).toEqual({ status: 'PENDING' });
    expect(await checkIdle(deps)(show)).toEqual({ status: 'DONE' });
  });

  it('has one session for each time that its encoder comes back', async () => {
    const { ivs, setTime, sessions, reconcile } = await armedShow();
    for (const minute of ['01', '05']) {
      setTime(`2026-11-23T10:${minute}:00.000Z`);
      ivs.connect();
      setTime(`2026-11-23T10:${minute}:40.000Z`);
      ivs.disconnect();
    }
    await reconcile();

    expect((await sessions()).map(({ startedAt, endedAt }) => [startedAt.slice(14, 19), endedAt?.slice(14, 19)])).toEqual([['01:00', '01:40'], ['05:00', '05:40']]);
  });

  it.each([[false, { value: { status: 'SCHEDULED' } }], [true, { reason: { code: 'breakout-has-run' } }]])('can be reset after it failed, unless it was streamed to (%s)', async (isStreamed, outcome) => {
    const { deps, show, breakoutId, ivs, release } = await armedShow();
    if (isStreamed) ivs.connect();
    await stopChannel(deps)(show);
    await checkIdle(deps)(show);
    await endFailedShow(deps)(show, { code: 'execution-lost', message: 'the execution that ran this show had died' });
    await release();

    const [reset] = await Promise.allSettled([resetBreakout(deps)({ caller: aCaller(), breakoutId })]);

    expect(reset).toMatchObject(outcome);
  });

  it('can be extended as any show', async () => {
    const { deps, breakoutId } = await armedShow();

    expect(await extendBreakout(deps)({ caller: aCaller(), breakoutId, endsAt: '2026-11-23T12:00:00.000Z' })).toMatchObject({ hardStopAt: '2026-11-23T12:02:00.000Z' });
  });
});

describe('what a Cam pipeline has nothing of', () => {
  it('rejects switching its input, and says how encoders take over', async () => {
    const { deps, breakoutId } = await armedShow();

    await expect(switchInput(deps)({ caller: aCaller(), breakoutId, input: 'camera', requestId: 'r' })).rejects.toMatchObject({
      name: 'Conflict', code: 'input-not-switchable', message: expect.stringContaining('?priority='),
    });
  });

  it('rejects sources', async () => {
    await expect(bookedShow(camWorld(), { pipelineId: 'pl_cam', sources: ['203.0.113.0/24'] })).rejects.toMatchObject({ name: 'InvalidInput', code: 'sources-not-possible' });
  });

  it('rejects going on with a pipeline of the other kind', async () => {
    const { deps, breakoutId } = await armedShow();
    const both = { ...deps, pipelines: memoryRegistry([aCamPipeline(), aPipeline()]) };

    await expect(changePipeline(both)({ caller: aCaller(), breakoutId, pipelineId: 'pl_main' })).rejects.toMatchObject({ name: 'Conflict', code: 'pipeline-kind-differs' });
  });
});
