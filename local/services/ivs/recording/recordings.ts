import type { Clock, TimeScale } from '../../../runtime/clock.ts';
import type { ClientSettings } from '../../../runtime/ports.ts';
import type { ResourceOwner } from '../../../runtime/resource-owner.ts';
import { arnOf, idOf, randomLetters } from '../arns.ts';
import type { ChannelRecord, IvsRecords, RecordingConfigurationRecord } from '../records.ts';
import type { StreamRendition } from '../streams/ladder.ts';
import type { StreamTake } from '../streams/live-stream.ts';
import type { SessionBook } from '../streams/session-book.ts';
import type { StreamMetrics } from '../streams/stream-metrics.ts';
import { Recording } from './recording.ts';
import { prefixOf, RecordingFolder } from './recording-folder.ts';
import { selectRenditions } from './select-renditions.ts';

/** What recordings are made with. */
export interface RecordingsOptions {
  readonly records: IvsRecords;
  readonly owner: ResourceOwner;
  readonly clock: Clock;
  readonly scale: TimeScale;
  readonly book: SessionBook;
  readonly metrics: StreamMetrics;
  readonly clientSettings: () => ClientSettings;
}

/** A stream that may be recorded. */
export interface RecordedStream {
  readonly streamId: string;
  readonly channel: ChannelRecord;
  readonly renditions: readonly StreamRendition[];
}

interface Waiting {
  readonly recording: Recording;
  readonly configurationId: string;
  /** Aborted when the recording goes on, or must end now. */
  readonly over: AbortController;
}

/** The recordings of all channels. One whose stream has ended waits for the next stream, for as long as its reconnect window says. */
export class Recordings {
  readonly #options: RecordingsOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #working = new Set<Promise<void>>();

  constructor(options: RecordingsOptions) {
    this.#options = options;
  }

  /** Begins to record a stream, or goes on with the recording that waits for it. `undefined` where its channel is not recorded. */
  begin(stream: RecordedStream): StreamTake | undefined {
    const configuration = this.#options.records.recordingConfigurations.get(idOf(stream.channel.recordingConfigurationArn ?? ''));
    if (configuration === undefined) return undefined;
    const recording = this.#continued(stream, configuration) ?? this.#created(stream, configuration);
    recording.begin(stream.streamId);
    return {
      segment: (segment) => recording.segment(segment),
      end: () => void this.#keep(this.#endLater(stream.channel.id, recording, configuration)),
    };
  }

  /** Ends what waits, and resolves when everything is written. */
  async close(): Promise<void> {
    for (const { over } of this.#waiting.values()) over.abort();
    while (this.#working.size > 0) await Promise.all(this.#working);
  }

  /** Streams are joined that have the same renditions, and are recorded by the same configuration. */
  #continued({ channel, renditions }: RecordedStream, { id }: RecordingConfigurationRecord): Recording | undefined {
    const waiting = this.#waiting.get(channel.id);
    if (waiting === undefined) return undefined;
    const names = (ladder: readonly StreamRendition[]): string => ladder.map(({ name }) => name).join();
    const isSame = waiting.configurationId === id && names(waiting.recording.options.ladder) === names(renditions);
    if (isSame) this.#waiting.delete(channel.id);
    waiting.over.abort();
    return isSame ? waiting.recording : undefined;
  }

  #created({ channel, renditions }: RecordedStream, { bucketName, renditions: choice }: RecordingConfigurationRecord): Recording {
    const { owner, clock, book, metrics, clientSettings } = this.#options;
    const prefix = prefixOf(owner.accountId, channel.id, randomLetters(12), clock.now());
    return new Recording({
      id: randomLetters(16), channelArn: arnOf(owner, 'channel', channel.id), bucketName, prefix, ladder: renditions, places: selectRenditions(choice, renditions),
      folder: new RecordingFolder(clientSettings(), bucketName, prefix), book, clock, onRecorded: (seconds) => metrics.recorded(channel.id, seconds),
    });
  }

  async #endLater(channelId: string, recording: Recording, { id, reconnectWindowSeconds }: RecordingConfigurationRecord): Promise<void> {
    const { clock, scale } = this.#options;
    if (reconnectWindowSeconds > 0 && (await recording.hasBegun)) {
      const over = new AbortController();
      const waiting = { recording, configurationId: id, over };
      this.#waiting.set(channelId, waiting);
      await clock.sleep(scale.scaled(reconnectWindowSeconds * 1000), over.signal);
      // A stream that goes on with it has taken it out.
      if (this.#waiting.get(channelId) !== waiting) return;
      this.#waiting.delete(channelId);
    }
    await recording.end();
  }

  #keep(work: Promise<void>): Promise<void> {
    const kept = work.finally(() => this.#working.delete(kept));
    this.#working.add(kept);
    return kept;
  }
}
