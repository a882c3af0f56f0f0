import { abortBreakout } from '../../../../lambda/domain/breakouts/abort-breakout.ts';
import { resetBreakout } from '../../../../lambda/domain/breakouts/reset-breakout.ts';
import { startBreakout } from '../../../../lambda/domain/breakouts/start-breakout.ts';
import { stopBreakout } from '../../../../lambda/domain/breakouts/stop-breakout.ts';
import { switchInput } from '../../../../lambda/domain/breakouts/switch-input.ts';
import { awaitStop } from '../../../../lambda/domain/breakouts/show/await-stop.ts';
import { endFailedShow } from '../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { markStopped } from '../../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../../lambda/domain/breakouts/show/mark-show.ts';
import { prepareChannel } from '../../../../lambda/domain/breakouts/show/prepare-channel.ts';
import type { InputFailover, ProPipeline } from '../../../../lambda/domain/pipelines/pipeline.ts';
import { bookedShow, createdEvent, startedShow } from '../../../support/shows/a-booked-show.ts';
import { aCaller, aPipeline, aRequestedRun } from '../../../support/shows/a-plan.ts';
import { showWorld, type ShowWorld } from '../../../support/shows/show-world.ts';

const caller = aCaller();
const failure = { code: 'channel-failed', message: 'it fell back' };

const runningShow = async (world: ShowWorld) => {
  const { breakoutId } = await startedShow(world);
  const show = { breakoutId, attempt: 1 };
  await world.deps.runs.begin({ ...aRequestedRun(), ...show, started: { at: '2026-11-23T09:56:00.000Z', source: 'POLL' } });
  await markRunning(world.deps)(show);
  return show;
};

describe('aborting a show', () => {
  it('ends the wait of a running show, whose usage and pipeline end as ever', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await awaitStop(world.deps)(show, 'token-1');

    expect(await abortBreakout(world.deps)({ caller, breakoutId: show.breakoutId })).toMatchObject({ status: 'RUNNING', stopReason: 'ABORTED' });
    await markStopping(world.deps)(show);

    expect(await markStopped(world.deps)(show)).toMatchObject({ outcome: 'ABORTED', tailEndsAt: '2026-11-23T09:56:36.000Z' });
    expect(world.completed).toEqual(['token-1']);
    expect(await world.breakout(show.breakoutId)).toMatchObject({ status: 'ABORTED', stoppedAt: '2026-11-23T09:55:00.000Z' });
    expect(world.log.kept.map(({ name }) => name)).toEqual(['STARTED', 'STOP_REQUESTED', 'ABORTED']);
  });

  it('keeps a show from going on with its start', async () => {
    const world = showWorld();
    const { breakoutId } = await startedShow(world);
    const show = { breakoutId, attempt: 1 };
    await abortBreakout(world.deps)({ caller, breakoutId });

    await expect(prepareChannel(world.deps)(show)).rejects.toMatchObject({ name: 'Conflict', code: 'show-aborted' });
    expect(await endFailedShow(world.deps)(show, { code: 'conflict', message: 'show-aborted' })).toMatchObject({ outcome: 'ABORTED' });
    expect(await world.breakout(breakoutId)).not.toHaveProperty('failure');
  });

  it('overrides a stop, and changes nothing the second time or after a failure', async () => {
    const world = showWorld();
    const { breakoutId, attempt } = await runningShow(world);
    const stopped = await stopBreakout(world.deps)({ caller, breakoutId });
    world.setTime('2026-11-23T10:10:00.000Z');
    await markStopping(world.deps)({ breakoutId, attempt });

    const aborted = await abortBreakout(world.deps)({ caller, breakoutId });

    expect(aborted).toMatchObject({ status: 'STOPPING', stopReason: 'ABORTED', stopRequestedAt: stopped.stopRequestedAt });
    expect(await abortBreakout(world.deps)({ caller, breakoutId })).toEqual(aborted);
    await endFailedShow(world.deps)({ breakoutId, attempt }, failure);
    expect(await abortBreakout(world.deps)({ caller, breakoutId })).toMatchObject({ status: 'ABORTED' });
  });

  it('rejects a show that has not started, is over, or is of another account', async () => {
    const world = showWorld();
    const scheduled = await bookedShow(world, { startsAt: '2026-11-23T15:00:00.000Z', endsAt: '2026-11-23T16:00:00.000Z' });
    const show = await runningShow(world);
    const abort = abortBreakout(world.deps);

    await expect(abort({ caller, breakoutId: scheduled.breakoutId })).rejects.toMatchObject({ code: 'breakout-not-started' });
    await expect(abort({ caller: aCaller({ accountId: 'acc_other' }), breakoutId: show.breakoutId })).rejects.toMatchObject({ name: 'NotFound' });
    await markStopping(world.deps)(show);
    await markStopped(world.deps)(show);
    await expect(abort({ caller, breakoutId: show.breakoutId })).rejects.toMatchObject({ code: 'breakout-over', details: { status: 'COMPLETED' } });
  });
});

describe('resetting a show', () => {
  const failedShow = async (world: ShowWorld) => {
    const { breakoutId, eventId } = await startedShow(world);
    const show = { breakoutId, attempt: 1 };
    await endFailedShow(world.deps)(show, failure);
    return { ...show, eventId };
  };

  it('schedules and books it again, with its attempts counted on', async () => {
    const world = showWorld();
    const { breakoutId, attempt } = await failedShow(world);
    await releasePipeline(world.deps)({ breakoutId, attempt });
    expect((await world.deps.calendar.read('pl_main')).bookings).toEqual([]);

    const reset = await resetBreakout(world.deps)({ caller, breakoutId });

    expect(reset).toMatchObject({ status: 'SCHEDULED', attempt: 1 });
    for (const mark of ['failure', 'startRequestedAt', 'hardStopAt', 'stoppedAt', 'tailEndsAt']) expect(reset).not.toHaveProperty(mark);
    expect((await world.deps.calendar.read('pl_main')).bookings).toMatchObject([{ breakoutId, startsAt: '2026-11-23T10:00:00.000Z' }]);
    expect(world.log.kept.at(-1)).toMatchObject({ name: 'RESET', attempt: 1 });
    expect(await startBreakout(world.deps)({ caller, breakoutId })).toMatchObject({ status: 'STARTING', attempt: 2 });
  });

  it('rejects a show of which something ran', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await endFailedShow(world.deps)(show, failure);
    await releasePipeline(world.deps)(show);

    await expect(resetBreakout(world.deps)({ caller, breakoutId: show.breakoutId })).rejects.toMatchObject({ code: 'breakout-has-run', details: { pipelineId: 'pl_main' } });
  });

  it('rejects while its pipeline is still held, and when another has booked it', async () => {
    const world = showWorld();
    const { breakoutId, attempt, eventId } = await failedShow(world);
    await expect(resetBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'pipeline-held' });

    await releasePipeline(world.deps)({ breakoutId, attempt });
    await bookedShow(world, { eventId, startsAt: '2026-11-23T10:30:00.000Z' });

    await expect(resetBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'pipeline-booked', details: { startsAt: '2026-11-23T10:30:00.000Z' } });
    expect(await world.breakout(breakoutId)).toMatchObject({ status: 'FAILED' });
  });

  it.each(['SCHEDULED', 'RUNNING'])('rejects a show that is %s', async (status) => {
    const world = showWorld();
    const { breakoutId } = status === 'SCHEDULED' ? await bookedShow(world) : await runningShow(world);

    await expect(resetBreakout(world.deps)({ caller, breakoutId })).rejects.toMatchObject({ code: 'breakout-not-failed', details: { status } });
  });
});

describe('switching the input', () => {
  const failover = (preference: InputFailover['preference']): InputFailover => ({ preference, errorClearMilliseconds: 30_000, inputLossMilliseconds: 3_000 });
  const twoInputs = (more: Partial<ProPipeline['channel']> = {}): ProPipeline =>
    aPipeline({ channel: { ...aPipeline().channel, inputs: [{ inputId: '11', name: 'primary', type: 'RTMP_PUSH' }, { inputId: '12', name: 'backup', type: 'RTMP_PUSH' }], ...more } });

  it.each([['by hand alone', {}], ['between equals', { failover: failover('EQUAL_INPUT_PREFERENCE') }]])('switches %s at once, once a request', async (_how, more) => {
    const world = showWorld([twoInputs(more)]);
    const { breakoutId } = await runningShow(world);

    await switchInput(world.deps)({ caller, breakoutId, input: 'backup', requestId: 'r1' });
    await switchInput(world.deps)({ caller, breakoutId, input: 'backup', requestId: 'r1' });
    await switchInput(world.deps)({ caller, breakoutId, input: 'backup', requestId: 'r2' });

    expect(world.switched).toEqual([{ channelId: '1234567', input: 'backup', name: 'backup-r1' }, { channelId: '1234567', input: 'backup', name: 'backup-r2' }]);
  });

  it.each([
    ['a channel that prefers its primary input', twoInputs({ failover: failover('PRIMARY_INPUT_PREFERRED') }), 'backup', { code: 'input-not-switchable', message: expect.stringContaining('EQUAL_INPUT_PREFERENCE') as string }],
    ['a channel with one input', aPipeline(), 'a', { code: 'input-not-switchable', message: expect.stringContaining('one input') as string }],
    ['an input that there is not', twoInputs(), 'third', { code: 'unknown-input', fields: [{ field: '/input', message: expect.stringContaining('primary or backup') as string }] }],
  ])('rejects %s', async (_what, pipeline, input, refusal) => {
    const world = showWorld([pipeline]);
    const { breakoutId } = await runningShow(world);

    await expect(switchInput(world.deps)({ caller, breakoutId, input, requestId: 'r1' })).rejects.toMatchObject(refusal);
    expect(world.switched).toEqual([]);
  });

  it('rejects a show that is not on', async () => {
    const world = showWorld([twoInputs()]);
    const { breakoutId } = await startedShow(world);

    await expect(switchInput(world.deps)({ caller, breakoutId, input: 'backup', requestId: 'r1' })).rejects.toMatchObject({ code: 'breakout-not-running', details: { status: 'STARTING' } });
  });

  it('is forgotten before the next run', async () => {
    const world = showWorld([twoInputs()]);
    const { eventId } = await createdEvent(world);
    const { breakoutId } = await bookedShow(world, { eventId });
    world.switched.push({ channelId: '1234567', input: 'backup', name: 'old' });
    await startBreakout(world.deps)({ caller, breakoutId });

    await prepareChannel(world.deps)({ breakoutId, attempt: 1 });

    expect(world.switched).toEqual([]);
  });
});
