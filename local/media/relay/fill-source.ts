import type { VideoEncode } from '../encoder/rendition.ts';
import { makeSlateClip, type SlateClip } from '../slate/slate-clip.ts';
import type { LossBehaviour } from './failover-settings.ts';
import { fillPhase } from './fill-phase.ts';
import type { ProgramFeed } from './program-feed.ts';

/** What a fill needs. */
export interface FillOptions {
  readonly ffmpegPath: string;
  readonly behaviour: LossBehaviour;
  readonly video: VideoEncode;
  readonly frameMilliseconds: number;
  readonly program: ProgramFeed;
  /** Ends what prepares the pictures. */
  readonly signal: AbortSignal;
  /** The image could not be read: black stands for it. */
  onUnreadable(reason: string): void;
}

/** The picture that stands while an encode waits is written this often. */
const repeatEveryMilliseconds = 500;
/** For so long an encode may wait for its next picture; then the one before is repeated up to it. */
const pauseMilliseconds = 1000;

/** Writes repeated, black and slate pictures in real time while no input is on air. */
export class FillSource {
  readonly #options: FillOptions;
  #black: SlateClip | undefined;
  #image: SlateClip | undefined;
  #frame: number | undefined;
  #index = 0;
  #shown: SlateClip | undefined;

  constructor(options: FillOptions) {
    this.#options = options;
    void this.#prepare();
  }

  /** A fill begins. */
  begin(): void {
    this.#frame = undefined;
    this.#shown = undefined;
  }

  /** Writes what is due until a time on the timeline, when no picture has come for so long. */
  advance(now: number, quietMilliseconds: number): void {
    const phase = fillPhase(quietMilliseconds, this.#options.behaviour);
    if (phase === 'REPEAT') this.#repeat(now, quietMilliseconds);
    else this.#play(phase === 'BLACK' ? this.#black : this.#image, now);
  }

  async #prepare(): Promise<void> {
    const { ffmpegPath, behaviour, video, signal } = this.#options;
    const black = { kind: 'COLOR', rgb: '000000' } as const;
    try {
      this.#black = await makeSlateClip(ffmpegPath, black, video, signal);
      this.#image = await makeSlateClip(ffmpegPath, behaviour.image, video, signal);
    } catch (error) {
      this.#image = this.#black;
      if (!signal.aborted) this.#options.onUnreadable(error instanceof Error ? error.message : String(error));
    }
  }

  #repeat(now: number, quietMilliseconds: number): void {
    const { program, frameMilliseconds } = this.#options;
    const key = program.lastKeyFrame;
    if (key === undefined || quietMilliseconds < pauseMilliseconds || now - (program.lastAt ?? 0) < repeatEveryMilliseconds) return;
    program.take(key, Math.floor(now / frameMilliseconds) * frameMilliseconds);
  }

  #play(clip: SlateClip | undefined, now: number): void {
    if (clip === undefined) return;
    const { program, frameMilliseconds } = this.#options;
    if (clip !== this.#shown) this.#index = 0;
    this.#shown = clip;
    const last = Math.floor(now / frameMilliseconds);
    for (let frame = this.#frame === undefined ? last : this.#frame + 1; frame <= last; frame += 1) {
      const tag = clip.pictures[this.#index % clip.pictures.length] ?? clip.pictures[0];
      program.take({ tag, configuration: { video: clip.configuration } }, frame * frameMilliseconds);
      this.#index += 1;
      this.#frame = frame;
    }
  }
}
