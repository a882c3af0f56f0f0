import { changePipeline } from '../../../../../lambda/domain/breakouts/change-pipeline.ts';
import { markRunning } from '../../../../../lambda/domain/breakouts/show/mark-show.ts';
import { startBreakout } from '../../../../../lambda/domain/breakouts/start-breakout.ts';
import { updateBreakout } from '../../../../../lambda/domain/breakouts/update-breakout.ts';
import { aCamPipeline } from '../../../../support/shows/a-cam-plan.ts';
import { bookedShow } from '../../../../support/shows/a-booked-show.ts';
import { aCaller } from '../../../../support/shows/a-plan.ts';
import { camWorld } from '../../../../support/shows/cam-world.ts';

const caller = aCaller();
const anOpenPipeline = (pipelineId = 'pl_open') => aCamPipeline({ pipelineId, channel: { ...aCamPipeline().channel, isPrivate: false } });
const aWorld = () => camWorld([aCamPipeline(), anOpenPipeline()]);
const isPublic = { name: 'Conflict', code: 'playback-is-public', message: expect.stringMatching(/pl_open.*curtain UP.*playback PRIVATE/) as string, details: { pipelineId: 'pl_open' } };

describe('a channel that everyone may play', () => {
  it('takes no booking under a curtain that is down, and any other', async () => {
    const world = aWorld();

    await expect(bookedShow(world, { pipelineId: 'pl_open', curtain: 'DOWN' })).rejects.toMatchObject(isPublic);
    expect(await bookedShow(world, { pipelineId: 'pl_open' })).toMatchObject({ status: 'SCHEDULED', curtain: 'UP' });
    expect(await bookedShow(world, { pipelineId: 'pl_cam', curtain: 'DOWN' })).toMatchObject({ curtain: 'DOWN' });
  });

  it('takes none that is hidden by the default of the stage alone', async () => {
    const world = aWorld();
    const deps = { ...world.deps, curtainUnlessTold: 'DOWN' as const };

    await expect(bookedShow({ deps }, { pipelineId: 'pl_open' })).rejects.toMatchObject(isPublic);
    expect(await bookedShow({ deps }, { pipelineId: 'pl_open', curtain: 'UP' })).toMatchObject({ curtain: 'UP' });
  });

  it('takes no hidden show from another pipeline before its start', async () => {
    const world = aWorld();
    const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam', curtain: 'DOWN' });

    await expect(updateBreakout(world.deps)({ caller, breakoutId, changes: { pipelineId: 'pl_open' } })).rejects.toMatchObject(isPublic);
    expect(await world.deps.breakouts.get(breakoutId)).toMatchObject({ pipelineId: 'pl_cam', revision: 1 });
  });

  it('takes no hidden show that is on, and one that is shown', async () => {
    const world = aWorld();
    const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam', curtain: 'DOWN' });
    await startBreakout(world.deps)({ caller, breakoutId });
    await markRunning(world.deps)({ breakoutId, attempt: 1 });

    await expect(changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_open' })).rejects.toMatchObject(isPublic);
    expect(await world.deps.breakouts.get(breakoutId)).toMatchObject({ pipelineId: 'pl_cam', attempt: 1 });

    const hidden = await world.deps.breakouts.get(breakoutId);
    await world.deps.breakouts.save({ ...hidden, curtain: 'UP', revision: hidden.revision + 1 });
    expect(await changePipeline(world.deps)({ caller, breakoutId, pipelineId: 'pl_open' })).toMatchObject({ pipelineId: 'pl_open', attempt: 2 });
  });

  it('starts no show that was booked hidden while the channel was private', async () => {
    const before = camWorld([aCamPipeline({ pipelineId: 'pl_open' })]);
    const { breakoutId } = await bookedShow(before, { pipelineId: 'pl_open', curtain: 'DOWN' });
    const deps = { ...before.deps, pipelines: aWorld().deps.pipelines };

    await expect(startBreakout(deps)({ caller, breakoutId })).rejects.toMatchObject(isPublic);
    expect(await deps.breakouts.get(breakoutId)).toMatchObject({ status: 'SCHEDULED', attempt: 0 });
  });
});
