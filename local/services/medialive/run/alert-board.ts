import { randomUUID } from 'node:crypto';
import type { EventSink } from '../../../runtime/ports.ts';

/** What can go wrong in a running channel, in MediaLive's words where it has some. */
export type AlertType = 'Encoder Failure' | 'Unsupported Input' | 'Failed to Create Output File or Socket' | 'Failed to Write Archive' | 'Failed to Upload Archive';

/** A channel's alerts: each is set once, however often it is raised, and cleared when its cause has gone. */
export class AlertBoard {
  readonly #events: EventSink;
  readonly #channelArn: string;
  readonly #active = new Map<string, { readonly id: string; readonly type: AlertType; readonly message: string }>();

  constructor(events: EventSink, channelArn: string) {
    this.#events = events;
    this.#channelArn = channelArn;
  }

  get activeCount(): number {
    return this.#active.size;
  }

  /** `subject` tells alerts of one type apart, such as the output group's name. */
  raise(type: AlertType, subject: string, message: string): void {
    const key = `${type}:${subject}`;
    if (this.#active.has(key)) return;
    const alert = { id: randomUUID(), type, message };
    this.#active.set(key, alert);
    this.#emit('SET', alert);
  }

  clear(type: AlertType, subject: string): void {
    const key = `${type}:${subject}`;
    const alert = this.#active.get(key);
    if (alert === undefined) return;
    this.#active.delete(key);
    this.#emit('CLEARED', alert);
  }

  #emit(state: 'SET' | 'CLEARED', { id, type, message }: { readonly id: string; readonly type: AlertType; readonly message: string }): void {
    this.#events.emit({
      source: 'aws.medialive',
      detailType: 'MediaLive Channel Alert',
      resources: [this.#channelArn],
      detail: { alarm_state: state, alarm_id: id, alert_type: type, pipeline: '0', channel_arn: this.#channelArn, message },
    });
  }
}
