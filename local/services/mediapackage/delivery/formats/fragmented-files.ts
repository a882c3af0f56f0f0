import { mediaSegment } from '../../../../media/mp4/media-segment.ts';
import { mediaAnswer, notFound, type Answer } from '../answer.ts';
import type { EndpointView } from '../endpoint-view.ts';
import type { FormatTools } from './packaging-format.ts';
import { fragmentOf, initOf, pieceName, rangeOf, fragmentTime, timedSegments, timescaleOf, tracksOf, type EndpointTrack } from './tracks.ts';

/** The names of a track's files: `index_video_1_init_0.mp4`, `index_video_1_11.mp4`. */
export const fileNames = ({ kind, number }: EndpointTrack, prefix: string, modifiedAt: number) => ({
  init: (discontinuities: number): string => `${prefix}_${kind}_${number}_init_${discontinuities}.mp4?m=${modifiedAt}`,
  segment: (numberOrTime: number | string): string => `${prefix}_${kind}_${number}_${numberOrTime}.mp4?m=${modifiedAt}`,
});

/** Answers a track's file, by the segment's number or, where `isByTime`, by its time. `undefined` when the name is none of a track. */
export const trackFile = async (view: EndpointView, file: string, prefix: string, tools: FormatTools, isByTime = false): Promise<Answer | undefined> => {
  if (!file.startsWith(`${prefix}_`)) return undefined;
  const [, kind, number, init, name] = /^(video|audio)_(\d{1,3})_(?:init_(\d{1,9})|(\d{1,18}))\.mp4$/.exec(file.slice(prefix.length + 1)) ?? [];
  if (kind === undefined) return undefined;
  const track = tracksOf(view).find((candidate) => candidate.kind === kind && candidate.number === Number(number));
  if (track === undefined) return notFound;
  return init === undefined ? segmentFile(view, track, Number(name), tools, isByTime) : initFile(track, Number(init));
};

const contentType = ({ kind }: EndpointTrack): string => `${kind}/mp4`;

const initFile = (track: EndpointTrack, discontinuities: number): Answer => {
  const segment = timedSegments(track.rendition.stream.segments, track.kind).find((candidate) => candidate.discontinuities === discontinuities);
  const bytes = segment === undefined ? undefined : initOf(segment, track);
  return bytes === undefined ? notFound : mediaAnswer(bytes, contentType(track));
};

const segmentFile = async (view: EndpointView, track: EndpointTrack, numberOrTime: number, { pieces }: FormatTools, isByTime: boolean): Promise<Answer> => {
  const { kind, rendition: { stream } } = track;
  const found = isByTime ? undefined : stream.segment(numberOrTime);
  const candidates = timedSegments(isByTime ? stream.segments : found === undefined ? [] : [found], kind);
  const segment = isByTime ? candidates.find((candidate) => fragmentTime(rangeOf(candidate, kind), timescaleOf(candidate, kind)).time === numberOrTime) : candidates[0];
  if (segment === undefined) return notFound;
  const make = async (): Promise<Buffer> => mediaSegment(await fragmentOf(segment, kind, timescaleOf(segment, kind)), { sequenceNumber: segment.number });
  return mediaAnswer(await pieces.get(pieceName(view, track, segment), make), contentType(track));
};
