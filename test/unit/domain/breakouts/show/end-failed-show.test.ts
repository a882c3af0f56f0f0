import { startChannel } from '../../../../../lambda/domain/breakouts/show/start-channel.ts';
import { ensureStopped } from '../../../../../lambda/domain/breakouts/show/stop-channel.ts';
import { endFailedShow } from '../../../../../lambda/domain/breakouts/show/end-failed-show.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { startedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { showWorld } from '../../../../support/shows/show-world.ts';

const started = async () => {
  const world = showWorld();
  const { breakoutId } = await startedShow(world);
  return { world, show: { breakoutId, attempt: 1 } };
};

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
    expect(world.losses.told).toEqual(status === 'ABORTED' ? [] : [{ kind: 'SHOW_FAILED', breakoutId: show.breakoutId, message: 'why' }]);
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

  it.each([
    ['its booked end', '2026-11-23T09:58:00.000Z', '2026-11-23T09:58:00.000Z'],
    ['its usage can be final, when it was booked for days', '2026-11-27T20:00:00.000Z', '2026-11-23T10:05:00.000Z'],
  ])('is converted when it cannot go on any more: at %s', async (_when, endsAt, convertsAt) => {
    const { world, show } = await started();
    await startChannel(world.deps)(show);
    world.channel.current = 'RUNNING';
    await ensureStopped(world.deps)(show);
    const ran = await world.breakout(show.breakoutId);
    await world.deps.breakouts.save({ ...ran, endsAt, revision: ran.revision + 1 });

    expect(await endFailedShow(world.deps)(show, { code: 'channel-failed', message: 'why' })).toMatchObject({ outcome: 'FAILED', settlesAt: '2026-11-23T10:05:00.000Z', convertsAt });
  });
});
