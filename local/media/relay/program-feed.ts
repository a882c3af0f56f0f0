import { aacFrameMilliseconds, silenceFor } from '../flv/silent-audio.ts';
import { compositionMilliseconds, encodeFlvTag, flvHeader, isKeyFrame, type FlvTag } from '../flv/flv-tag.ts';
import { runwayMilliseconds } from '../encoder/encoder-arguments.ts';
import type { EncodeKeeper, Parcel } from './encode-keeper.ts';
import type { ConfiguredTag } from './gop-history.ts';
import type { StreamConfiguration } from './stream-configuration.ts';

/** The grid of a run's timeline. */
export interface ProgramGrid {
  /** The time on the run's timeline, in milliseconds. */
  now(): number;
  readonly frameMilliseconds: number;
  /** Encodes start on multiples of this, so that their chunks fall together. */
  readonly chunkMilliseconds: number;
}

/** Sound that comes so much later than its pictures does not come: silence takes its place, for a multiplexer waits for sound. */
const soundPatienceMilliseconds = 700;

/** What is on air: pictures and sound of one input after the other, or fill, as one stream on the run's timeline. */
export class ProgramFeed {
  readonly #encode: EncodeKeeper;
  readonly #grid: ProgramGrid;
  #start = 0;
  #written: Partial<StreamConfiguration> = {};
  #soundUntil = 0;
  #lastAt: number | undefined;
  #lastKeyFrame: ConfiguredTag | undefined;

  constructor(encode: EncodeKeeper, grid: ProgramGrid) {
    this.#encode = encode;
    this.#grid = grid;
  }

  /** The time of the last picture, in the order of decoding. */
  get lastAt(): number | undefined {
    return this.#lastAt;
  }

  /** The last picture that needs no other. */
  get lastKeyFrame(): ConfiguredTag | undefined {
    return this.#lastKeyFrame;
  }

  /** Takes a picture or sound at its time on the timeline. Encoding begins with a key frame. */
  take(entry: ConfiguredTag, at: number): void {
    if (entry.tag.kind === 'audio') this.#sound(entry, at);
    else this.#picture(entry, at);
  }

  #picture({ tag, configuration }: ConfiguredTag, at: number): void {
    const isKey = isKeyFrame(tag);
    if (!this.#encode.isRunning && !(isKey && this.#begin(tag, configuration, at))) return;
    if (isKey) this.#lastKeyFrame = { tag, configuration };
    this.#configureVideo(configuration.video, at);
    this.#silenceUntil(configuration.audio === undefined ? at : at - soundPatienceMilliseconds, configuration.audio);
    this.#write(tag, at, isKey ? 'key frame' : 'picture');
    this.#lastAt = Math.max(this.#lastAt ?? at, at);
  }

  #sound({ tag, configuration: { audio } }: ConfiguredTag, at: number): void {
    if (!this.#encode.isRunning || audio === undefined) return;
    const lasts = aacFrameMilliseconds(audio);
    // The input before has sounded until here.
    if (at < this.#soundUntil - lasts / 2) return;
    this.#silenceUntil(at + lasts / 4, audio);
    this.#configureAudio(audio, at);
    this.#write(tag, at, 'other');
    this.#soundUntil = at + lasts;
  }

  /** Starts the encode at the chunk that this picture falls into, which it fills from the chunk's beginning on. */
  #begin(tag: FlvTag, configuration: StreamConfiguration, at: number): boolean {
    if (!this.#encode.canStart) return false;
    const { frameMilliseconds, chunkMilliseconds } = this.#grid;
    const shownAt = at + compositionMilliseconds(tag);
    // Of an older picture the chunk has been encoded before, and may have been delivered.
    this.#start = Math.max(0, Math.floor((Math.max(shownAt, this.#grid.now()) + frameMilliseconds / 2) / chunkMilliseconds)) * chunkMilliseconds;
    this.#written = {};
    this.#soundUntil = this.#start;
    this.#encode.start(this.#start);
    this.#encode.write({ bytes: flvHeader({ audio: true, video: true }), at: this.#start, content: 'other' });
    this.#configureVideo(configuration.video, this.#start);
    this.#configureAudio(silenceFor(configuration.audio).configuration, this.#start);
    if (shownAt > this.#start + frameMilliseconds / 2) this.#write(tag, this.#start - compositionMilliseconds(tag), 'key frame');
    this.#silenceUntil(shownAt, configuration.audio);
    return true;
  }

  #silenceUntil(until: number, like: Buffer | undefined): void {
    const { configuration, frame } = silenceFor(like ?? this.#written.audio);
    const lasts = aacFrameMilliseconds(configuration);
    while (this.#soundUntil + lasts <= until) {
      this.#configureAudio(configuration, this.#soundUntil);
      this.#write({ kind: 'audio', timestamp: 0, data: frame }, this.#soundUntil, 'other');
      this.#soundUntil += lasts;
    }
  }

  #configureVideo(data: Buffer, at: number): void {
    if (this.#written.video?.equals(data) === true) return;
    this.#written = { ...this.#written, video: data };
    this.#write({ kind: 'video', timestamp: 0, data }, at, 'other');
  }

  #configureAudio(data: Buffer, at: number): void {
    if (this.#written.audio?.equals(data) === true) return;
    this.#written = { ...this.#written, audio: data };
    this.#write({ kind: 'audio', timestamp: 0, data }, at, 'other');
  }

  #write(tag: FlvTag, at: number, content: Parcel['content']): void {
    this.#encode.write({ bytes: encodeFlvTag(tag, Math.max(0, Math.round(at - this.#start + runwayMilliseconds))), at, content });
  }
}
