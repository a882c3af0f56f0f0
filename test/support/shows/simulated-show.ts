import { startBreakout } from '../../../lambda/domain/breakouts/start-breakout.ts';
import { markStopped } from '../../../lambda/domain/breakouts/show/end-show.ts';
import { markRunning, markStopping, releasePipeline } from '../../../lambda/domain/breakouts/show/mark-show.ts';
import { checkRunning, startChannel } from '../../../lambda/domain/breakouts/show/start-channel.ts';
import { checkIdle, stopChannel } from '../../../lambda/domain/breakouts/show/stop-channel.ts';
import { requestStop } from '../../../lambda/domain/breakouts/stop-breakout.ts';
import type { Show } from '../../../lambda/domain/breakouts/show-executions.ts';
import type { ShowLogEntry } from '../../../lambda/domain/breakouts/log/show-log.ts';
import type { ChannelRun } from '../../../lambda/domain/breakouts/channel-run.ts';
import { reconcile } from '../../../lambda/domain/guards/reconcile.ts';
import type { Announcement } from '../../../lambda/domain/monitoring/announcements.ts';
import { hearAlert, hearInputChange, hearState } from '../../../lambda/domain/monitoring/hear-events.ts';
import { bookedShow } from './a-booked-show.ts';
import { aCaller } from './a-plan.ts';
import { aFailoverPipeline } from './a-watched-show.ts';
import { channelModel, type ChannelFact, type Incident, lossOf } from './channel-model.ts';
import { memoryCamViewers } from './memory-cam-viewers.ts';
import { memoryChannelTurns } from '../usage/memory-overheads.ts';
import { memoryGuardMarks } from './memory-guard-marks.ts';
import { showWorld, type ShowWorld } from './show-world.ts';

/** What happens, and what becomes of the events that tell of it. */
export interface Plot {
  /** One every two minutes from the second minute on, at this second of it. */
  readonly incidents: readonly { readonly incident: Incident; readonly second: number }[];
  /** Seconds after which copies of the n-th event come, over and over; none = it is lost. */
  readonly deliveries: readonly (readonly number[])[];
  /** After this many minutes the show is told to stop. */
  readonly stopMinute: number;
  /** At this second the execution dies; absent = it lives. */
  readonly diesAtSecond?: number;
}

/** How it was in the end. */
export interface Ending {
  readonly status: string;
  readonly isHeld: boolean;
  readonly runs: readonly ChannelRun[];
  readonly log: readonly ShowLogEntry[];
  readonly announced: readonly Announcement[];
  /** What went wrong while reconciling. */
  readonly failures: readonly unknown[];
  /** When the channel ran, in milliseconds. */
  readonly truth: { readonly started?: number; readonly ended?: number };
}

const claimedAt = Date.parse('2026-11-23T10:00:00.000Z');
const pipeline = aFailoverPipeline();
const { channelArn } = pipeline.channel;

/** Actions by time; what is put in later for the same time comes later. */
const agenda = () => {
  const actions: { readonly at: number; readonly act: () => unknown }[] = [];
  return {
    put(at: number, act: () => unknown): void {
      const place = actions.findIndex((other) => other.at > at);
      actions.splice(place < 0 ? actions.length : place, 0, { at, act });
    },
    next: () => actions.shift(),
  };
};

/** How a channel's facts are heard when their events come. */
const hearingOf = (deps: Parameters<typeof hearState>[0]    ) =>
  async (fact: ChannelFact, milliseconds: number, id: string): Promise<unknown> => {
    // Events carry whole seconds.
    const at = new Date(Math.floor(milliseconds / 1000) * 1000).toISOString();
    if (fact.kind === 'STATE') return hearState(deps)({ channelArn, state: fact.state, at });
    if (fact.kind === 'INPUT') return hearInputChange(deps)({ id, channelArn, at, pipeline: '0', input: fact.input });
    return hearAlert(deps)(channelArn, { alertId: fact.alertId, change: fact.change, at, ...lossOf(fact.input) });
  };

/** What the execution of a show does, and how many seconds after its start. */
const executionOf = (deps: ShowWorld['deps'], show: Show, stopAt: number): readonly (readonly [number, () => Promise<unknown>])[] => [
  [1, () => startChannel(deps)(show)],
  [25, async () => {
    await checkRunning(deps)(show);
    await markRunning(deps)(show);
  }],
  [stopAt + 1, async () => {
    await markStopping(deps)(show);
    await stopChannel(deps)(show);
  }],
  [stopAt + 25, async () => {
    await checkIdle(deps)(show);
    await markStopped(deps)(show);
  }],
  [stopAt + 180, () => releasePipeline(deps)(show)],
];

/** Plays a show to its end, with a reconciler every minute. Each fact's event comes as the plot says. */
export const playShow = async (plot: Plot): Promise<Ending> => {
  const world = showWorld([pipeline]);
  const plan = agenda();
  const announced: Announcement[] = [];
  const truth: { started?: number; ended?: number } = {};
  const failures: unknown[] = [];
  let facts = 0;

  const tell = (fact: ChannelFact, at: number): void => {
    if (fact.kind === 'STATE') truth[fact.state === 'RUNNING' ? 'started' : 'ended'] = at;
    const number = (facts += 1);
    const delays = plot.deliveries[(number - 1) % plot.deliveries.length] ?? [];
    for (const delay of delays) plan.put(at + delay * 1000, () => hear(fact, at, `e${number}`));
  };
  const model = channelModel({ now: () => world.clock.at, later: (seconds, act) => plan.put(world.clock.at + seconds * 1000, act), tell });
  const statistics = { read: async (_region: string, wanted: readonly unknown[]) => wanted.map(() => ({ values: [], isComplete: false })) };
  const deps = {
    ...world.deps, ...model, statistics, marks: memoryGuardMarks(), turns: memoryChannelTurns(), camViewers: memoryCamViewers().camViewers, noInputStopSeconds: 300, metricDelaySeconds: 120,
    announcements: { publish: async (announcement: Announcement) => void announced.push(announcement) },
  };
  const hear = hearingOf(deps);

  const { breakoutId } = await bookedShow(world);
  world.clock.at = claimedAt;
  const show = { breakoutId, attempt: (await startBreakout(deps)({ caller: aCaller(), breakoutId })).attempt };
  let isAlive = true;
  const step = (second: number, act: () => Promise<unknown>): void => plan.put(claimedAt + second * 1000, async () => (isAlive ? act() : undefined));
  const stopAt = plot.stopMinute * 60;
  if (plot.diesAtSecond !== undefined) {
    plan.put(claimedAt + plot.diesAtSecond * 1000, () => {
      isAlive = false;
      world.executionState.dead.add(`${breakoutId}-${show.attempt}`);
    });
  }
  for (const [second, act] of executionOf(deps, show, stopAt)) step(second, act);
  plan.put(claimedAt + stopAt * 1000, () => requestStop(deps, breakoutId, 'REQUESTED'));
  plot.incidents.forEach(({ incident, second }, index) => plan.put(claimedAt + ((index + 1) * 120 + second) * 1000, () => model.happen(incident)));
  for (let minute = 1; minute <= plot.stopMinute + 12; minute += 1) {
    plan.put(claimedAt + minute * 60_000 + 500, async () => {
      for (const { error } of await reconcile(deps)()) failures.push(...(error === undefined ? [] : [error]));
    });
  }
  for (let next = plan.next(); next !== undefined; next = plan.next()) {
    world.clock.at = next.at;
    await next.act();
  }
  const { status } = await world.breakout(breakoutId);
  return { status, isHeld: (await deps.holds.get(pipeline.pipelineId)) !== undefined, runs: await deps.runs.list(breakoutId), log: await deps.log.entries(breakoutId), announced, failures, truth };
};
