import type { Clock } from '../../../runtime/clock.ts';
import type { EventSink } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf } from '../arns.ts';
import type { ChannelRecord } from '../channel-record.ts';
import type { EndpointRecord } from '../endpoint-record.ts';

/** The service tells one change of an endpoint's input in this time, and no more. */
const intervalMilliseconds = 300_000;

/** The events "MediaPackage Input Notification". */
export class InputNotifications {
  readonly #events: EventSink;
  readonly #owner: ResourceOwner;
  readonly #clock: Clock;
  readonly #toldAt = new Map<string, number>();

  constructor(events: EventSink, owner: ResourceOwner, clock: Clock) {
    this.#events = events;
    this.#owner = owner;
    this.#clock = clock;
  }

  /** Endpoints are packaged from the channel's other ingest endpoint now. */
  switched(channel: ChannelRecord, endpoints: readonly EndpointRecord[], from: number, to: number): void {
    for (const endpoint of endpoints) {
      const toldAt = this.#toldAt.get(endpoint.guid) ?? -Infinity;
      if (this.#clock.now() - toldAt < intervalMilliseconds) continue;
      this.#toldAt.set(endpoint.guid, this.#clock.now());
      this.#emit(arnOf(this.#owner, 'origin_endpoints', endpoint.guid), {
        event: 'InputSwitchEvent',
        message: `Origin Endpoint ${endpoint.id} experienced an input switch event`,
        EventDetails: { Channel: channel.id, PreviousIngestEndpoint: channel.ingestEndpoints[from]?.id ?? '', CurrentIngestEndpoint: channel.ingestEndpoints[to]?.id ?? '' },
      });
    }
  }

  /** An encoder announced more renditions than a channel takes; none is packaged. */
  tooManyStreams(channel: ChannelRecord, count: number, most: number): void {
    this.#emit(arnOf(this.#owner, 'channels', channel.guid), {
      event: 'MaxIngestStreamsError',
      message: `Channel ${channel.id} was sent ${count} ingest streams: at most ${most} are allowed`,
    });
  }

  #emit(resource: string, detail: Readonly<Record<string, unknown>>): void {
    this.#events.emit({ source: 'aws.mediapackage', detailType: 'MediaPackage Input Notification', resources: [resource], detail });
  }
}
