import type { TickRange } from '../../../media/mp4/source/chunk-timing.ts';
import type { PackagingSettings } from '../endpoint-record.ts';
import type { MergedChunk, MergedStream } from './merged-stream.ts';
import { ticksPerMillisecond, type PresentationTimeline } from './presentation-timeline.ts';

/** A segment as viewers get it: whole chunks, joined. */
export interface PackagedSegment {
  readonly number: number;
  readonly chunks: readonly MergedChunk[];
  /** 90 kHz ticks of the presentation. */
  readonly range: TickRange;
  /** Absent when a chunk has no sound. */
  readonly audio?: TickRange;
  readonly durationMilliseconds: number;
  /** Of its first picture, in milliseconds since the epoch. */
  readonly programDateTime: number;
  readonly bytes: number;
  /** When its last chunk had come, in milliseconds since the epoch. */
  readonly completedAt: number;
  /** How many discontinuities stand before or at its start. */
  readonly discontinuities: number;
  /** Where the last of these is; 0 before the first. */
  readonly continuousFrom: number;
}

/** One rendition of an endpoint: joins chunks to segments of the endpoint's length, numbered from 1. */
export class PackagedStream {
  readonly #source: MergedStream;
  readonly #timeline: PresentationTimeline;
  readonly #settings: PackagingSettings;
  readonly #segments: PackagedSegment[] = [];
  #group: MergedChunk[] = [];
  #nextChunk: number;
  #nextNumber = 1;
  #discontinuities = 0;
  #continuousFrom = 0;

  constructor(source: MergedStream, timeline: PresentationTimeline, settings: PackagingSettings) {
    this.#source = source;
    this.#timeline = timeline;
    this.#settings = settings;
    this.#nextChunk = source.firstIndex;
  }

  /** Takes what has been ingested since. What an ended stream leaves over is a short last segment. */
  advance(): void {
    for (let chunk = this.#source.chunk(this.#nextChunk); chunk !== undefined; chunk = this.#source.chunk(this.#nextChunk)) {
      this.#nextChunk += 1;
      if (chunk.isDiscontinuous) {
        this.#close();
        this.#discontinuities += 1;
        this.#continuousFrom = chunk.range.from;
      }
      this.#group.push(chunk);
      if (this.#endsSegment(chunk)) this.#close();
    }
    if (this.#source.hasEnded) this.#close();
    this.#forget();
  }

  get hasEnded(): boolean {
    return this.#source.hasEnded;
  }

  /** The segments held, the oldest first. */
  get segments(): readonly PackagedSegment[] {
    return this.#segments;
  }

  segment(number: number): PackagedSegment | undefined {
    return this.#segments[number - (this.#segments[0]?.number ?? 0)];
  }

  /** The segments of the window that ends with the newest one that may be shown. */
  window(now: number): readonly PackagedSegment[] {
    const { delayMilliseconds, windowMilliseconds } = this.#settings;
    let to = this.#segments.length;
    while (to > 0 && (this.#segments[to - 1]?.completedAt ?? 0) + delayMilliseconds > now) to -= 1;
    let from = to;
    for (let covered = 0; from > 0 && covered < windowMilliseconds; covered += this.#segments[from]?.durationMilliseconds ?? 0) from -= 1;
    return this.#segments.slice(from, to);
  }

  /**
   * Whether a segment is long enough with this chunk: a segment is the whole number of chunks that comes nearest to the
   * endpoint's length, counted from the show's first moment on, so that all renditions are cut at the same moments.
   */
  #endsSegment({ range }: MergedChunk): boolean {
    const length = range.to - range.from;
    const chunksPerSegment = Math.max(1, Math.round((this.#settings.segmentMilliseconds * ticksPerMillisecond) / length));
    return Math.round((range.to - this.#timeline.firstTick) / length) % chunksPerSegment === 0;
  }

  #close(): void {
    const [chunks, first, last] = [this.#group, this.#group[0], this.#group.at(-1)];
    if (first === undefined || last === undefined) return;
    this.#group = [];
    const range = { from: first.range.from, to: last.range.to };
    const [sound, end] = [first.audio, last.audio];
    this.#segments.push({
      number: this.#nextNumber, chunks, range, programDateTime: first.programDateTime, completedAt: last.takenAt,
      ...(sound === undefined || end === undefined ? {} : { audio: { from: sound.from, to: end.to } }),
      bytes: chunks.reduce((sum, chunk) => sum + chunk.bytes, 0), durationMilliseconds: (range.to - range.from) / ticksPerMillisecond,
      discontinuities: this.#discontinuities, continuousFrom: this.#continuousFrom,
    });
    this.#nextNumber += 1;
  }

  #forget(): void {
    const newest = this.#segments.at(-1)?.range.to ?? 0;
    const oldest = newest - this.#settings.retentionMilliseconds * ticksPerMillisecond;
    while ((this.#segments[0]?.range.to ?? Infinity) <= oldest) this.#segments.shift();
  }
}
