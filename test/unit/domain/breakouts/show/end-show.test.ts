import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { markStopped } from '../../../../../lambda/domain/breakouts/show/end-show.ts';
import { markStopping, releasePipeline } from '../../../../../lambda/domain/breakouts/show/mark-show.ts';
import { runningShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { showWorld } from '../../../../support/shows/show-world.ts';

describe('the end of a show', () => {
  it('says when the tail ends, the pipeline is free and usage is settled', async () => {
    const world = showWorld();
    const show = await runningShow(world);
    await markStopping(world.deps)(show);
    world.setTime('2026-11-23T10:30:10.000Z');
    const expected = { outcome: 'COMPLETED', stoppedAt: '2026-11-23T10:30:10.000Z', tailEndsAt: '2026-11-23T10:31:46.000Z', releasesAt: '2026-11-23T10:32:00.000Z', convertsAt: '2026-11-23T10:30:10.000Z', settlesAt: '2026-11-23T10:40:10.000Z' };
    await world.deps.runs.begin({ ...show, pipelineId: 'pl_main', requestedAt: 'x', channel: await world.deps.channels.describe('') });
    await world.deps.runs.observe(show.breakoutId, 1, { started: { at: '2026-11-23T09:56:00.000Z', source: 'EVENT' }, ended: { at: '2026-11-23T10:30:10.000Z', source: 'EVENT' } });

    expect(await markStopped(world.deps)(show)).toEqual(expected);
    world.setTime('2026-11-23T10:31:00.000Z');
    expect(await markStopped(world.deps)(show)).toEqual(expected);

    await releasePipeline(world.deps)(show);
    expect(await world.deps.holds.get('pl_main')).toBeUndefined();
    await expect(startBreakout(world.deps)({ caller: aCaller(), breakoutId: show.breakoutId })).rejects.toMatchObject({ details: { status: 'COMPLETED' } });
  });
});
