import type { ChannelState } from '@aws-sdk/client-medialive';
import type { Clock, TimeScale } from '../../../runtime/clock.ts';
import type { EventSink } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { Engine } from '../engine.ts';
import { conflict } from '../faults.ts';
import type { ChannelRecord, MediaLiveRecords } from '../records.ts';
import { reasonOf } from '../run/encoded-piece.ts';
import { pipelinesRunning } from './describe-channel.ts';

/** What the lifecycle moves. */
export interface LifecycleOptions {
  readonly records: MediaLiveRecords;
  readonly owner: ResourceOwner;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly events: EventSink;
  /** Every transition lasts at least this long, so that its state can be seen. */
  readonly shortestTransitionMilliseconds: number;
}

/** How long AWS takes, in milliseconds. Seen on channels with one input and a handful of outputs. */
const transitions = { CREATING: 5_000, STARTING: 75_000, STOPPING: 30_000, UPDATING: 5_000, DELETING: 10_000, RESTARTING: 30_000, forget: 60_000 } as const;

/** How long STOPPING waits for archive objects to be uploaded. They are uploaded later if not by then. */
const uploadPatienceMilliseconds = { running: 60_000, closing: 10_000 } as const;

/** The state that events name where the API says IDLE depends on what went before. */
type EventState = 'CREATED' | 'STARTING' | 'RUNNING' | 'RECOVERING' | 'STOPPING' | 'STOPPED' | 'DELETING' | 'DELETED';

/** Moves channels through their states, with the events that MediaLive emits. Illegal calls get a ConflictException. */
export class ChannelLifecycle {
  readonly #options: LifecycleOptions;
  readonly #closing = new AbortController();
  readonly #moving = new Set<Promise<void>>();

  constructor(options: LifecycleOptions) {
    this.#options = options;
  }

  /** After a restart: whatever was on its way is over, and a channel that ran has stopped. */
  restore(): void {
    for (const channel of this.#options.records.channels.values()) {
      if (channel.state === 'DELETING' || channel.state === 'DELETED') this.#forget(channel.id);
      else if (active.has(channel.state)) this.#settle(channel, 'IDLE', 'STOPPED');
      else this.#put(channel, 'IDLE');
    }
  }

  create(channel: ChannelRecord): ChannelRecord {
    const created = this.#put(channel, 'CREATING');
    this.#background(async () => {
      await this.#wait('CREATING');
      this.#settle(created, 'IDLE', 'CREATED');
    });
    return created;
  }

  start(channel: ChannelRecord): ChannelRecord {
    this.#require(channel, 'start', ['IDLE']);
    const run = this.#options.engine.begin(channel, () => this.#followHealth(channel.id));
    const starting = this.#settle(channel, 'STARTING', 'STARTING');
    this.#background(async () => {
      await Promise.all([this.#wait('STARTING'), run.prepare()]);
      // A stop may have come meanwhile.
      if (this.#stateOf(channel.id) !== 'STARTING') return;
      run.start();
      this.#settle(starting, 'RUNNING', 'RUNNING');
    });
    return starting;
  }

  stop(channel: ChannelRecord): ChannelRecord {
    this.#require(channel, 'stop', ['RUNNING', 'STARTING', 'RECOVERING']);
    const stopping = this.#settle(channel, 'STOPPING', 'STOPPING');
    this.#background(async () => {
      await Promise.all([this.#wait('STOPPING'), this.#flush(channel.id)]);
      this.#settle(stopping, 'IDLE', 'STOPPED');
    });
    return stopping;
  }

  /** Takes pipelines of a running channel down and brings them up again. */
  restartPipelines(channel: ChannelRecord, pipelineIds: readonly string[]): ChannelRecord {
    this.#require(channel, 'restart pipelines of', ['RUNNING', 'RECOVERING']);
    const run = this.#options.engine.run(channel.id);
    this.#background(async () => {
      await Promise.all(pipelineIds.map(async (id) => {
        const resume = await run?.suspend(id);
        await this.#wait('RESTARTING');
        resume?.();
      }));
    });
    return channel;
  }

  /** Changes a channel that does not run. */
  update(channel: ChannelRecord): ChannelRecord {
    this.#require(channel, 'update', ['IDLE']);
    const updating = this.#put(channel, 'UPDATING');
    this.#background(async () => {
      await this.#wait('UPDATING');
      this.#put(updating, 'IDLE');
    });
    return updating;
  }

  delete(channel: ChannelRecord): ChannelRecord {
    this.#require(channel, 'delete', ['IDLE', 'CREATE_FAILED', 'UPDATE_FAILED']);
    const deleting = this.#settle(channel, 'DELETING', 'DELETING');
    this.#background(async () => {
      await this.#wait('DELETING');
      this.#settle(deleting, 'DELETED', 'DELETED');
      await this.#wait('forget');
      this.#forget(channel.id);
    });
    return deleting;
  }

  /** Stops every running channel in order: outputs are flushed and the channels are IDLE. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const channel of this.#options.records.channels.values()) if (active.has(channel.state) && channel.state !== 'STOPPING') this.stop(channel);
    await Promise.all(this.#moving);
  }

  /** A channel recovers while one of its pipelines has failed. */
  #followHealth(channelId: string): void {
    const { records, engine } = this.#options;
    const channel = records.channels.get(channelId);
    const run = engine.run(channelId);
    if (channel === undefined || run === undefined || (channel.state !== 'RUNNING' && channel.state !== 'RECOVERING')) return;
    const state = run.pipelines.every(({ isHealthy }) => isHealthy) ? 'RUNNING' : 'RECOVERING';
    this.#settle(channel, state, state);
  }

  #forget(channelId: string): void {
    const { records } = this.#options;
    records.channels.delete(channelId);
    records.schedules.delete(channelId);
  }

  #stateOf(channelId: string): ChannelState | undefined {
    return this.#options.records.channels.get(channelId)?.state;
  }

  #require(channel: ChannelRecord, verb: string, allowed: readonly ChannelState[]): void {
    if (!allowed.includes(channel.state)) throw conflict(`cannot ${verb} channel ${channel.id}: it is ${channel.state}, expected ${allowed.join(' or ')}`);
  }

  async #flush(channelId: string): Promise<void> {
    const { engine, clock } = this.#options;
    const patience = new AbortController();
    await Promise.race([engine.end(channelId), clock.sleep(this.#closing.signal.aborted ? uploadPatienceMilliseconds.closing : uploadPatienceMilliseconds.running, patience.signal)]);
    patience.abort();
  }

  #wait(transition: keyof typeof transitions): Promise<void> {
    const { clock, scale, shortestTransitionMilliseconds } = this.#options;
    return clock.sleep(Math.max(shortestTransitionMilliseconds, scale.scaled(transitions[transition])), this.#closing.signal);
  }

  #background(work: () => Promise<void>): void {
    const moving = work()
      .catch((error: unknown) => process.emitWarning(`MediaLive: a channel's transition failed: ${reasonOf(error)}`))
      .finally(() => this.#moving.delete(moving));
    this.#moving.add(moving);
  }

  #put(channel: ChannelRecord, state: ChannelState): ChannelRecord {
    const current = this.#options.records.channels.get(channel.id) ?? channel;
    // Tags may have changed while the channel was on its way.
    const moved = { ...channel, tags: current.tags, state };
    this.#options.records.channels.put(channel.id, moved);
    return moved;
  }

  #settle(channel: ChannelRecord, state: ChannelState, eventState: EventState): ChannelRecord {
    const moved = this.#put(channel, state);
    const arn = arnOf(this.#options.owner, 'channel', channel.id);
    this.#options.events.emit({
      source: 'aws.medialive',
      detailType: 'MediaLive Channel State Change',
      resources: [arn],
      detail: { channel_arn: arn, state: eventState, message: messages[eventState], pipelines_running_count: pipelinesRunning(this.#options.engine, moved) },
    });
    return moved;
  }
}

const messages: Readonly<Record<EventState, string>> = {
  CREATED: 'Created channel', STARTING: 'Starting channel', RUNNING: 'Running channel', RECOVERING: 'Recovering channel', STOPPING: 'Stopping channel',
  STOPPED: 'Stopped channel', DELETING: 'Deleting channel', DELETED: 'Deleted channel',
};

/** The states of a channel that has a run. */
const active: ReadonlySet<ChannelState> = new Set(['STARTING', 'RUNNING', 'RECOVERING', 'STOPPING']);
