import type { ChannelRunStore } from '../breakouts/channel-run-store.ts';
import type { PipelineHolds } from '../pipelines/pipeline-hold.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';

/** What observing a channel needs. */
export interface ObserveChannelDeps {
  readonly pipelines: Pick<PipelineRegistry, 'list'>;
  readonly holds: Pick<PipelineHolds, 'get'>;
  readonly runs: Pick<ChannelRunStore, 'observe'>;
}

/** A state that a channel came into, as the service tells. */
export interface ChannelStateSeen {
  readonly channelArn: string;
  readonly state: string;
  /** When it came into the state, ISO 8601; events arrive in any order. */
  readonly at: string;
}

/** What became of an observation, for the log. */
export type ObservationResult = 'recorded' | 'not-a-run-state' | 'unknown-channel' | 'held-by-nobody' | 'before-the-hold' | 'no-run';

// The API says IDLE where events say CREATED or STOPPED. RECOVERING runs on.
const idleStates = ['IDLE', 'CREATED', 'STOPPED', 'DELETED'];

/**
 * Records when a held channel began or ceased to run. The same event twice, or events in another order, record the
 * same; what happened before the pipeline was claimed is not the holder's.
 */
export const observeChannel =
  ({ pipelines, holds, runs }: ObserveChannelDeps) =>
  async ({ channelArn, state, at }: ChannelStateSeen): Promise<ObservationResult> => {
    const isStart = state.toUpperCase() === 'RUNNING';
    if (!isStart && !idleStates.includes(state.toUpperCase())) return 'not-a-run-state';
    const pipeline = (await pipelines.list()).find(({ channel }) => channel.channelArn === channelArn);
    if (!pipeline) return 'unknown-channel';
    const hold = await holds.get(pipeline.pipelineId);
    if (!hold) return 'held-by-nobody';
    // Events carry whole seconds.
    if (Date.parse(at) + 1_000 <= Date.parse(hold.claimedAt)) return 'before-the-hold';
    const observed = { at: new Date(at).toISOString(), source: 'EVENT' as const };
    const run = await runs.observe(hold.breakoutId, hold.attempt, isStart ? { started: observed } : { ended: observed });
    return run ? 'recorded' : 'no-run';
  };
