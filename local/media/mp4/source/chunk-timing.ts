import { createHash } from 'node:crypto';
import { readAccessUnit } from './access-unit.ts';
import { frameSamples, readAdtsFrames } from './adts-frames.ts';
import { readElementaryStreams, ticksPerSecond, type ElementaryPacket } from './elementary-streams.ts';

/** From the first moment on, until before the last. 90 kHz ticks. */
export interface TickRange {
  readonly from: number;
  readonly to: number;
}

/** What a chunk's own timestamps say of it. */
export interface ChunkTiming {
  readonly video: TickRange;
  /** Absent without sound. */
  readonly audio?: TickRange;
  /** Differs where a decoder has to be set up anew. */
  readonly configuration: string;
}

/** Reads a chunk's times. `undefined` when it is no MPEG-TS with pictures that begins with a key frame. */
export const readChunkTiming = (bytes: Buffer): ChunkTiming | undefined => {
  const { video, audio } = readElementaryStreams(bytes);
  const [first, last] = [video[0], video.at(-1)];
  const opening = first === undefined ? undefined : readAccessUnit(first.payload);
  if (first === undefined || last === undefined || opening?.configuration === undefined) return undefined;
  const sound = audioRange(audio);
  const sets = [opening.configuration.sequenceParameterSet, opening.configuration.pictureParameterSet];
  return {
    video: { from: first.pts, to: first.pts + last.dts - first.dts + frameTicks(video) },
    ...(sound === undefined ? {} : { audio: sound.range }),
    configuration: createHash('sha256').update(Buffer.concat([...sets, sound?.configuration ?? Buffer.alloc(0)])).digest('hex'),
  };
};

/** The time between two pictures; of a single picture, a thirtieth of a second. */
export const frameTicks = (video: readonly { readonly dts: number }[]): number => {
  const [before, last] = [video.at(-2), video.at(-1)];
  return before === undefined || last === undefined ? ticksPerSecond / 30 : last.dts - before.dts;
};

const audioRange = (packets: readonly ElementaryPacket[]): { readonly range: TickRange; readonly configuration: Buffer } | undefined => {
  const [first, last] = [packets[0], packets.at(-1)];
  const end = readAdtsFrames(last === undefined ? [] : [last]);
  const lastFrame = end?.frames.at(-1);
  if (first === undefined || end === undefined || lastFrame === undefined) return undefined;
  const { samplesPerSecond, decoderConfiguration } = end.configuration;
  return { range: { from: first.pts, to: lastFrame.pts + (frameSamples * ticksPerSecond) / samplesPerSecond }, configuration: decoderConfiguration };
};
