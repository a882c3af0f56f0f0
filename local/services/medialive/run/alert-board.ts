import { randomUUID } from 'node:crypto';
import type { ChannelAlert } from '@aws-sdk/client-medialive';
import type { Clock } from '../../../runtime/clock.ts';
import type { EventSink } from '../../../runtime/ports.ts';
import type { AlertType } from './alert-types.ts';

interface Alert {
  readonly id: string;
  readonly type: AlertType;
  readonly pipeline: string;
  readonly message: string;
  readonly setAt: number;
  clearedAt?: number;
}

/** Cleared alerts are remembered up to this many. */
const mostRemembered = 500;

/** A channel's alerts: each is set once, however often it is raised, and cleared when its cause has gone. */
export class AlertBoard {
  readonly #events: EventSink;
  readonly #clock: Clock;
  readonly #channelArn: string;
  readonly #active = new Map<string, Alert>();
  #cleared: Alert[] = [];

  constructor(events: EventSink, clock: Clock, channelArn: string) {
    this.#events = events;
    this.#clock = clock;
    this.#channelArn = channelArn;
  }

  /** How many of a pipeline's alerts are set now. */
  activeCount(pipeline: string): number {
    return [...this.#active.values()].filter((alert) => alert.pipeline === pipeline).length;
  }

  /** The newest first. */
  list(state: 'SET' | 'CLEARED' | 'ALL'): readonly ChannelAlert[] {
    const all = [...(state === 'CLEARED' ? [] : this.#active.values()), ...(state === 'SET' ? [] : this.#cleared)];
    return all.toSorted((one, other) => other.setAt - one.setAt).map(describe);
  }

  /** What one pipeline raises and clears. `subject` tells alerts of one type apart, such as the input's or the output group's name. */
  ofPipeline(pipeline: string): PipelineAlerts {
    return {
      raise: (type, subject, message) => this.#raise(pipeline, type, subject, message),
      clear: (type, subject) => this.#clear(`${pipeline}:${type}:${subject}`),
    };
  }

  /** Clears everything: the run has ended. */
  clearAll(): void {
    for (const key of [...this.#active.keys()]) this.#clear(key);
  }

  #raise(pipeline: string, type: AlertType, subject: string, message: string): void {
    const key = `${pipeline}:${type}:${subject}`;
    if (this.#active.has(key)) return;
    const alert = { id: randomUUID(), type, pipeline, message, setAt: this.#clock.now() };
    this.#active.set(key, alert);
    this.#emit('SET', alert);
  }

  #clear(key: string): void {
    const alert = this.#active.get(key);
    if (alert === undefined) return;
    this.#active.delete(key);
    alert.clearedAt = this.#clock.now();
    this.#cleared = [alert, ...this.#cleared].slice(0, mostRemembered);
    this.#emit('CLEARED', alert);
  }

  #emit(state: 'SET' | 'CLEARED', { id, type, pipeline, message }: Alert): void {
    this.#events.emit({
      source: 'aws.medialive',
      detailType: 'MediaLive Channel Alert',
      resources: [this.#channelArn],
      detail: { alarm_state: state, alarm_id: id, alert_type: type, pipeline, channel_arn: this.#channelArn, message },
    });
  }
}

/** The alerts of one pipeline. */
export interface PipelineAlerts {
  raise(type: AlertType, subject: string, message: string): void;
  clear(type: AlertType, subject: string): void;
}

const describe = ({ id, type, pipeline, message, setAt, clearedAt }: Alert): ChannelAlert => ({
  Id: id, AlertType: type, PipelineId: pipeline, Message: message, State: clearedAt === undefined ? 'SET' : 'CLEARED',
  SetTimestamp: new Date(setAt), ...(clearedAt === undefined ? {} : { ClearedTimestamp: new Date(clearedAt) }),
});
