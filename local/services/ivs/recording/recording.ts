import { readFile } from 'node:fs/promises';
import { writeMediaPlaylist, type PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { StreamRendition } from '../streams/ladder.ts';
import type { SessionBook } from '../streams/session-book.ts';
import type { StreamSegment } from '../streams/segment.ts';
import type { RecordingFolder } from './recording-folder.ts';
import { recordingMetadata } from './recording-metadata.ts';

/** What a recording is made with. */
export interface RecordingOptions {
  readonly id: string;
  readonly channelArn: string;
  readonly bucketName: string;
  readonly prefix: string;
  /** All of the stream's, and the places of those that are recorded. */
  readonly ladder: readonly StreamRendition[];
  readonly places: readonly number[];
  readonly folder: RecordingFolder;
  readonly book: SessionBook;
  readonly clock: Clock;
  readonly onRecorded: (seconds: number) => void;
}

const bandwidthOfCopy = 4_000_000;

/** One recording: of a stream, or of several that follow each other within the reconnect window. */
export class Recording {
  readonly options: RecordingOptions;
  readonly #startedAt: number;
  readonly #streamIds: string[] = [];
  readonly #segments: readonly PlaylistSegment[][];
  readonly #joined = new Set<number>();
  readonly #inits = new Map<string, readonly Buffer[]>();
  #beginning: Promise<boolean> = Promise.resolve(false);
  #durationMilliseconds = 0;

  constructor(options: RecordingOptions) {
    this.options = options;
    this.#startedAt = options.clock.now();
    this.#segments = options.ladder.map(() => []);
  }

  /** Whether it began: what could not be begun is no recording, and nothing goes on with it. */
  get hasBegun(): Promise<boolean> {
    return this.#beginning;
  }

  /** A stream begins to be recorded. */
  begin(streamId: string): void {
    this.#streamIds.push(streamId);
    if (this.#streamIds.length === 1) this.#beginning = this.#start();
    else for (const place of this.options.places) this.#joined.add(place);
  }

  segment({ rendition, file, durationMilliseconds, init }: StreamSegment): void {
    const { folder, places, ladder, onRecorded } = this.options;
    const row = this.#segments[rendition];
    const name = ladder[rendition]?.name;
    if (row === undefined || name === undefined || folder.failure !== undefined) return;
    if (rendition === (places[0] ?? 0)) {
      this.#durationMilliseconds += durationMilliseconds;
      void this.#beginning.then((hasBegun) => hasBegun && onRecorded(durationMilliseconds / 1000));
    }
    if (!places.includes(rendition)) return;
    // Read before the live window drops the file, whenever it is written.
    const uri = `${row.length}.${init === undefined ? 'ts' : 'mp4'}`;
    const map = init === undefined ? {} : { map: this.#init(name, init.bytes) };
    void folder.put(`media/hls/${name}/${uri}`, readFile(file));
    row.push({ uri, durationMilliseconds, isDiscontinuous: this.#joined.delete(rendition), ...map });
    void folder.put(`media/hls/${name}/playlist.m3u8`, playlistOf(row, false));
    if (row.length === 1 && rendition === places.at(-1)) void folder.put('media/hls/master.m3u8', this.#master());
  }

  /** Nothing more comes: completes the playlists, and tells the end. */
  async end(): Promise<void> {
    const { folder, places, ladder, channelArn, clock } = this.options;
    if (!(await this.#beginning)) {
      folder.close();
      return;
    }
    for (const place of places) void folder.put(`media/hls/${ladder[place]?.name ?? ''}/playlist.m3u8`, playlistOf(this.#segments[place] ?? [], true));
    if (places.length > 0) await folder.put('media/hls/master.m3u8', this.#master());
    const { failure } = folder;
    const ended = { at: clock.now(), durationMilliseconds: this.#durationMilliseconds, ...(failure === undefined ? {} : { failure }) };
    await folder.put(`events/recording-${failure === undefined ? 'ended' : 'failed'}.json`, recordingMetadata({ channelArn, startedAt: this.#startedAt, renditions: this.#renditions(), ended }));
    this.#tell(folder.failure === undefined ? 'Recording End' : 'Recording End Failure');
    folder.close();
  }

  async #start(): Promise<boolean> {
    const { folder, channelArn } = this.options;
    await folder.put('events/recording-started.json', recordingMetadata({ channelArn, startedAt: this.#startedAt, renditions: this.#renditions() }));
    const hasStarted = folder.failure === undefined;
    this.#tell(hasStarted ? 'Recording Start' : 'Recording Start Failure');
    return hasStarted;
  }

  /** The name of what is read before fragments, which is written once. */
  #init(name: string, bytes: Buffer): string {
    const known = this.#inits.get(name) ?? [];
    const at = known.findIndex((one) => one.equals(bytes));
    const uri = `init-${at < 0 ? known.length : at}.mp4`;
    if (at < 0) {
      this.#inits.set(name, [...known, bytes]);
      void this.options.folder.put(`media/hls/${name}/${uri}`, Promise.resolve(bytes));
    }
    return uri;
  }

  #renditions(): readonly StreamRendition[] {
    return this.options.places.flatMap((place) => this.options.ladder[place] ?? []);
  }

  #master(): string {
    return writeMultivariantPlaylist(this.#renditions().map(({ name, widthPixels, heightPixels, framesPerSecond, videoBitsPerSecond }) => ({
      uri: `${name}/playlist.m3u8`, bandwidth: videoBitsPerSecond ?? bandwidthOfCopy, widthPixels, heightPixels, framesPerSecond,
    })));
  }

  /** https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html: what did not begin has no place in the bucket. */
  #tell(status: string): void {
    const { book, bucketName, prefix, id, folder } = this.options;
    const isEnd = status.startsWith('Recording End');
    const hasPlace = status !== 'Recording Start Failure';
    book.recording(this.#streamIds.at(-1) ?? '', status, {
      recording_status_reason: folder.failure ?? '', recording_s3_bucket_name: bucketName, recording_s3_key_prefix: hasPlace ? prefix : '',
      recording_duration_ms: isEnd ? this.#durationMilliseconds : 0, recording_session_id: id, ...(isEnd ? { recording_session_stream_ids: [...this.#streamIds] } : {}),
    });
  }
}

const playlistOf = (segments: readonly PlaylistSegment[], hasEnded: boolean): string => {
  const longest = Math.max(1000, ...segments.map(({ durationMilliseconds }) => durationMilliseconds));
  return writeMediaPlaylist({ type: hasEnded ? 'VOD' : 'EVENT', mediaSequence: 0, targetDurationSeconds: Math.ceil(longest / 1000), segments, hasEnded });
};
