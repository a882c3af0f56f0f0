import type { IngestConfiguration } from '@aws-sdk/client-ivs';
import type { Clock } from '../../../runtime/clock.ts';
import type { EventSink } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf, randomLetters } from '../arns.ts';
import type { ChannelRecord, IvsRecords, SessionEvent, SessionRecord } from '../records.ts';
import type { LimitBreach } from './limit-breach.ts';

/** What a book needs. */
export interface SessionBookOptions {
  readonly records: IvsRecords;
  readonly events: EventSink;
  readonly owner: ResourceOwner;
  readonly clock: Clock;
}

const state = 'IVS Stream State Change';
/** https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StreamSession.html */
const mostEvents = 500;

/** Keeps the sessions of streams, and tells what happens in them: on the bus and in the session itself. */
export class SessionBook {
  readonly #options: SessionBookOptions;

  constructor(options: SessionBookOptions) {
    this.#options = options;
  }

  /** An encoder has connected with a channel's key. */
  begin(channel: ChannelRecord): string {
    const { records, clock } = this.#options;
    const recording = records.recordingConfigurations.get(channel.recordingConfigurationArn?.split('/').at(-1) ?? '');
    const id = `st-${randomLetters(23)}`;
    records.sessions.put(id, { id, channel, startedAt: clock.now(), isLive: false, hasErrorEvent: false, events: [], ...(recording === undefined ? {} : { recording }) });
    this.#state(id, 'Session Created');
    return id;
  }

  /** Segments can be watched. */
  start(id: string, ingest: IngestConfiguration): void {
    this.#change(id, { isLive: true, ingest });
    this.#state(id, 'Stream Start');
  }

  starving(id: string, isStarving: boolean): void {
    this.#tell(id, 'IVS Stream Health Change', isStarving ? 'Starvation Start' : 'Starvation End', { event_name: isStarving ? 'Starvation Start' : 'Starvation End' });
  }

  breached(id: string, breach: LimitBreach): void {
    this.#change(id, { hasErrorEvent: true });
    this.#tell(id, 'IVS Limit Breach', breach.limit_name, { ...breach });
  }

  /** The stream cannot be processed. AWS tells this where its own capacity is exceeded; that it does so of media that cannot be read, too, is not documented. */
  failed(id: string, reason: string): void {
    this.#change(id, { hasErrorEvent: true });
    this.#state(id, 'Stream Failure', { reason });
  }

  /** Another encoder feeds the stream from now on. */
  takenOver(id: string): void {
    this.#state(id, 'Stream Takeover');
  }

  /** Another encoder may not feed the stream. */
  takeoverFailed(id: string, code: 'StreamTakeoverInvalidPriority' | 'StreamTakeoverMediaMismatch'): void {
    this.#state(id, 'Stream Takeover Failure', { code });
  }

  /** The encoder has gone. */
  disconnected(id: string): void {
    this.#state(id, 'Session Ended');
  }

  /** There are no further segments. */
  end(id: string): void {
    const wasLive = this.#options.records.sessions.get(id)?.isLive === true;
    this.#change(id, { endedAt: this.#options.clock.now(), isLive: false });
    if (wasLive) this.#state(id, 'Stream End');
  }

  /** A recording's state has changed; the reason of a failure is in its details. */
  recording(id: string, status: string, detail: Readonly<Record<string, unknown>>): void {
    this.#tell(id, 'IVS Recording State Change', status, { recording_status: status, ...detail });
    if (status.endsWith('Failure')) this.#change(id, { hasErrorEvent: true });
  }

  #state(id: string, name: string, detail: Readonly<Record<string, unknown>> = {}): void {
    this.#tell(id, state, name, { event_name: name, ...detail });
  }

  #tell(id: string, type: string, name: string, detail: Readonly<Record<string, unknown>>): void {
    const session = this.#options.records.sessions.get(id);
    if (session === undefined) return;
    const { events, owner, clock } = this.#options;
    const { code } = detail;
    const event: SessionEvent = { name, type, at: clock.now(), ...(typeof code === 'string' ? { code } : {}) };
    this.#change(id, { events: [event, ...session.events].slice(0, mostEvents) });
    events.emit({ source: 'aws.ivs', detailType: type, resources: [arnOf(owner, 'channel', session.channel.id)], detail: { ...detail, channel_name: session.channel.name, stream_id: id } });
  }

  #change(id: string, change: Partial<SessionRecord>): void {
    const { sessions } = this.#options.records;
    const session = sessions.get(id);
    if (session !== undefined) sessions.put(id, { ...session, ...change });
  }
}
