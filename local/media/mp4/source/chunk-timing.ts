import { readAccessUnit, type VideoConfiguration } from './access-unit.ts';
import { frameSamples, readAdtsFrames, type AudioConfiguration } from './adts-frames.ts';
import { readElementaryStreams, ticksPerSecond, type ElementaryPacket } from './elementary-streams.ts';

/** From the first moment on, until before the last. 90 kHz ticks. */
export interface TickRange {
  readonly from: number;
  readonly to: number;
}

/** The sound of a chunk. */
export interface AudioTiming extends TickRange {
  /** When each of its frames begins. Encoders stretch sound that drifts, so that frames need not follow each other exactly. */
  readonly starts: readonly number[];
  /** How long a frame sounds. */
  readonly frameTicks: number;
  readonly bitsPerSecond: number;
  readonly configuration: AudioConfiguration;
}

/** What a chunk's own timestamps and headers say of it. */
export interface ChunkTiming {
  readonly video: TickRange & {
    readonly configuration: VideoConfiguration;
    /** How long after it is decoded the first picture is shown. */
    readonly reorderingDelay: number;
  };
  /** Absent without sound. */
  readonly audio?: AudioTiming;
}

/**
 * Reads a chunk's times. `undefined` when it is no MPEG-TS with pictures that begins with a key frame, or goes on with pictures that are
 * decoded as those `before` it.
 */
export const readChunkTiming = (bytes: Buffer, before?: VideoConfiguration): ChunkTiming | undefined => {
  const { video, audio } = readElementaryStreams(bytes);
  const [first, last] = [video[0], video.at(-1)];
  const configuration = first === undefined ? undefined : readAccessUnit(first.payload).configuration ?? before;
  if (first === undefined || last === undefined || configuration === undefined) return undefined;
  const sound = audioTiming(audio);
  return {
    video: { from: first.pts, to: first.pts + last.dts - first.dts + frameTicks(video), configuration: copied(configuration), reorderingDelay: first.pts - first.dts },
    ...(sound === undefined ? {} : { audio: sound }),
  };
};

/** Whether one decoder can go on from one chunk to the other. */
export const isSameConfiguration = (one: ChunkTiming, other: ChunkTiming): boolean =>
  one.video.configuration.sequenceParameterSet.equals(other.video.configuration.sequenceParameterSet) &&
  one.video.configuration.pictureParameterSet.equals(other.video.configuration.pictureParameterSet) &&
  (one.audio?.configuration.decoderConfiguration.toString('hex') === other.audio?.configuration.decoderConfiguration.toString('hex'));

/** The time between two pictures; of a single picture, a thirtieth of a second. */
export const frameTicks = (video: readonly { readonly dts: number }[]): number => {
  const [before, last] = [video.at(-2), video.at(-1)];
  return before === undefined || last === undefined ? ticksPerSecond / 30 : last.dts - before.dts;
};

/** Held for as long as the chunk may be played, without the bytes around it. */
const copied = ({ sequenceParameterSet, pictureParameterSet }: VideoConfiguration): VideoConfiguration =>
  ({ sequenceParameterSet: Buffer.from(sequenceParameterSet), pictureParameterSet: Buffer.from(pictureParameterSet) });

const audioTiming = (packets: readonly ElementaryPacket[]): AudioTiming | undefined => {
  const source = readAdtsFrames(packets);
  const starts = source?.frames.map(({ pts }) => pts) ?? [];
  const [from, last] = [starts[0], starts.at(-1)];
  if (source === undefined || from === undefined || last === undefined) return undefined;
  const frame = (frameSamples * ticksPerSecond) / source.configuration.samplesPerSecond;
  const to = last + frame;
  const bytes = packets.reduce((sum, { payload }) => sum + payload.reduce((length, part) => length + part.length, 0), 0);
  return { from, to, starts, frameTicks: frame, bitsPerSecond: (bytes * 8 * ticksPerSecond) / (to - from), configuration: source.configuration };
};
