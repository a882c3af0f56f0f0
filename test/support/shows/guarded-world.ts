import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { markRunning } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { checkRunning, startChannel } from '../../../lambda/domain/breakouts/show/start-channel.ts';
import { reconcile } from '../../../lambda/domain/guards/reconcile.ts';
import type { Announcement } from '../../../lambda/domain/monitoring/announcements.ts';
import type { ChannelLook, ListedAlert } from '../../../lambda/domain/monitoring/channel-watch.ts';
import type { StatisticSeries, StatisticWanted } from '../../../lambda/domain/monitoring/health/metric-statistics.ts';
import type { ProPipeline } from '../../../lambda/domain/pipelines/pipeline.ts';
import { bookedShow } from './a-booked-show.ts';
import { aCaller } from './a-plan.ts';
import { aFailoverPipeline } from './a-watched-show.ts';
import { memoryChannelTurns } from '../usage/memory-overheads.ts';
import { memoryGuardMarks } from './memory-guard-marks.ts';
import { memoryCamViewers } from './memory-cam-viewers.ts';
import { showWorld } from './show-world.ts';

/** A value for every minute of what is asked for. */
export type Figures = (metric: string) => number | null;

/** Everything that the reconciler touches, in memory, with a clock that stands still. */
export const guardedWorld = (pipelines: readonly ProPipeline[] = [aFailoverPipeline()]) => {
  const world = showWorld(pipelines);
  const announced: Announcement[] = [];
  const watched: { look: Partial<ChannelLook>; alerts: ListedAlert[]; figures: Figures } = { look: {}, alerts: [], figures: () => 25 };
  const [marks, turns, viewers] = [memoryGuardMarks(), memoryChannelTurns(), memoryCamViewers()];
  const deps = {
    ...world.deps,
    marks,
    turns,
    camViewers: viewers.camViewers,
    noInputStopSeconds: 300,
    metricDelaySeconds: 120,
    watch: {
      look: async (): Promise<ChannelLook> => ({ state: world.channel.current, active: [], ...watched.look }),
      alerts: async () => watched.alerts,
    },
    statistics: {
      read: async (_region: string, wanted: readonly StatisticWanted[], window: { from: number; to: number }): Promise<readonly StatisticSeries[]> =>
        wanted.map(({ metric }) => ({ values: Array.from({ length: (window.to - window.from) / 60_000 }, () => watched.figures(metric.name)), isComplete: true })),
    },
    announcements: { publish: async (announcement: Announcement) => void announced.push(announcement) },
  };
  return { ...world, deps, announced, watched, marks, turns, viewers, reconcile: () => reconcile(deps)() };
};

/** What the reconciler does now about each pipeline. */
export const outcomesOf = async ({ reconcile: run }: Pick<ReturnType<typeof guardedWorld>, 'reconcile'>) => (await run()).map(({ outcome }) => outcome);

/** A show that is claimed at 10:00 and runs since 10:00:30, and is to be over at 11:02. */
export const guardedShow = async (pipeline: ProPipeline = aFailoverPipeline()) => {
  const world = guardedWorld([pipeline]);
  const { breakoutId } = await bookedShow(world);
  world.setTime('2026-11-23T10:00:00.000Z');
  const { attempt } = await startBreakout(world.deps)({ caller: aCaller(), breakoutId });
  const show = { breakoutId, attempt };
  await startChannel(world.deps)(show);
  world.setTime('2026-11-23T10:00:30.000Z');
  world.channel.current = 'RUNNING';
  await checkRunning(world.deps)(show);
  await markRunning(world.deps)(show);
  const namesOf = (type: string) => world.log.kept.filter((entry) => entry.type === type).map(({ name }) => name);
  return { ...world, show, breakoutId, namesOf, now: () => world.breakout(breakoutId) };
};
