import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readMultivariantPlaylist, type VariantStream } from '../../../media/hls/multivariant-playlist.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { ChannelRecord } from '../channel-record.ts';
import type { InputNotifications } from '../delivery/input-notifications.ts';
import type { MediaPackageRecords } from '../records.ts';
import type { IngestInput } from './ingest-input.ts';
import { IngestSession } from './ingest-session.ts';

/** What the packager is made of. */
export interface PackagerOptions {
  readonly records: MediaPackageRecords;
  /** Where live content is held; emptied at the start. */
  readonly folder: string;
  readonly clock: Clock;
  readonly notifications: InputNotifications;
}

/** Hard limit of the service: renditions of one ingest stream. */
const mostStreams = 20;

/** The live content of every channel. It is not kept over a restart. */
export class Packager {
  readonly #options: PackagerOptions;
  readonly #sessions = new Map<string, IngestSession>();
  #count = 0;

  constructor(options: PackagerOptions) {
    this.#options = options;
    rmSync(options.folder, { recursive: true, force: true });
  }

  /** The channel's session, while viewers may still play it. */
  session(channelId: string): IngestSession | undefined {
    const { records, clock } = this.#options;
    const session = this.#sessions.get(channelId);
    if (session === undefined || !session.isStale(records.endpointsOf(channelId), clock.now())) return session;
    this.forget(channelId);
    return undefined;
  }

  /** Where an encoder's media go; `undefined` before the playlist that begins a session. */
  input(channelId: string, input: number): IngestInput | undefined {
    return this.session(channelId)?.input(input);
  }

  /** Takes a playlist: a multivariant one begins a session or joins the one of the other encoder, a media playlist belongs to the one that runs. */
  acceptPlaylist(channel: ChannelRecord, input: number, name: string, text: string): void {
    const { records, clock, notifications } = this.#options;
    const variants = readMultivariantPlaylist(text);
    if (variants === undefined) {
      this.session(channel.id)?.update(input, name, text, records.endpointsOf(channel.id), clock.now());
      return;
    }
    if (variants.length > mostStreams) {
      notifications.tooManyStreams(channel, variants.length, mostStreams);
      return;
    }
    const running = this.session(channel.id);
    const session = running?.isLive(1 - input, clock.now()) === true ? running : this.#begin(channel, variants);
    session.join(input, clock.now());
  }

  #begin(channel: ChannelRecord, variants: readonly VariantStream[]): IngestSession {
    const { records, notifications, folder } = this.#options;
    this.#count += 1;
    this.forget(channel.id);
    const id = `${channel.id}-${this.#count}`;
    const onSwitch = (from: number, to: number): void => notifications.switched(channel, records.endpointsOf(channel.id), from, to);
    const session = new IngestSession({ id, variants, folder: join(folder, id), onSwitch });
    this.#sessions.set(channel.id, session);
    return session;
  }

  forget(channelId: string): void {
    this.#sessions.get(channelId)?.discard();
    this.#sessions.delete(channelId);
  }

  /** Drops what nobody may play any more; answers the sessions that are left, by channel. */
  expire(): ReadonlyMap<string, IngestSession> {
    for (const channelId of [...this.#sessions.keys()]) this.session(channelId);
    return this.#sessions;
  }

  close(): void {
    for (const channelId of [...this.#sessions.keys()]) this.forget(channelId);
  }
}
