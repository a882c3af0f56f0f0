import { isAac, isAudioConfiguration, isAvc, isKeyFrame, isVideoConfiguration, type FlvTag } from '../flv/flv-tag.ts';

/** The decoders' configuration of a stream. */
export interface StreamConfiguration {
  readonly video: Buffer;
  /** Absent when the stream has no sound, or sound that needs no configuration. */
  readonly audio?: Buffer;
}

/** A stream whose first picture is there. */
export interface OpenedStream {
  readonly configuration: StreamConfiguration;
  readonly hasAudio: boolean;
  /** From the first key frame on. */
  readonly tags: readonly FlvTag[];
}

const limits = { tags: 3000, silentMilliseconds: 1000, announcedAudioMilliseconds: 3000 } as const;

/** Gathers the beginning of a stream until an encoder can be started on it: configuration, a key frame, and whether there is sound. */
export class StreamOpening {
  #video: Buffer | undefined;
  #audio: Buffer | undefined;
  #announcesAudio = false;
  #hasSound = false;
  #tags: FlvTag[] = [];

  constructor(known?: Partial<StreamConfiguration>) {
    this.#video = known?.video;
    this.#audio = known?.audio;
  }

  /** Takes a tag; answers the stream once it can be decoded, and `unsupported` when it never can. */
  add(tag: FlvTag): OpenedStream | 'unsupported' | undefined {
    if (tag.kind === 'script') this.#announcesAudio ||= tag.data.includes('audiocodecid');
    else if (tag.kind === 'video' && !isAvc(tag)) return 'unsupported';
    else if (isVideoConfiguration(tag)) this.#video = tag.data;
    else if (isAudioConfiguration(tag)) this.#audio = tag.data;
    else if (this.#tags.length > 0 || isKeyFrame(tag)) this.#gather(tag);
    if (this.#tags.length > limits.tags) return 'unsupported';
    return this.#opened();
  }

  #gather(tag: FlvTag): void {
    this.#tags.push(tag);
    this.#hasSound ||= tag.kind === 'audio' && !isAac(tag);
  }

  #opened(): OpenedStream | undefined {
    const [first, last] = [this.#tags[0], this.#tags.at(-1)];
    if (this.#video === undefined || first === undefined || last === undefined) return undefined;
    const hasAudio = this.#audio !== undefined || this.#hasSound;
    const patience = this.#announcesAudio ? limits.announcedAudioMilliseconds : limits.silentMilliseconds;
    if (!hasAudio && last.timestamp - first.timestamp < patience) return undefined;
    return { configuration: { video: this.#video, ...(this.#audio === undefined ? {} : { audio: this.#audio }) }, hasAudio, tags: this.#tags };
  }
}

/** Whether one decoder can go on from one stream to the other. */
export const isSameConfiguration = (one: StreamConfiguration, other: StreamConfiguration): boolean =>
  one.video.equals(other.video) && (one.audio === undefined ? other.audio === undefined : other.audio !== undefined && one.audio.equals(other.audio));
