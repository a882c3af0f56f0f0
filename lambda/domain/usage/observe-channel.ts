import type { ChannelRun } from '../breakouts/channel-run.ts';
import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { Show } from '../breakouts/show-executions.ts';
import type { ProPipeline } from '../pipelines/pipeline.ts';
import { findHeldChannel, type HeldChannelDeps } from '../monitoring/held-channel.ts';
import type { ChannelTurns } from './overheads/unheld-runs.ts';

/** What observing a channel needs. */
export interface ObserveChannelDeps extends HeldChannelDeps<ProPipeline> {
  readonly runs: Pick<ChannelRunStore, 'get' | 'observe'>;
  readonly turns: Pick<ChannelTurns, 'note'>;
}

/** A state that a channel came into, as the service tells. */
export interface ChannelStateSeen {
  readonly channelArn: string;
  readonly state: string;
  /** When it came into the state, ISO 8601; events arrive in any order. */
  readonly at: string;
}

/** What became of an observation. `show` is whose run it is. */
export type ObservationResult =
  | { readonly outcome: 'recorded'; readonly show: Show }
  | { readonly outcome: 'not-a-run-state' | 'unknown-channel' | 'held-by-nobody' | 'after-the-run' | 'no-run' };

// The API says IDLE where events say CREATED or STOPPED. RECOVERING runs on.
const idleStates = ['IDLE', 'CREATED', 'STOPPED', 'DELETED'];

/** Whether the run had ended by then; an end from before the run was asked for is the show before's. */
const isOver = (run: ChannelRun | undefined, at: string): boolean => run?.ended !== undefined && run.ended.at >= run.requestedAt && at > run.ended.at;

/** What an observation says of the show that had the channel last. */
const observeRun = async (deps: ObserveChannelDeps, isMeant: (pipeline: ProPipeline) => boolean, isStart: boolean, at: string): Promise<ObservationResult> => {
  const held = await findHeldChannel(deps)(isMeant, at);
  if (typeof held === 'string') return { outcome: held };
  const { breakoutId, attempt } = held.hold;
  const observed = { at, source: 'EVENT' as const };
  const known = await deps.runs.get(breakoutId, attempt);
  if (isStart && isOver(known, at)) return { outcome: 'after-the-run' };
  const run = await deps.runs.observe(breakoutId, attempt, isStart ? { started: observed } : { ended: observed });
  return run === undefined ? { outcome: 'no-run' } : { outcome: 'recorded', show: { breakoutId, attempt } };
};

/**
 * Records when a channel began or ceased to run, for the show that had it then, also when that has ended since. The
 * same event twice, or events in another order, record the same. A channel that somebody starts by hand, before any show
 * or after its show, is that of no show: its time is the platform's.
 */
export const observeChannel =
  (deps: ObserveChannelDeps) =>
  async ({ channelArn, state, at }: ChannelStateSeen): Promise<ObservationResult> => {
    const isStart = state.toUpperCase() === 'RUNNING';
    if (!isStart && !idleStates.includes(state.toUpperCase())) return { outcome: 'not-a-run-state' };
    const isMeant = ({ channel }: ProPipeline): boolean => channel.channelArn === channelArn;
    const instant = new Date(at).toISOString();
    const result = await observeRun(deps, isMeant, isStart, instant);
    const pipeline = (await deps.pipelines.list()).find(isMeant);
    const isForNobody = result.outcome === 'held-by-nobody' || result.outcome === 'after-the-run';
    if (pipeline && (!isStart || isForNobody)) await deps.turns.note({ pipelineId: pipeline.pipelineId, at: instant, isOn: isStart });
    return result;
  };
