import { readFile } from 'node:fs/promises';
import { initSegment } from '../../../../media/mp4/init-segment.ts';
import { audioFragment, videoFragment, type SourceChunk } from '../../../../media/mp4/remux.ts';
import type { AudioTiming, ChunkTiming, TickRange } from '../../../../media/mp4/source/chunk-timing.ts';
import { ticksPerSecond } from '../../../../media/mp4/source/elementary-streams.ts';
import type { FragmentTime } from '../../../../media/mp4/smooth-timing.ts';
import type { Fragment } from '../../../../media/mp4/track.ts';
import type { PackagedRendition } from '../../packaging/ingest-session.ts';
import type { PackagedSegment } from '../../packaging/packaged-stream.ts';
import type { EndpointView } from '../endpoint-view.ts';

/** One track of an endpoint whose formats hold pictures and sound apart. */
export interface EndpointTrack {
  readonly kind: 'video' | 'audio';
  /** Counted from 1 in each kind. */
  readonly number: number;
  readonly rendition: PackagedRendition;
}

/** A segment whose chunks can be packaged anew. */
export interface TimedSegment extends PackagedSegment {
  readonly timing: ChunkTiming;
}

/** The tracks: pictures of each rendition, and the sound of the best one, which is the same show. */
export const tracksOf = (view: EndpointView): readonly EndpointTrack[] => {
  const best = view.renditions.reduce<PackagedRendition | undefined>((one, other) => (one === undefined || other.variant.bandwidth > one.variant.bandwidth ? other : one), undefined);
  const hasSound = best !== undefined && best.stream.segments.some(({ audio }) => audio !== undefined);
  return [
    ...view.renditions.map((rendition, index) => ({ kind: 'video' as const, number: index + 1, rendition })),
    ...(hasSound ? [{ kind: 'audio' as const, number: 1, rendition: best }] : []),
  ];
};

/** Those that have what the track is of. */
export const timedSegments = (segments: readonly PackagedSegment[], kind: 'video' | 'audio'): readonly TimedSegment[] =>
  segments.flatMap((segment) => {
    const timing = segment.chunks[0]?.timing;
    return timing === undefined || (kind === 'audio' && segment.audio === undefined) ? [] : [{ ...segment, timing }];
  });

/** When a segment of a track is presented, in 90 kHz ticks. */
export const rangeOf = (segment: PackagedSegment, kind: 'video' | 'audio'): TickRange => (kind === 'audio' ? (segment.audio ?? segment.range) : segment.range);

/** The same in a timescale. */
export const fragmentTime = ({ from, to }: TickRange, timescale: number): FragmentTime => {
  const time = Math.round((from * timescale) / ticksPerSecond);
  return { time, duration: Math.round((to * timescale) / ticksPerSecond) - time };
};

/** The sound of a segment's first chunk. */
export const soundOf = ({ timing }: TimedSegment): AudioTiming | undefined => timing.audio;

/** The timescale in which a track's times are whole. */
export const timescaleOf = (segment: TimedSegment, kind: 'video' | 'audio'): number =>
  kind === 'audio' ? (segment.timing.audio?.configuration.samplesPerSecond ?? ticksPerSecond) : ticksPerSecond;

/** The initialisation segment that a segment needs; `undefined` when the segment has no such track. */
export const initOf = (segment: TimedSegment, { kind, rendition: { variant } }: EndpointTrack): Buffer | undefined => {
  const timescale = timescaleOf(segment, kind);
  if (kind === 'video') return initSegment({ kind, timescale, widthPixels: variant.widthPixels ?? 0, heightPixels: variant.heightPixels ?? 0, configuration: segment.timing.video.configuration });
  const sound = soundOf(segment);
  return sound === undefined ? undefined : initSegment({ kind, timescale, configuration: sound.configuration });
};

/** Packages a segment's chunks anew. Rejects when a chunk is gone or holds nothing of the kind. */
export const fragmentOf = async (segment: PackagedSegment, kind: 'video' | 'audio', timescale: number): Promise<Fragment> => {
  const sources = await Promise.all(segment.chunks.flatMap(({ path, leadInPath, shift, audio }) => {
    const paths = kind === 'audio' && leadInPath !== undefined ? [leadInPath, path] : [path];
    return paths.map(async (file): Promise<SourceChunk> => ({ bytes: await readFile(file), shift, ...(audio === undefined ? {} : { audioFrom: audio.from }) }));
  }));
  return kind === 'audio' ? audioFragment(sources, timescale) : videoFragment(sources, timescale);
};

/** What names a piece of an endpoint, for as long as the endpoint is not changed. */
export const pieceName = ({ session, endpoint }: EndpointView, { kind, number }: EndpointTrack, segment: PackagedSegment): string =>
  `${session.id}/${endpoint.guid}/${endpoint.modifiedAt}/${kind}/${number}/${segment.number}`;

/** The rate of a segment's sound, to the next 16 kbit/s: the same in each version of a manifest, though no second of sound is as long as another. */
export const audioBandwidth = (segment: TimedSegment): number => Math.ceil((soundOf(segment)?.bitsPerSecond ?? 0) / 16_000) * 16_000;
