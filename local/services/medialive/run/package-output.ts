import { readFile } from 'node:fs/promises';
import { writeMediaPlaylist, type PlaylistSegment } from '../../../media/hls/media-playlist.ts';
import { writeMultivariantPlaylist } from '../../../media/hls/multivariant-playlist.ts';
import { chunkSecondsOf, codecsOf, type Rendition } from '../../../media/encoder/rendition.ts';
import type { Clock } from '../../../runtime/clock.ts';
import type { PackageGroup } from '../settings/channel-plan.ts';
import type { PipelineAlerts } from './alert-board.ts';
import { alertTypes } from './alert-types.ts';
import { reasonOf, type EncodedPiece } from './encoded-piece.ts';
import { IngestClient, IngestRefused, type IngestTarget } from './ingest-client.ts';

/** What an output to MediaPackage needs. */
export interface PackageOutputOptions {
  readonly group: PackageGroup;
  readonly renditions: readonly Rendition[];
  /** Looks the ingest URL up; asked again after a failure. */
  findTarget(): Promise<IngestTarget>;
  readonly alerts: PipelineAlerts;
  readonly clock: Clock;
  readonly onSent: (bytes: number) => void;
  /** `4` or `5`: an answer of 4xx or 5xx. */
  readonly onRefused: (statusClass: number) => void;
}

interface Rung {
  readonly number: number;
  queue: Promise<void>;
  waiting: number;
  sequence: number;
  hasGap: boolean;
  segments: PlaylistSegment[];
}

const listedSegments = 10;
/** A packager that does not answer for this many chunks misses the next ones: live media are not worth queueing. */
const mostWaiting = 15;
const attempts = 3;
const retryMilliseconds = 500;

/** Pushes a ladder to MediaPackage as HLS: a multivariant playlist once a run, then chunks, each followed by its playlist. */
export class PackageOutput {
  readonly #options: PackageOutputOptions;
  readonly #rungs: ReadonlyMap<number, Rung>;
  #client: Promise<IngestClient> | undefined;
  #isFailing = false;

  constructor(options: PackageOutputOptions) {
    this.#options = options;
    this.#rungs = new Map(options.group.renditions.map((rendition, index) => [rendition, { number: index + 1, queue: Promise.resolve(), waiting: 0, sequence: 0, hasGap: false, segments: [] }]));
  }

  get name(): string {
    return this.#options.group.name;
  }

  /** Whether the last try to send failed. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  /** Sends a chunk in its turn. Never rejects: what cannot be sent raises an alert. */
  take(piece: EncodedPiece): Promise<void> {
    const rung = this.#rungs.get(piece.rendition);
    if (rung === undefined) return Promise.resolve();
    if (rung.waiting >= mostWaiting) {
      rung.hasGap = true;
      return Promise.resolve();
    }
    rung.waiting += 1;
    rung.queue = rung.queue.then(() => this.#send(rung, piece)).finally(() => {
      rung.waiting -= 1;
    });
    return rung.queue;
  }

  /** Ends the playlists once everything is sent. */
  async end(): Promise<void> {
    await Promise.all([...this.#rungs.values()].map(async (rung) => {
      await rung.queue;
      if (rung.segments.length > 0) await this.#attempt(async (client) => this.#put(client, playlistName(rung), playlistOf(rung, true)));
    }));
  }

  async #send(rung: Rung, piece: EncodedPiece): Promise<void> {
    const uri = `channel_${rung.number}_${String(rung.sequence + 1).padStart(5, '0')}.ts`;
    const isSent = await this.#attempt(async (client) => {
      await this.#put(client, uri.slice('channel'.length), new Uint8Array(await readFile(piece.file)));
      const segment = { uri, durationMilliseconds: piece.durationMilliseconds, programDateTime: piece.programDateTime, isDiscontinuous: piece.isDiscontinuous || rung.hasGap };
      await this.#put(client, playlistName(rung), playlistOf({ ...rung, sequence: rung.sequence + 1, segments: [...rung.segments, segment].slice(-listedSegments) }, false));
      rung.sequence += 1;
      rung.segments = [...rung.segments, segment].slice(-listedSegments);
    });
    rung.hasGap = !isSent;
  }

  /** Tries a few times; answers whether it worked. */
  async #attempt(action: (client: IngestClient) => Promise<void>): Promise<boolean> {
    const { alerts, group, clock, onRefused } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await action(await this.#connected());
        this.#isFailing = false;
        alerts.clear(alertTypes.outputNotCreated, group.name);
        return true;
      } catch (error) {
        this.#isFailing = true;
        if (error instanceof IngestRefused) {
          onRefused(Math.floor(error.statusCode / 100));
          // The packager has forgotten the session: it is begun again.
          if (error.statusCode === 409) this.#client = undefined;
        }
        alerts.raise(alertTypes.outputNotCreated, group.name, `output group ${group.name}: ${reasonOf(error)}`);
        if (attempt === attempts) return false;
        await clock.sleep(retryMilliseconds * attempt);
      }
    }
  }

  #connected(): Promise<IngestClient> {
    this.#client ??= this.#open().catch((error: unknown) => {
      this.#client = undefined;
      throw error;
    });
    return this.#client;
  }

  /** The playlist that begins a session at the packager goes first, once. */
  async #open(): Promise<IngestClient> {
    const client = new IngestClient(await this.#options.findTarget());
    await this.#put(client, '.m3u8', Buffer.from(this.#multivariant()));
    for (const rung of this.#rungs.values()) rung.segments = [];
    return client;
  }

  async #put(client: IngestClient, suffix: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    await client.put(suffix, body);
    this.#options.onSent(body.length);
  }

  #multivariant(): string {
    const { group, renditions } = this.#options;
    return writeMultivariantPlaylist(group.renditions.flatMap((index, position) => {
      const rendition = renditions[index];
      return rendition === undefined ? [] : [{ ...describe(rendition), uri: `channel_${position + 1}.m3u8` }];
    }));
  }
}

/** MPEG-TS adds headers to each packet and tables in between. */
const multiplexOverhead = 1.1;

const describe = (rendition: Rendition) => {
  const { video, audio } = rendition;
  return {
    bandwidth: Math.ceil((video.maximumBitsPerSecond + video.bufferBits / chunkSecondsOf(video) / 2 + (audio?.bitsPerSecond ?? 0)) * multiplexOverhead),
    averageBandwidth: Math.ceil((video.bitsPerSecond + (audio?.bitsPerSecond ?? 0)) * multiplexOverhead),
    widthPixels: video.widthPixels,
    heightPixels: video.heightPixels,
    framesPerSecond: video.frameRate.numerator / video.frameRate.denominator,
    codecs: codecsOf(rendition),
  };
};

const playlistName = ({ number }: Rung): string => `_${number}.m3u8`;

const playlistOf = ({ sequence, segments }: Rung, hasEnded: boolean): Uint8Array<ArrayBuffer> =>
  Buffer.from(writeMediaPlaylist({
    mediaSequence: sequence - segments.length + 1,
    targetDurationSeconds: Math.ceil(Math.max(...segments.map((segment) => segment.durationMilliseconds)) / 1000),
    segments,
    hasEnded,
  }));
