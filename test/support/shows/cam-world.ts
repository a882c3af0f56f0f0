import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { awaitStop } from '../../../lambda/domain/breakouts/show/await-stop.ts';
import { markStopped } from '../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { prepareChannel } from '../../../lambda/domain/breakouts/show/prepare-channel.ts';
import { checkRunning, startChannel } from '../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, stopChannel } from '../../../lambda/domain/breakouts/show/stop-channel.ts';
import { stopBreakout } from '../../../lambda/domain/breakouts/stop-breakout.ts';
import { reconcile } from '../../../lambda/domain/guards/reconcile.ts';
import { hearStream } from '../../../lambda/domain/monitoring/cam/hear-stream.ts';
import { camPipelines } from '../../../lambda/domain/pipelines/cam-pipelines.ts';
import type { CamPipeline } from '../../../lambda/domain/pipelines/cam-pipeline.ts';
import { bookedShow } from './a-booked-show.ts';
import { aCamPipeline } from './a-cam-plan.ts';
import { aCaller } from './a-plan.ts';
import { guardedWorld } from './guarded-world.ts';
import { memoryRegistry } from './show-world.ts';

/** Everything that Cam shows touch, in memory, with a clock that stands still at 09:55. */
export const camWorld = (pipelines: readonly CamPipeline[] = [aCamPipeline()]) => {
  const world = guardedWorld([]);
  const registry = memoryRegistry(pipelines);
  const deps = { ...world.deps, pipelines: registry, runs: world.showRuns, audit: { record: async () => undefined } };
  const [{ channel: { channelArn } }] = [pipelines[0] ?? aCamPipeline()];
  return {
    ...world,
    deps,
    channelArn,
    reconcile: () => reconcile(deps)(),
    /** What the platform hears of a stream. */
    hear: (streamId: string, name: string, at: string, more: { readonly type?: string; readonly code?: string; readonly explanation?: string } = {}) =>
      hearStream({ ...deps, pipelines: camPipelines(registry) })(channelArn, { streamId, name, at, type: 'IVS Stream State Change', ...more }),
    logged: () => world.log.kept.map(({ type, name }) => `${type} ${name}`),
  };
};

/** A Cam show that is claimed at 10:00, armed and RUNNING since 10:00:05, and to be over at 11:02. */
export const armedShow = async () => {
  const world = camWorld();
  const { breakoutId } = await bookedShow(world, { pipelineId: 'pl_cam' });
  world.setTime('2026-11-23T10:00:00.000Z');
  const { attempt } = await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
  const show = { breakoutId, attempt };
  await prepareChannel(world.deps)(show);
  await startChannel(world.deps)(show);
  world.setTime('2026-11-23T10:00:05.000Z');
  await checkRunning(world.deps)(show);
  await markRunning(world.deps)(show);
  await awaitStop(world.deps)(show, 'token');
  return {
    ...world,
    show,
    breakoutId,
    sessions: () => world.deps.sessions.list(breakoutId),
    /** Is told to stop and stops, as its execution does it. */
    stop: async () => {
      await stopBreakout(world.deps)({ caller: aCaller(), breakoutId });
      await markStopping(world.deps)(show);
      await stopChannel(world.deps)(show);
      const progress = await checkIdle(world.deps)(show);
      return { progress, ended: await markStopped(world.deps)(show) };
    },
    release: () => releasePipeline(world.deps)(show),
  };
};
