import type { ChannelRunStore, RunStore } from '../breakouts/channel-run-store.ts';
import type { ChannelRun, ShowRun } from '../breakouts/channel-run.ts';
import { inputStatesAfter } from '../breakouts/log/input-states.ts';
import { alertEntry, inputChangeEntry } from '../monitoring/channel-facts.ts';
import type { ChannelLook, ChannelWatch } from '../monitoring/channel-watch.ts';
import { type HoldingShow, settleLog, type SettleLogDeps, type ToldEntry } from '../monitoring/settle-log.ts';
import type { ProPipeline } from '../pipelines/pipeline.ts';
import { type Now, secondsAfter, timestamp, wholeSecond } from '../shared/time.ts';

/** What repairing what is known of a run needs. */
export interface RepairRunDeps extends SettleLogDeps {
  readonly runs: Pick<ChannelRunStore, 'get' | 'observe'>;
  readonly watch: Pick<ChannelWatch, 'alerts'>;
  readonly now: Now;
}

/** A show with its channel as it is now. */
export interface LookedAt {
  readonly pipeline: ProPipeline;
  readonly show: HoldingShow;
  readonly look: ChannelLook;
}

// DescribeChannel may still answer what was before for a moment.
const settlingSeconds = 30;

/** The run with what is seen of it now: that it is on, or off though it was on. */
export const observeLook = async <Run extends ShowRun>(
  { runs }: { readonly runs: Pick<RunStore<Run>, 'observe'> },
  run: Run,
  look: Pick<ChannelLook, 'state'>,
  at: string,
): Promise<Run> => {
  const { breakoutId, attempt } = run;
  const observed = { at, source: 'POLL' } as const;
  if (look.state === 'RUNNING' && run.started === undefined && run.ended === undefined) return (await runs.observe(breakoutId, attempt, { started: observed })) ?? run;
  const isOver = look.state === 'IDLE' && run.started !== undefined && run.ended === undefined && at >= secondsAfter(run.started.at, settlingSeconds);
  return isOver ? ((await runs.observe(breakoutId, attempt, { ended: observed })) ?? run) : run;
};

/** The alerts of this run, set and cleared, as entries: those that were told already are known by their ids. */
const missedAlerts = async ({ watch }: RepairRunDeps, run: ChannelRun): Promise<readonly ToldEntry[]> => {
  const listed = await watch.alerts(run.channel.channelId, 'ALL');
  const end = run.ended === undefined ? undefined : secondsAfter(run.ended.at, settlingSeconds);
  return listed
    .filter(({ setAt }) => setAt >= wholeSecond(run.requestedAt) && (end === undefined || setAt <= end))
    .flatMap(({ setAt, clearedAt, ...alert }) => [
      alertEntry({ ...alert, change: 'SET', at: setAt }),
      ...(clearedAt === undefined ? [] : [alertEntry({ ...alert, change: 'CLEARED', at: clearedAt })]),
    ]);
};

/** What pipelines take now and the log does not know. */
const missedInputChanges = async ({ log }: RepairRunDeps, { pipeline, show, look }: LookedAt, at: string): Promise<readonly ToldEntry[]> => {
  if (look.state !== 'RUNNING' || look.active.length === 0) return [];
  const entries = (await log.entries(show.breakoutId)).filter(({ attempt }) => attempt === show.attempt);
  const known = inputStatesAfter(pipeline, entries).active;
  return look.active
    .filter(({ pipeline: id, input }) => known.get(id) !== input)
    .map(({ pipeline: id, input, action }) =>
      inputChangeEntry({ id: `seen-${id}-${input}-${at}`, at, pipeline: id, input, source: 'POLL', ...(action === undefined ? {} : { action }) }),
    );
};

/**
 * Brings what is known of a run into line with what its channel says now: when it ran, its alerts, its active inputs.
 * Events that were lost are thereby made up for, with the time at which it was seen; those that come later put the
 * exact time in its place. Repeatable.
 */
export const repairRun =
  (deps: RepairRunDeps) =>
  async (looked: LookedAt): Promise<void> => {
    const { show, look } = looked;
    const known = await deps.runs.get(show.breakoutId, show.attempt);
    if (known === undefined) return;
    const at = timestamp(deps.now());
    const run = await observeLook(deps, known, look, at);
    const entries = [...(await missedAlerts(deps, run)), ...(await missedInputChanges(deps, looked, at))];
    await settleLog(deps)(show, entries);
  };
