import type { IngestConfiguration } from '@aws-sdk/client-ivs';
import { isAac, isAudioConfiguration, isVideoConfiguration, type FlvTag } from '../../../media/flv/flv-tag.ts';
import { readDecoderConfiguration } from '../../../media/h264/sequence-parameters.ts';
import { isAmfObject, readAmfValues, type AmfValue } from '../../../media/rtmp/amf0-reader.ts';

/** What an encoder sends. */
export interface Source {
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** As the encoder says; 30 where it does not. */
  readonly framesPerSecond: number;
  readonly hasSound: boolean;
  readonly ingest: IngestConfiguration;
  /** The decoders' configuration, in the order in which it came. */
  readonly configuration: readonly FlvTag[];
}

const headBytes = 5;
const usualFramesPerSecond = 30;
const profiles = new Map([[66, 'Baseline'], [77, 'Main'], [100, 'High']]);

/** Gathers what an encoder says of its stream before its first picture. */
export class SourceDescription {
  #metadata: ReadonlyMap<string, AmfValue> = new Map();
  #video: FlvTag | undefined;
  #audio: FlvTag | undefined;
  #hasSound = false;

  take(tag: FlvTag): void {
    if (tag.kind === 'script') this.#metadata = readMetadata(tag.data) ?? this.#metadata;
    if (isVideoConfiguration(tag)) this.#video = tag;
    if (isAudioConfiguration(tag)) this.#audio = tag;
    this.#hasSound ||= tag.kind === 'audio';
  }

  /** What is known by now; `undefined` before the video's configuration came, or where it is unreadable. */
  read(): Source | undefined {
    const parameters = this.#video && readDecoderConfiguration(this.#video.data.subarray(headBytes));
    if (this.#video === undefined || parameters === undefined) return undefined;
    const { widthPixels, heightPixels, profile, level } = parameters;
    const framesPerSecond = this.#number('framerate') ?? usualFramesPerSecond;
    const kilobits = (name: string): { readonly targetBitrate?: number } => (this.#number(name) === undefined ? {} : { targetBitrate: Math.round((this.#number(name) ?? 0) * 1000) });
    const sound = this.#audio !== undefined && isAac(this.#audio) ? { codec: 'mp4a.40.2', ...this.#sound(), ...kilobits('audiodatarate') } : undefined;
    const encoder = this.#metadata.get('encoder');
    return {
      widthPixels, heightPixels, framesPerSecond, hasSound: this.#hasSound,
      ingest: {
        video: {
          avcProfile: profiles.get(profile) ?? String(profile), avcLevel: (level / 10).toFixed(1), codec: codecOf(this.#video), targetFramerate: Math.round(framesPerSecond),
          videoWidth: widthPixels, videoHeight: heightPixels, ...(typeof encoder === 'string' ? { encoder } : {}), ...kilobits('videodatarate'),
        },
        ...(sound === undefined ? {} : { audio: sound }),
      },
      configuration: [this.#video, ...(this.#audio === undefined ? [] : [this.#audio])],
    };
  }

  #sound(): { readonly sampleRate?: number; readonly channels?: number } {
    const sampleRate = this.#number('audiosamplerate');
    return { ...(sampleRate === undefined ? {} : { sampleRate }), channels: this.#metadata.get('stereo') === false ? 1 : 2 };
  }

  #number(name: string): number | undefined {
    const value = this.#metadata.get(name);
    return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;
  }
}

/** `avc1.64001F`, from the three bytes that the configuration has for it. */
const codecOf = ({ data }: FlvTag): string => `avc1.${data.subarray(headBytes + 1, headBytes + 4).toString('hex').toUpperCase()}`;

const readMetadata = (data: Buffer): ReadonlyMap<string, AmfValue> | undefined => {
  try {
    return readAmfValues(data).find(isAmfObject);
  } catch {
    return undefined;
  }
};
