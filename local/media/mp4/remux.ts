import { readAccessUnit, type AccessUnit, type VideoConfiguration } from './source/access-unit.ts';
import { frameSamples, readAdtsFrames, type AudioConfiguration, type AudioFrame } from './source/adts-frames.ts';
import { frameTicks } from './source/chunk-timing.ts';
import { readElementaryStreams, ticksPerSecond } from './source/elementary-streams.ts';
import type { Fragment } from './track.ts';

/** A chunk of MPEG-TS that becomes a part of a fragment. */
export interface SourceChunk {
  readonly bytes: Buffer;
  /** What its timestamps lack to the time line of the presentation, in 90 kHz ticks. */
  readonly shift: number;
  /** Where its sound begins on that line: earlier frames are in the chunk before. */
  readonly audioFrom?: number;
}

/** Thrown when a chunk holds nothing to make a fragment of. */
export class NoMediaError extends Error {
  override readonly name = 'NoMediaError';
}

/** Pictures of consecutive chunks as one fragment, in a timescale. Each picture is shown exactly when its timestamp says. */
export const videoFragment = (chunks: readonly SourceChunk[], timescale: number): { readonly fragment: Fragment; readonly configuration: VideoConfiguration } => {
  const pictures = chunks.flatMap(picturesOf);
  const first = pictures[0];
  if (first?.configuration === undefined) throw new NoMediaError('no picture with parameter sets at the beginning of the segment');
  const scaled = (ticks: number): number => Math.round((ticks * timescale) / ticksPerSecond);
  // A fragment is presented from its decoding time on: decoding is moved by the reordering delay.
  const delay = first.pts - first.dts;
  const end = (pictures.at(-1)?.dts ?? 0) + frameTicks(pictures);
  const samples = pictures.map(({ pts, dts, data, isKeyFrame }, index) => {
    const decodeTime = scaled(dts + delay);
    const next = pictures[index + 1]?.dts ?? end;
    return { data, isKeyFrame, duration: scaled(next + delay) - decodeTime, compositionOffset: scaled(pts) - decodeTime };
  });
  return { fragment: { decodeTime: scaled(first.pts), samples }, configuration: first.configuration };
};

/** Sound of consecutive chunks as one fragment. */
export const audioFragment = (chunks: readonly SourceChunk[], timescale: number): { readonly fragment: Fragment; readonly configuration: AudioConfiguration } => {
  const sources = chunks.map(soundOf);
  const configuration = sources.find((source) => source !== undefined)?.configuration;
  const frames = sources.flatMap((source) => source?.frames ?? []);
  const first = frames[0];
  if (configuration === undefined || first === undefined) throw new NoMediaError('no sound in the segment');
  const scaled = (ticks: number): number => Math.round((ticks * timescale) / ticksPerSecond);
  const length = (frameSamples * ticksPerSecond) / configuration.samplesPerSecond;
  const samples = frames.map(({ pts, data }, index) => {
    const next = frames[index + 1]?.pts ?? pts + length;
    return { data, isKeyFrame: true, compositionOffset: 0, duration: scaled(next) - scaled(pts) };
  });
  return { fragment: { decodeTime: scaled(first.pts), samples }, configuration };
};

const picturesOf = ({ bytes, shift }: SourceChunk): readonly (AccessUnit & { readonly pts: number; readonly dts: number })[] =>
  readElementaryStreams(bytes).video.map(({ pts, dts, payload }) => ({ ...readAccessUnit(payload), pts: pts + shift, dts: dts + shift }));

const soundOf = ({ bytes, shift, audioFrom = -Infinity }: SourceChunk): { readonly configuration: AudioConfiguration; readonly frames: readonly AudioFrame[] } | undefined => {
  const source = readAdtsFrames(readElementaryStreams(bytes).audio);
  if (source === undefined) return undefined;
  const halfFrame = (frameSamples * ticksPerSecond) / source.configuration.samplesPerSecond / 2;
  const frames = source.frames.map(({ pts, data }) => ({ pts: pts + shift, data })).filter(({ pts }) => pts > audioFrom - halfFrame);
  return { configuration: source.configuration, frames };
};
