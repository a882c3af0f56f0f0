import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../runtime/clock.ts';
import type { MediaPackageRecords } from '../records.ts';
import { IngestSession } from './ingest-session.ts';

/** The live content of every channel. It is not kept over a restart. */
export class Packager {
  readonly #records: MediaPackageRecords;
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #sessions = new Map<string, IngestSession>();
  #count = 0;

  constructor(records: MediaPackageRecords, folder: string, clock: Clock) {
    this.#records = records;
    this.#folder = folder;
    this.#clock = clock;
    rmSync(folder, { recursive: true, force: true });
  }

  /** The channel's session, while viewers may still play it. */
  session(channelId: string): IngestSession | undefined {
    const session = this.#sessions.get(channelId);
    if (session === undefined || !session.isStale(this.#records.endpointsOf(channelId), this.#clock.now())) return session;
    this.forget(channelId);
    return undefined;
  }

  /** Takes a playlist: a multivariant one begins a session, a media playlist belongs to the one that runs. */
  acceptPlaylist(channelId: string, name: string, text: string): void {
    this.#count += 1;
    const begun = IngestSession.begin(text, join(this.#folder, `${channelId}-${this.#count}`), this.#clock.now());
    if (begun === undefined) {
      this.session(channelId)?.update(name, text, this.#records.endpointsOf(channelId), this.#clock.now());
      return;
    }
    this.forget(channelId);
    this.#sessions.set(channelId, begun);
  }

  forget(channelId: string): void {
    this.#sessions.get(channelId)?.discard();
    this.#sessions.delete(channelId);
  }

  /** Drops what nobody may play any more. */
  expire(): void {
    for (const channelId of this.#sessions.keys()) this.session(channelId);
  }

  close(): void {
    for (const channelId of [...this.#sessions.keys()]) this.forget(channelId);
  }
}
