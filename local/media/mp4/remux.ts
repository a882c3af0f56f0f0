import { readAccessUnit, type AccessUnit } from './source/access-unit.ts';
import { frameSamples, readAdtsFrames, type AudioFrame } from './source/adts-frames.ts';
import { frameTicks } from './source/chunk-timing.ts';
import { readElementaryStreams, ticksPerSecond } from './source/elementary-streams.ts';
import type { Fragment } from './track.ts';

/** A chunk of MPEG-TS that becomes a part of a fragment. */
export interface SourceChunk {
  readonly bytes: Buffer;
  /** What its timestamps lack to the time line of the presentation, in 90 kHz ticks. */
  readonly shift: number;
  /** When the first frame of its sound begins on that line: earlier ones are in the chunk before. */
  readonly audioFrom?: number;
}

/** Thrown when a chunk holds nothing to make a fragment of. */
class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
}

/**
 * Pictures of consecutive chunks as one fragment, in a timescale. Each picture is shown exactly when its timestamp says. Decoding is moved
 * by `reorderingDelay`, in 90 kHz ticks: by default that of the first picture. Throws when there is none.
 */
export const videoFragment = (chunks: readonly SourceChunk[], timescale: number, reorderingDelay?: number): Fragment => {
  const pictures = chunks.flatMap(picturesOf);
  const first = pictures[0];
  if (first === undefined) throw new NoMediaError('no picture in the segment');
  const scaled = (ticks: number): number => Math.round((ticks * timescale) / ticksPerSecond);
  // A fragment is presented from its decoding time on.
  const delay = reorderingDelay ?? first.pts - first.dts;
  const end = (pictures.at(-1)?.dts ?? 0) + frameTicks(pictures);
  const samples = pictures.map(({ pts, dts, data, isKeyFrame }, index) => {
    const decodeTime = scaled(dts + delay);
    const next = pictures[index + 1]?.dts ?? end;
    return { data, isKeyFrame, duration: Math.max(0, scaled(next + delay) - decodeTime), compositionOffset: scaled(pts) - decodeTime };
  });
  return { decodeTime: scaled(first.dts + delay), samples };
};

/** Sound of consecutive chunks as one fragment. Throws when there is none. */
export const audioFragment = (chunks: readonly SourceChunk[], timescale: number): Fragment => {
  const frames = chunks.flatMap(soundOf);
  const first = frames[0];
  if (first === undefined) throw new NoMediaError('no sound in the segment');
  const scaled = (ticks: number): number => Math.round((ticks * timescale) / ticksPerSecond);
  const samples = frames.map(({ pts, data, frameTicks: length }, index) => {
    const next = frames[index + 1]?.pts ?? pts + length;
    return { data, isKeyFrame: true, compositionOffset: 0, duration: Math.max(0, scaled(next) - scaled(pts)) };
  });
  return { decodeTime: scaled(first.pts), samples };
};

const picturesOf = ({ bytes, shift }: SourceChunk): readonly (AccessUnit & { readonly pts: number; readonly dts: number })[] =>
  readElementaryStreams(bytes).video.map(({ pts, dts, payload }) => ({ ...readAccessUnit(payload), pts: pts + shift, dts: dts + shift }));

const soundOf = ({ bytes, shift, audioFrom = -Infinity }: SourceChunk): readonly (AudioFrame & { readonly frameTicks: number })[] => {
  const source = readAdtsFrames(readElementaryStreams(bytes).audio);
  if (source === undefined) return [];
  const length = (frameSamples * ticksPerSecond) / source.configuration.samplesPerSecond;
  return source.frames.map(({ pts, data }) => ({ pts: pts + shift, data, frameTicks: length })).filter(({ pts }) => pts >= audioFrom);
};
