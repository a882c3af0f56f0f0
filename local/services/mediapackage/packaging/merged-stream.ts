import { isSameConfiguration, type TickRange } from '../../../media/mp4/source/chunk-timing.ts';
import { ticksPerSecond } from '../../../media/mp4/source/elementary-streams.ts';
import type { InputChoice } from './input-choice.ts';
import type { IngestedChunk, IngestStream } from './ingest-stream.ts';
import type { Placement, PresentationTimeline } from './presentation-timeline.ts';
import { soundFrom } from './sound-seam.ts';

/** A chunk in its place in the presentation. */
export interface MergedChunk extends IngestedChunk, Placement {
  /** Its sound, without what the chunk before has already. */
  readonly audio?: TickRange;
  /** Where the beginning of its sound is: an earlier chunk of the same encoder, which the other encoder was shown in the place of. */
  readonly leadInPath?: string;
}

interface Source {
  readonly stream: IngestStream;
  cursor: number;
  shift: number | undefined;
}

interface Candidate extends Placement {
  readonly input: number;
  readonly source: Source;
  readonly chunk: IngestedChunk;
  /** Whether the encoder has gone on, or ended, after this chunk. */
  readonly isFollowed: boolean;
}

/** Chunks of two encoders that begin this near to each other show the same. */
const toleranceTicks = ticksPerSecond / 10;

/**
 * One rendition of a show: each moment once, from the active ingest endpoint, and from the other where that one has
 * nothing. What is missing at the active one is waited for until the other is a whole chunk ahead, and what an encoder cut short
 * when it went down, or made up when it came back, until the other has had the time to show the whole of it.
 */
export class MergedStream {
  readonly #timeline: PresentationTimeline;
  readonly #choice: InputChoice;
  readonly #sources: (Source | undefined)[] = [];
  readonly #chunks: MergedChunk[] = [];
  #firstIndex = 0;
  #last: { readonly input: number; readonly chunk: MergedChunk } | undefined;

  constructor(timeline: PresentationTimeline, choice: InputChoice) {
    this.#timeline = timeline;
    this.#choice = choice;
  }

  /** Takes the stream of an ingest endpoint, in the place of one that it had before. */
  attach(input: number, stream: IngestStream): void {
    this.#sources[input] = { stream, cursor: stream.firstIndex, shift: undefined };
  }

  get firstIndex(): number {
    return this.#firstIndex;
  }

  /** Whether every encoder has ended and everything is taken. */
  get hasEnded(): boolean {
    return this.#sources.every((source, input) => source === undefined || (this.#isOver(input) && source.stream.chunk(source.cursor) === undefined));
  }

  chunk(index: number): MergedChunk | undefined {
    return this.#chunks[index - this.#firstIndex];
  }

  /** Takes what has come in since. */
  advance(): void {
    for (let next = this.#pick(); next !== undefined; next = this.#pick()) this.#take(next);
  }

  /** Forgets what is older than this much media. */
  trim(retentionTicks: number): void {
    const oldest = (this.#last?.chunk.range.to ?? 0) - retentionTicks;
    let count = 0;
    while ((this.#chunks[count]?.range.to ?? Infinity) < oldest) count += 1;
    this.#chunks.splice(0, count);
    this.#firstIndex += count;
  }

  #pick(): Candidate | undefined {
    const active = this.#candidate(this.#choice.active);
    const other = this.#candidate(this.#choice.other);
    if (active === undefined) return other !== undefined && (this.#isOver(this.#choice.active) || other.isFollowed) ? other : undefined;
    if (other !== undefined) return isMoreThan(other, active) || isInsteadOf(other, active) ? other : active;
    const isWhole = this.#isNext(active) && !this.#isCutShort(active) && !hasRestarted(active);
    return isWhole || this.#isOver(this.#choice.other) || active.isFollowed ? active : undefined;
  }

  #isCutShort({ range }: Placement): boolean {
    return this.#last !== undefined && lengthOf(range) < lengthOf(this.#last.chunk.range) - toleranceTicks;
  }

  #isOver(input: number): boolean {
    return this.#sources[input]?.stream.hasEnded ?? true;
  }

  #isNext({ range }: Placement): boolean {
    return this.#last === undefined || Math.abs(range.from - this.#last.chunk.range.to) <= toleranceTicks;
  }

  #candidate(input: number): Candidate | undefined {
    const source = this.#sources[input];
    if (source === undefined) return undefined;
    source.cursor = Math.max(source.cursor, source.stream.firstIndex);
    for (let chunk = source.stream.chunk(source.cursor); chunk !== undefined; chunk = source.stream.chunk(source.cursor)) {
      const placement = this.#place(input, source, chunk);
      if (placement !== undefined) return { input, source, chunk, ...placement, isFollowed: source.stream.hasEnded || source.stream.chunk(source.cursor + 1) !== undefined };
      source.cursor += 1;
    }
    return undefined;
  }

  /** `undefined` for what the other encoder has shown already. */
  #place(input: number, source: Source, chunk: IngestedChunk): Placement | undefined {
    const placement = this.#timeline.place(chunk, source.shift);
    const missing = (this.#last?.chunk.range.to ?? -Infinity) - placement.range.from;
    if (missing <= 0) return placement;
    if (this.#last?.input !== input) return missing > toleranceTicks ? undefined : placement;
    // One encoder never shows a moment twice: what overlaps is a clock that was set back.
    return missing <= toleranceTicks ? placement : { range: { from: placement.range.from + missing, to: placement.range.to + missing }, shift: placement.shift + missing };
  }

  #take({ input, source, chunk, range, shift }: Candidate): void {
    const before = this.#last;
    const isSameEncoder = before?.input === input;
    const isDiscontinuous = before !== undefined && (!this.#isNext({ range, shift }) || changesDecoder(before.chunk, chunk) || (isSameEncoder && chunk.isDiscontinuous));
    const earlier = isSameEncoder ? undefined : source.stream.chunk(source.cursor - 1);
    const { audio, isLedIn = false } = soundFrom(chunk.timing?.audio, shift, { before: isDiscontinuous ? undefined : before?.chunk.audio, earlier: earlier?.timing?.audio });
    const merged = { ...chunk, range, shift, isDiscontinuous, ...(audio && { audio }), ...(isLedIn && earlier && { leadInPath: earlier.path }) };
    source.cursor += 1;
    source.shift = shift;
    this.#chunks.push(merged);
    this.#last = { input, chunk: merged };
    this.#choice.use(input);
  }
}

const lengthOf = ({ from, to }: TickRange): number => to - from;

/** Whether a chunk shows what comes before another, or all of it and more. */
const isMoreThan = ({ range }: Placement, { range: other }: Placement): boolean =>
  range.from < other.from - toleranceTicks || (range.from <= other.from + toleranceTicks && lengthOf(range) > lengthOf(other) + toleranceTicks);

/** Whether a chunk shows as it was made what the other's encoder only comes back with. */
const isInsteadOf = (one: Candidate, other: Candidate): boolean =>
  hasRestarted(other) && !hasRestarted(one) && one.range.from <= other.range.from + toleranceTicks;

/** Whether its encoder begins anew with it, on what it has of the moments before. */
const hasRestarted = ({ chunk }: Candidate): boolean => chunk.isDiscontinuous;

const changesDecoder = (before: IngestedChunk, chunk: IngestedChunk): boolean =>
  before.timing !== undefined && chunk.timing !== undefined && !isSameConfiguration(before.timing, chunk.timing);
